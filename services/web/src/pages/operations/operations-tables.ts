import type {
  Bounce,
  FailedWork,
  Leaver,
  OverdueRequest,
  SourceState,
  SubmissionReport,
  WaitingWork,
} from "@signalbox/db";
import { asPeriod, formatPeriod } from "@signalbox/domain";
import type { TableOut } from "../../way-out.ts";
import type { ShownFinding } from "./audit-words.ts";

/** Everything on the page of operations that leaves as a table, by the name that an address gives it. */
export interface OperationsLists {
  readonly failed: readonly FailedWork[];
  readonly waiting: readonly WaitingWork[];
  readonly overdue: readonly OverdueRequest[];
  readonly sources: readonly SourceState[];
  readonly received: readonly SubmissionReport[];
  readonly audit: readonly ShownFinding[];
  readonly leavers: readonly Leaver[];
  readonly bounces: readonly Bounce[];
}

type Cell = string | number | null;
const at = (instant: Temporal.Instant | null): Cell => instant?.toString() ?? null;

const tables: { readonly [L in keyof OperationsLists]: (lists: OperationsLists) => Record<string, Cell>[] } = {
  failed: ({ failed }) => failed.map((one) => ({ ...one, since: at(one.since) })),
  waiting: ({ waiting }) => waiting.map((one) => ({ ...one, oldest: at(one.oldest) })),
  overdue: ({ overdue }) => overdue.map(({ recipients, ...one }) => ({ ...one, askedOf: recipients.join(", ") })),
  sources: ({ sources }) =>
    sources.map((one) => ({
      ...one,
      lastCame: one.lastCame === null ? null : formatPeriod(asPeriod(one.lastCame), "monthly"),
      cameAt: at(one.cameAt),
      askedAt: at(one.askedAt),
      nextAt: at(one.nextAt),
    })),
  received: ({ received }) =>
    received.map(({ id, filename, organisation, submittedBy, receivedAt, status, rows }) => ({
      id,
      filename,
      organisation,
      submittedBy,
      receivedAt: at(receivedAt),
      status,
      ...rows,
    })),
  audit: ({ audit }) => audit.map((one) => ({ ...one, since: at(one.since) })),
  leavers: ({ leavers }) => leavers.map((one) => ({ ...one })),
  bounces: ({ bounces }) => bounces.map((one) => ({ ...one, at: at(one.at) })),
};

const COLUMNS: { readonly [L in keyof OperationsLists]: readonly string[] } = {
  failed: ["work", "id", "what", "why", "since", "state"],
  waiting: ["work", "count", "oldest"],
  overdue: ["id", "kind", "organisation", "metric", "escalation", "dueOn", "askedOf"],
  sources: ["name", "organisation", "lastCame", "cameAt", "askedAt", "nextAt", "failed"],
  received: ["id", "filename", "organisation", "submittedBy", "receivedAt", "status", "read", "accepted", "refused"],
  audit: ["title", "what", "place", "since", "remedy"],
  leavers: ["address", "name", "requests", "series"],
  bounces: ["id", "address", "name", "foundBy", "said", "at"],
};

/** Which table an address asks for; what there is none of is the failed work. */
export function tableAsked(given: unknown): keyof OperationsLists {
  const names = Object.keys(tables) as (keyof OperationsLists)[];
  return names.find((name) => name === given) ?? "failed";
}

/** One of the lists as a table that leaves. */
export function operationsOut(name: keyof OperationsLists, lists: OperationsLists): TableOut {
  const columns = COLUMNS[name].map((key) => ({ key, title: key }));
  return { name: `operations-${name}`, columns, rows: tables[name](lists) };
}
