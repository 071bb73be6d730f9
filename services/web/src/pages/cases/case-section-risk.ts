import { risksOfCases } from "@signalbox/db";
import { dayOf, isReviewStale } from "@signalbox/domain";
import { nameOfPerson } from "../../names-of-people.ts";
import { mayGiveRisk } from "../../risks/case-risk.ts";
import { addressOfRisk, scoreShown } from "../../risks/risk-words.ts";
import type { CaseSection } from "./case-sections.ts";

/** The risk behind a case, why there is none, or that it is asked for. */
export const riskSection: CaseSection = {
  name: "risk",
  async of({ case: one }, { db, catalogue, caller, now }) {
    const known = (await risksOfCases(db, [one.id])).get(one.id);
    const mayGive = one.tier === "slt" && mayGiveRisk(caller, one);
    if (known === undefined && !mayGive) return null;
    const { risk, declined, asked } = known ?? { risk: null, declined: null, asked: null };
    const who = (address: string) => (catalogue === null ? address : nameOfPerson(catalogue, address));
    return {
      mayGive: mayGive || (known !== undefined && mayGiveRisk(caller, one)),
      id: one.id,
      risk: risk && {
        ...risk,
        ...scoreShown(risk),
        href: addressOfRisk(risk),
        isStale: isReviewStale(risk, dayOf(now)),
        who: who(risk.givenBy),
      },
      declined: declined && { ...declined, who: who(declined.by) },
      asked,
    };
  },
};
