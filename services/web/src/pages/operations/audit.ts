import { type AuditFilter, type KeptAuditEntry, listAudit } from "@signalbox/db";
import { asPeriod, nameOfPeriod } from "@signalbox/domain";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../api/query.ts";
import { ACTIONS } from "../../audited.ts";
import type { Parts } from "../../parts.ts";
import { textOf } from "../../signing-in.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";

const SHOWN = 75;
const AT_ONCE = 1000;
const ZONE = "Europe/London";
const FORMAT = "Enter a day like 2024-03-31";
const place = z.tuple([z.number().int().positive()]);

/** What of a trail is asked for, as it was typed. */
interface Asked {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
}

/** /audit: who did what and when, newest first, for those who read all. */
export const auditPages: PagesOf = (app, { db }, pages) => {
  app.get<{ Querystring: Record<string, unknown> }>("/audit", async (request, reply) => {
    const { query } = request;
    const asked: Asked = {
      actor: textOf(query["actor"]).slice(0, 320),
      action: textOf(query["action"]).slice(0, 100),
      subject: textOf(query["subject"]).slice(0, 320),
      from: textOf(query["from"]),
      to: textOf(query["to"]),
    };
    const { filter, errors } = understood(asked);
    const as = formatAsked(query["as"]);
    if (as !== null && errors.length === 0) return sendTable(reply, tableOf(db, filter), as);
    const before = decodeCursor(place, textOf(query["before"]) || undefined)?.[0] ?? null;
    const found = errors.length > 0 ? [] : await listAudit(db, filter, { before, limit: SHOWN + 1 });
    const entries = found.slice(0, SHOWN);
    const last = found.length > SHOWN ? entries.at(-1) : undefined;
    const context = {
      asked,
      errors,
      actions: Object.entries(ACTIONS).toSorted(([, one], [, other]) => one.localeCompare(other, "en-GB")),
      entries: entries.map(inWords),
      older: last && encodeCursor([last.id]),
      isFirst: before === null,
    };
    return pages.show(request, reply, { template: "audit", status: errors.length > 0 ? 400 : 200, context });
  });
};

function understood({ actor, action, subject, from, to }: Asked) {
  const first = dayIn(from);
  const last = dayIn(to);
  const errors = [
    ...(first === undefined ? [{ text: FORMAT, href: "#from" }] : []),
    ...(last === undefined ? [{ text: FORMAT, href: "#to" }] : []),
  ];
  const plain = (text: string) => (text === "" ? undefined : text.replaceAll("\0", ""));
  const filter: AuditFilter = {
    actor: plain(actor.includes("@") ? actor.toLowerCase() : actor),
    action: plain(action),
    subject: plain(subject),
    from: first?.toZonedDateTime(ZONE).toInstant(),
    until: last?.add({ days: 1 }).toZonedDateTime(ZONE).toInstant(),
  };
  return { filter, errors };
}

/** The day that somebody typed; null for none, undefined for what is none. */
function dayIn(text: string): Temporal.PlainDate | null | undefined {
  if (text === "") return null;
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

function inWords({ action, subject, detail, ...entry }: KeptAuditEntry) {
  return {
    ...entry,
    subject,
    href: pageOf(subject),
    what: ACTIONS[action] ?? action.replaceAll("-", " "),
    detail: Object.entries(detail)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => `${name}: ${detailInWords(name, value)}`)
      .join("; "),
  };
}

const PLACES: Readonly<Record<string, string>> = {
  action: "/actions",
  submission: "/submissions",
  escalation: "/escalations",
  proposal: "/thresholds/proposals",
};

/** Where what an entry is about is shown: "series ae-4h STH", "submission 7"; null where it has no page. */
function pageOf(subject: string): string | null {
  const [, kind = "", id] = /^(\w+) (\d+)$/.exec(subject) ?? [];
  if (PLACES[kind] !== undefined) return `${PLACES[kind]}/${id}`;
  const [, metric, organisation] = /^series (\S+) (\S+)$/.exec(subject) ?? [];
  if (metric === undefined || organisation === undefined) return null;
  return `/series/${encodeURIComponent(metric)}/${encodeURIComponent(organisation)}`;
}

/** Periods are kept as numbers, and nobody reads 24317 as June 2026. */
function detailInWords(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  return name === "period" && typeof value === "number" && Number.isInteger(value)
    ? nameOfPeriod(asPeriod(value), "monthly")
    : JSON.stringify(value);
}

function tableOf(db: Parts["db"], filter: AuditFilter): TableOut {
  return {
    name: "audit trail",
    columns: [
      { key: "id", title: "Number" },
      { key: "at", title: "When" },
      { key: "actor", title: "Who" },
      { key: "action", title: "Action" },
      { key: "subject", title: "Of what" },
      { key: "detail", title: "More" },
    ],
    rows: everyEntry(db, filter),
  };
}

/** The whole trail, read piece by piece as it is sent. */
async function* everyEntry(db: Parts["db"], filter: AuditFilter) {
  for (let before: number | null = null; ;) {
    const found: KeptAuditEntry[] = await listAudit(db, filter, { before, limit: AT_ONCE });
    for (const { id, at, actor, action, subject, detail } of found) {
      yield { id, at: at.toString(), actor, action, subject, detail: JSON.stringify(detail) };
    }
    const last = found.at(-1);
    if (last === undefined || found.length < AT_ONCE) return;
    before = last.id;
  }
}
