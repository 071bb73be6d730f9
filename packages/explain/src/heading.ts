import type { AcknowledgementRecord, ActOfCase, Explanation } from "@signalbox/db";
import { relapseInWords } from "@signalbox/domain";
import { type Fact, said } from "./fact.ts";
import { dayOf, minuteOf } from "./moments.ts";
import { TIERS, type Words } from "./words.ts";

/** What the case is, and how it stands. */
export function headingFacts({ case: one }: Explanation, words: Words): Fact[] {
  const area = one.area === null ? [] : [said`Area: ${words.forum(one.area)}.`];
  const previous = one.previous === null ? [] : [said`The one before it was ${{ case: one.previous }}.`];
  return [
    said`Case ${one.id}: ${subject(one, words)}, ${words.organisation(one.organisation)} (${one.organisation})`,
    said`${standing(one, words)}`,
    ...area,
    ...previous,
    ...relapseFacts(one),
    ...one.acknowledgements.map(acknowledgedFact),
    ...one.acts.map((act) => actFact(act, words)),
  ];
}

function relapseFacts({ relapse, frequency }: Explanation["case"]): Fact[] {
  if (relapse === null) return [];
  const plan =
    relapse.plan === null
      ? "No plan was accepted for that one"
      : `The last plan accepted for that one was plan ${relapse.plan}`;
  return [said`${relapseInWords(relapse, frequency)}. ${plan}.`];
}

/** "Signed off as of March 2024, on 2024-04-20 09:00 by A: the minute" */
function actFact({ act, period, note, by, at, takenBackAt, takenBackBy }: ActOfCase, words: Words): Fact {
  const did = act === "sign-off" ? "Signed off" : "Closed with a minute";
  const done = said`${did} as of ${words.period(period)}, ${minuteOf(at)} by ${{ person: by }}: ${note}`;
  if (takenBackAt === null || takenBackBy === null) return done;
  return said`${did} as of ${words.period(period)}, ${minuteOf(at)} by ${{ person: by }}: ${note} [taken back ${minuteOf(takenBackAt)} by ${{ person: takenBackBy }}]`;
}

function acknowledgedFact({ at, by, note, expiresOn, endedAt, endedWhy }: AcknowledgementRecord): Fact {
  const runsOut = endedAt === null && expiresOn !== null ? ` (until ${expiresOn})` : "";
  const end =
    endedAt === null ? "" : endedWhy === "ran-out" ? ` [ran out on ${expiresOn ?? dayOf(endedAt)}]` : " [replaced]";
  return said`Acknowledged ${minuteOf(at)} by ${{ person: by }}${runsOut}: ${note}${end}`;
}

function subject(one: Explanation["case"], words: Words): string {
  if (one.concern === "performance") return words.metric(one.metric ?? "");
  if (one.concern === "reporting") return "missing returns";
  return "several areas at once";
}

function standing(one: Explanation["case"], words: Words): string {
  const raised = `raised in ${words.period(one.raisedIn)}`;
  if (one.withdrawn) return `Withdrawn: ${raised}, but the figures as they now stand decide no such case.`;
  if (!one.standing)
    return `Closed: ${raised}, ended in ${one.endedIn === null ? "no period" : words.period(one.endedIn)}.`;
  const forum = one.forum === null ? TIERS[one.tier] : words.forum(one.forum);
  return `Stands before ${forum === TIERS[one.tier] ? forum : `the ${forum.replace(/^the /i, "")}`}, ${raised}.`;
}
