import { sql, type Transaction } from "kysely";
import { casesInLetters } from "../action-plans/cases-in-letters.ts";
import { recordAudit } from "../audit.ts";
import { writeTellings } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";
import type { InvestmentAsked, InvestmentDecisionWord } from "./list-investment.ts";

/** What a forum decided of what a plan asks for. */
export interface DecidingInvestment {
  readonly forum: string;
  readonly forumName: string;
  readonly decision: InvestmentDecisionWord;
  /** Pounds that were agreed; null where none were. */
  readonly amount: number | null;
  readonly note: string;
}

/** Who decided, and the key or person that wrote it down where that was another. */
export interface ActingOnInvestment {
  readonly by: string;
  readonly through?: string | undefined;
  readonly now: Temporal.Instant;
}

const HEADLINES: Readonly<Record<InvestmentDecisionWord, string>> = {
  agreed: "What your plan asks for was agreed",
  "agreed-in-part": "What your plan asks for was agreed in part",
  declined: "What your plan asks for was declined",
  deferred: "What your plan asks for was put off",
};

/**
 * Adds a forum's decision, and tells whoever sent the plan and whoever was asked for it. The same decision again, where it is
 * the forum's last, changes nothing: then false. Ring `tell` once it is committed.
 */
export async function decideInvestment(
  trx: Transaction<Database>,
  { plan, revision, organisation, cases }: Pick<InvestmentAsked, "plan" | "revision" | "organisation" | "cases">,
  { forum, forumName, decision, amount, note }: DecidingInvestment,
  { by, through, now }: ActingOnInvestment,
): Promise<boolean> {
  await sql`select from action_plan where id = ${plan} for update`.execute(trx);
  const before = await trx
    .selectFrom("investment_decision")
    .selectAll()
    .where("plan", "=", plan)
    .where("revision", "=", revision)
    .where("forum", "=", forum)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (before !== undefined && before.decision === decision && before.amount === amount && before.note === note)
    return false;
  const { id } = await trx
    .insertInto("investment_decision")
    .values({ plan, revision, forum, decision, amount, note, by, at: now.toString() })
    .returning("id")
    .executeTakeFirstOrThrow();
  await recordAudit(trx, {
    at: now,
    actor: by,
    action: "investment-decided",
    subject: `plan ${plan}`,
    detail: { forum, decision, amount, note, ...(through === undefined ? {} : { through }) },
  });
  const [one] = cases;
  if (one === undefined) return true;
  const letter = (await casesInLetters(trx, [one])).get(one.id);
  const { sent_by: sender } = await trx
    .selectFrom("action_plan_revision")
    .select("sent_by")
    .where("plan", "=", plan)
    .where("revision", "=", revision)
    .executeTakeFirstOrThrow();
  await writeTellings(trx, [
    {
      kind: "follow-up",
      reason: "investment-decided",
      escalation: one.id,
      event: null,
      submission: null,
      series: null,
      organisation,
      period: null,
      forums: [],
      recipients: [...new Set([...(letter?.owners ?? []), ...(sender.includes("@") ? [sender] : [])])],
      tellAt: now,
      digest: null,
      causedBy: [],
      detail: {
        ...letter?.detail,
        headline: headlineOf(decision, amount),
        why: `${forumName} decided it`,
        ...(note === "" ? {} : { said: note }),
        answerAt: `/investment/${plan}`,
        except: [by],
      },
      key: `investment:${id}`,
    },
  ]);
  return true;
}

function headlineOf(decision: InvestmentDecisionWord, amount: number | null): string {
  return amount === null ? HEADLINES[decision] : `${HEADLINES[decision]}: £${amount.toLocaleString("en-GB")}`;
}
