import type { Period } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "../audit.ts";
import { answerRequests } from "../steps/ask.ts";
import type { Database } from "../tables.ts";

interface About {
  /** The series' number. */
  readonly series: number;
  readonly period: Period;
  /** As the audit trail names it: "commentary on ae-4h of RA, 2024-03". */
  readonly subject: string;
}

interface Acting {
  readonly by: string;
  readonly now: Temporal.Instant;
  /** The key of a program that does it for them. */
  readonly through?: string;
}

/** Adds a version of the words about a period and answers who asked for them; the same words again change nothing. */
export async function saveCommentary(
  db: Kysely<Database>,
  { series, period, subject }: About,
  words: string,
  { by, now, through }: Acting,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Two at once come one after the other, so that the later is the last.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`commentary ${series} ${period}`}, 0))`.execute(trx);
    const last = await trx
      .selectFrom("commentary")
      .select("words")
      .where("series", "=", series)
      .where("period", "=", period)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (last?.words !== words) {
      await trx.insertInto("commentary").values({ series, period, words, by, at: now.toString() }).execute();
      await recordAudit(trx, {
        at: now,
        actor: by,
        action: "commentary-saved",
        subject,
        detail: { words, ...throughKey(through) },
      });
    }
    const { rows } = await sql<{ id: number }>`select id from request
      where kind = 'commentary' and series = ${series} and period = ${period} and ended_at is null`.execute(trx);
    await answerRequests(trx, { kinds: ["commentary"], ids: rows.map(({ id }) => id) }, { by, now });
  });
}

/** Lets commentary be written again until a moment, after its papers were due, with the reason. */
export async function openCommentary(
  db: Kysely<Database>,
  { series, period, subject }: About,
  { reason, until, by, now, through }: Acting & { readonly reason: string; readonly until: Temporal.Instant },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const opened = { series, period, reason, by, at: now.toString(), until: until.toString() };
    await trx.insertInto("commentary_opened").values(opened).execute();
    const detail = { reason, ...throughKey(through) };
    await recordAudit(trx, { at: now, actor: by, action: "commentary-opened", subject, detail });
  });
}

const throughKey = (through: string | undefined) => (through === undefined ? {} : { through });
