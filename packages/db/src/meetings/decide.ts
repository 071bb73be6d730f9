import { dayOf, periodContaining, protocolSchema, rulesFor } from "@signalbox/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import { firstChased } from "../actions/asking-dates.ts";
import { recordAudit } from "../audit.ts";
import { answerRequests, ask } from "../steps/ask.ts";
import type { Database } from "../tables.ts";

/** A decision as it is recorded; one with an owner has a day, and is asked of them. */
export interface DecisionRecorded {
  readonly meeting: number;
  readonly forum: string;
  readonly escalation: number | null;
  readonly decision: string;
  readonly askedOf: string | null;
  readonly dueOn: string | null;
}

interface Acting {
  readonly by: string;
  readonly now: Temporal.Instant;
  /** The key of a program that records it for them. */
  readonly through?: string;
}

interface AboutCase {
  readonly organisation: string;
  readonly period: number;
  readonly series: number | null;
  readonly title: string;
  readonly organisationName: string;
  readonly body: unknown;
}

/** Records what a meeting decided, and asks it of its owner; ring `tell` afterwards. Returns its id. */
export async function recordDecision(
  db: Kysely<Database>,
  { meeting, forum, escalation, decision, askedOf, dueOn }: DecisionRecorded,
  { by, now, through }: Acting,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("meeting_decision")
      .values({ meeting, escalation, decision, asked_of: askedOf, due_on: dueOn, by, at: now.toString() })
      .returning("id")
      .executeTakeFirstOrThrow();
    const detail = { decision: id, forum, escalation, said: decision, askedOf, dueOn, ...throughKey(through) };
    await recordAudit(trx, { at: now, actor: by, action: "decision-recorded", subject: `meeting ${meeting}`, detail });
    const about = askedOf === null || dueOn === null ? null : await aboutCase(trx, escalation);
    if (askedOf === null || dueOn === null || about === null) return id;
    const rules = rulesFor(protocolSchema.parse(about.body ?? {}), "monthly");
    await ask(
      trx,
      [
        {
          kind: "decision",
          key: keyOf(id),
          escalation,
          series: about.series,
          organisation: about.organisation,
          period: about.period === 0 ? periodContaining(dayOf(now), "monthly") : about.period,
          recipients: [askedOf],
          dueOn,
          nextAt: firstChased(rules, Temporal.PlainDate.from(dueOn), now),
          forum,
          why: "A meeting asked it of you",
          askedBy: by,
          detail: {
            title: about.title,
            organisation: about.organisationName,
            said: decision,
            answerAt: `/decisions/${id}`,
          },
        },
      ],
      now,
    );
    // A secretary who prepares records what is not decided yet: nobody hears of it before the meeting has begun.
    await sql`update telling t set tell_at = m.starts_at from meeting m
      where m.id = ${meeting} and m.starts_at > t.tell_at and t.state = 'waiting'
        and t.key = ${`request:${keyOf(id)}`}`.execute(trx);
    return id;
  });
}

/** Notes that what was asked is done; false where that was noted already. */
export async function completeDecision(
  db: Kysely<Database>,
  { id, meeting, note }: { readonly id: number; readonly meeting: number; readonly note: string },
  { by, now, through }: Acting,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const done = await trx
      .updateTable("meeting_decision")
      .set({ done_at: now.toString(), done_by: by, done_note: note })
      .where("id", "=", id)
      .where("done_at", "is", null)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    const { rows } = await sql<{
      id: number;
    }>`select id from request where key = ${keyOf(id)} and ended_at is null`.execute(trx);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await answerRequests(trx, { kinds: ["decision"], ids }, { by, now });
    const detail = { decision: id, note, ...throughKey(through) };
    await recordAudit(trx, { at: now, actor: by, action: "decision-done", subject: `meeting ${meeting}`, detail });
    return true;
  });
}

const throughKey = (through: string | undefined) => (through === undefined ? {} : { through });
const keyOf = (decision: number) => `decision:${decision}`;

/** Of a case its series and names; of none, the whole system. */
async function aboutCase(trx: Transaction<Database>, escalation: number | null): Promise<AboutCase | null> {
  const { rows } = await sql<AboutCase>`
    select o.code as organisation, o.name as "organisationName", e.series, coalesce(m.name, 'A decision of a meeting') as title,
      coalesce((select max(x.period) from escalation_event x where x.escalation = e.id and x.replaced_at is null), e.raised_in, 0)
        as period, (select body from protocol where until is null) as body
    from organisation o left join escalation e on e.id = ${escalation} and e.organisation = o.code
    left join metric m on m.code = e.metric and m.until is null
    where o.until is null and (e.id is not null or ${escalation === null} and o.kind = 'system') limit 1`.execute(trx);
  return rows[0] ?? null;
}
