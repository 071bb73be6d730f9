import { sql, type Transaction } from "kysely";
import { recordAudit } from "../audit.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import type { Database, RequestKind } from "../tables.ts";
import { moveDueDate } from "./move-due-date.ts";
import { whoLooks } from "./keep-next-steps.ts";

/** The day that somebody proposes or decides for what is asked, and why. */
export interface AnotherDay {
  readonly request: number;
  /** "2026-12-08" */
  readonly dueOn: string;
  readonly reason: string;
  /** Whose word it is, and who wrote it down where that is somebody else. */
  readonly by: string;
  readonly actor: string;
  readonly now: Temporal.Instant;
}

interface Asked {
  readonly kind: RequestKind;
  readonly escalation: number | null;
  readonly series: number | null;
  readonly organisation: string;
  readonly period: number;
  readonly recipients: readonly string[];
  readonly looking: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Agrees another day for what is asked, and tells whoever is asked, but for those who agreed it. False where it is no longer
 * open, or has that day. Ring `tell` once it is committed.
 */
export async function agreeAnotherDay(trx: Transaction<Database>, day: AnotherDay): Promise<boolean> {
  const { request, dueOn, reason, by, actor, now } = day;
  const was = await moveDueDate(trx, request, { dueOn, reason, by, now });
  if (was === null) return false;
  const asked = await readAsked(trx, request);
  await audit(trx, asked, { at: now, actor, action: "due-date-moved", detail: { request, was, dueOn, reason, by } });
  await tell(trx, asked, { day, to: asked.recipients, headline: "Another day was agreed", key: "agreed" });
  return true;
}

/** Keeps that whoever is asked wants another day, and tells who decides it for the forum. Nothing moves until they agree. */
export async function askAnotherDay(trx: Transaction<Database>, day: AnotherDay): Promise<void> {
  const { request, dueOn, reason, by, actor, now } = day;
  const asked = await readAsked(trx, request);
  await sql`insert into answer (kind, request, escalation, body, by, at)
    values ('another-day', ${request}, ${asked.escalation}, ${`${dueOn}: ${reason}`}, ${by}, ${now.toString()})`.execute(
    trx,
  );
  await audit(trx, asked, { at: now, actor, action: "another-day-asked", detail: { request, dueOn, reason, by } });
  await tell(trx, asked, { day, to: asked.looking, headline: "Another day is asked for", key: "asked" });
}

async function readAsked(trx: Transaction<Database>, request: number): Promise<Asked> {
  const { rows } = await sql<Asked>`
    select r.kind, r.escalation, r.series, r.organisation, r.period, r.recipients,
      ${whoLooks("f.code")} as looking,
      coalesce(t.detail, jsonb_build_object('title', coalesce(m.name, 'Figures'), 'organisation', coalesce(o.name, r.organisation)))
        - '{except,seenBy,said}'::text[] as detail
    from request r
    left join escalation e on e.id = r.escalation
    cross join lateral (select coalesce(r.forum, e.forum) as code) f
    left join series s on s.id = r.series
    left join metric m on m.code = s.metric and m.until is null
    left join organisation o on o.code = r.organisation and o.until is null
    left join telling t on t.key = 'request:' || r.key
    where r.id = ${request}`.execute(trx);
  const [asked] = rows;
  if (asked === undefined) throw new Error(`There is no request ${request}.`);
  return asked;
}

async function audit(
  trx: Transaction<Database>,
  { escalation }: Asked,
  entry: { at: Temporal.Instant; actor: string; action: string; detail: Record<string, unknown> },
): Promise<void> {
  await recordAudit(trx, {
    ...entry,
    subject: escalation === null ? `request ${String(entry.detail["request"])}` : `escalation ${escalation}`,
  });
}

async function tell(
  trx: Transaction<Database>,
  { kind, detail, escalation, series, organisation, period }: Asked,
  { day, to, headline, key }: { day: AnotherDay; to: readonly string[]; headline: string; key: string },
): Promise<void> {
  const { request, dueOn, reason, by, now } = day;
  if (to.length === 0) return;
  await writeTellings(trx, [
    {
      kind: "follow-up",
      reason: `another-day-${key}`,
      escalation,
      event: null,
      submission: null,
      series,
      organisation,
      period,
      forums: [],
      recipients: to,
      tellAt: now,
      digest: null,
      causedBy: [],
      detail: { ...detail, headline, dueOn, said: reason, asksFor: kind, except: [by] },
      key: `another-day:${request}:${key}:${dueOn}:${now.toString()}`,
    },
  ]);
}
