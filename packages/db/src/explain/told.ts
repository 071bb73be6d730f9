import type { Period } from "@signalbox/domain";
import { type Kysely, type Selectable, sql } from "kysely";
import type { Database, NoticeTable, RequestStage, RequestTable } from "../tables.ts";

/** What one person was told of a case, or is about to be. */
export interface ToldNotice {
  readonly id: number;
  readonly kind: string;
  readonly reason: string;
  readonly recipient: string;
  readonly period: Period | null;
  readonly status: Selectable<NoticeTable>["status"];
  readonly madeAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
  readonly messageId: string | null;
  readonly failure: string | null;
}

/** Every notice of a case, in the order in which they were made. */
export async function toldOfCase(db: Kysely<Database>, escalation: number): Promise<ToldNotice[]> {
  const { rows } = await sql<ToldNotice>`
    select n.id, n.kind, n.reason, n.recipient, t.period, n.status, n.made_at as "madeAt", n.sent_at as "sentAt",
      m.message_id as "messageId", m.failure
    from notice n join telling t on t.id = n.telling left join mail m on m.id = n.mail
    where n.escalation = ${escalation} order by n.id`.execute(db);
  return rows;
}

/** What is to be told of a case once its time has come. */
export interface WaitingTelling {
  readonly kind: string;
  readonly reason: string;
  readonly period: Period | null;
  readonly forums: readonly string[];
  readonly recipients: readonly string[];
  readonly tellAt: Temporal.Instant;
}

export async function waitingTellings(db: Kysely<Database>, escalation: number): Promise<WaitingTelling[]> {
  const { rows } = await sql<WaitingTelling>`
    select kind, reason, period, forums, recipients, tell_at as "tellAt"
    from telling where escalation = ${escalation} and state = 'waiting' order by tell_at, id`.execute(db);
  return rows;
}

/** What somebody was asked for because of a case. */
export interface AskedRequest {
  readonly id: number;
  readonly kind: RequestTable["kind"];
  readonly period: Period;
  readonly recipients: readonly string[];
  readonly askedAt: Temporal.Instant;
  readonly dueOn: string;
  readonly stage: RequestStage;
  readonly endedAt: Temporal.Instant | null;
}

/** But for what its forum was to look at because nothing else was asked: of that nobody hears. */
export async function requestsOfCase(db: Kysely<Database>, escalation: number): Promise<AskedRequest[]> {
  const { rows } = await sql<AskedRequest>`
    select id, kind, period, recipients, asked_at as "askedAt", due_on as "dueOn", stage, ended_at as "endedAt"
    from request where escalation = ${escalation} and not (kind = 'review' and asked_by is null) order by id`.execute(
    db,
  );
  return rows;
}
