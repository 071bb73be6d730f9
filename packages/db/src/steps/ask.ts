import { sql, type Transaction } from "kysely";
import { type RequestRow, writeRequests, writeTellings } from "../evaluation/write-tellings.ts";
import type { Database, RequestKind } from "../tables.ts";
import { takeBackWords } from "./take-back-words.ts";

/** Something to be asked of somebody by a day, and what its first letter says. */
export interface ToAsk extends RequestRow {
  readonly why: string;
  /** The facts of the letter, as `itemDetail` of @signalbox/mail reads them; `dueOn` and `asksFor` are added. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** By which kind of mail something is asked for; `request` by all others. */
export const KIND_OF_MAIL: Readonly<Partial<Record<RequestKind, string>>> = {
  "action-plan": "action-plan-request",
  commentary: "commentary-request",
};

/**
 * Asks, and tells whoever is asked, once a key. Nobody is told of a quiet one, and nobody hears of what they asked of
 * themselves. Ring `tell` once it is committed.
 */
export async function ask(trx: Transaction<Database>, asked: readonly ToAsk[], now: Temporal.Instant): Promise<void> {
  await writeRequests(trx, asked, now);
  await writeTellings(
    trx,
    asked
      .filter(({ quiet }) => quiet !== true)
      .map(({ kind, key, escalation, series, organisation, period, recipients, dueOn, why, askedBy, detail }) => ({
        kind: KIND_OF_MAIL[kind] ?? "request",
        reason: `asked-${kind}`,
        escalation,
        event: null,
        submission: null,
        series,
        organisation,
        period,
        forums: [],
        recipients,
        tellAt: now,
        digest: null,
        causedBy: [],
        detail: {
          ...detail,
          dueOn,
          asksFor: kind,
          ...(why === "" ? {} : { why }),
          ...(askedBy === null || askedBy === undefined ? {} : { except: [askedBy] }),
        },
        key: `request:${key}`,
      })),
  );
}

/** Which open requests are meant: all that are given must fit. */
export interface Which {
  readonly kinds: readonly RequestKind[];
  readonly ids?: readonly number[];
  readonly escalations?: readonly number[];
  readonly actions?: readonly number[];
  readonly plans?: readonly number[];
}

/** Ends open requests as answered, and takes back what was still to be said of them. Returns how many there were. */
export async function answerRequests(
  trx: Transaction<Database>,
  which: Which,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<number> {
  return end(trx, which, { stage: "answered", by, now });
}

/** Ends open requests that nobody need answer any more, and takes back what was still to be said of them. */
export async function withdrawRequests(
  trx: Transaction<Database>,
  which: Which,
  now: Temporal.Instant,
): Promise<number> {
  return end(trx, which, { stage: "withdrawn", by: null, now });
}

async function end(
  trx: Transaction<Database>,
  { kinds, ids, escalations, actions, plans }: Which,
  { stage, by, now }: { stage: "answered" | "withdrawn"; by: string | null; now: Temporal.Instant },
): Promise<number> {
  const fits = (column: string, wanted: readonly number[] | undefined) =>
    wanted === undefined ? sql`true` : sql`${sql.ref(column)} = any(${[...wanted]}::bigint[])`;
  const { rows } = await sql<{ id: number; key: string }>`
    update request r set stage = ${stage}, next_at = null, ended_at = ${now.toString()}, answered_by = ${by}
    where r.ended_at is null and r.kind = any(${[...kinds]}::text[])
      and ${fits("r.id", ids)} and ${fits("r.escalation", escalations)} and ${fits("r.action", actions)} and ${fits("r.plan", plans)}
    returning r.id, r.key`.execute(trx);
  if (rows.length === 0) return 0;
  await takeBackWords(trx, rows);
  return rows.length;
}
