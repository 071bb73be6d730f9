import { answerLinksOf } from "@signalbox/db";
import { ASKED } from "@signalbox/mail";
import { nameOfPerson } from "../../names-of-people.ts";
import { lastDayOf } from "./answer-words.ts";
import type { CaseSection } from "../cases/case-sections.ts";

/** The links by which a case may still be answered, for their person and for operators, who may end them. */
export const linksSection: CaseSection = {
  name: "answer-links",
  async of({ case: one }, { db, catalogue, caller, now }) {
    const person = caller.kind === "person" ? caller.person.email : null;
    if (caller.kind !== "operator" && person === null) return null;
    const links = await answerLinksOf(db, one.id, { person: caller.kind === "operator" ? null : person, now });
    if (links.length === 0 || catalogue === null) return null;
    return {
      id: one.id,
      links: links.map((link) => ({
        ...link,
        lastDay: lastDayOf(link.expiresAt),
        name: nameOfPerson(catalogue, link.person),
        thing: ASKED[link.kind].thing,
      })),
    };
  },
};
