import { challengesOf, effectsOfCase, listActions } from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";
import { actionRow, worstFirst } from "../../actions/action-words.ts";
import { challengedSeat } from "../../actions/challenged-seat.ts";
import { addressesOf } from "../../acting.ts";
import { sightOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import type { CaseSection } from "../cases/case-sections.ts";

/** What the plan of a case has people do, how it stands, and whether the figure moved once all of it was done. */
export const caseActions: CaseSection = {
  name: "actions",
  async of({ case: one }, { db, catalogue, caller, now }) {
    const filter = { sight: sightOf({ caller }), me: addressesOf(caller), escalation: one.id };
    const actions = await listActions(db, filter, now);
    if (actions.length === 0) return null;
    const [effects, challenges] = await Promise.all([effectsOfCase(db, one.id), challengesOf(db, one.id)]);
    const who = (address: string) => (catalogue === null ? address : nameOfPerson(catalogue, address));
    const open = challenges.filter(({ endedAt }) => endedAt === null);
    return {
      id: one.id,
      rows: actions.toSorted(worstFirst).map((action) => actionRow(action, catalogue)),
      effects: effects.map((effect) => ({ ...effect, period: nameOfPeriod(effect.judgedIn, one.frequency) })),
      challenges: challenges.map(({ answers, recipients, ...challenge }) => ({
        ...challenge,
        recipients: recipients.map(who).join(", ") || "nobody who is named",
        answers: answers.map(({ body, by, at }) => ({ body, by: who(by), at: Temporal.Instant.from(at) })),
      })),
      challenged: open.length > 0,
      mayAnswer: challengedSeat(caller, one, open) !== null,
    };
  },
};
