import { type CaseChoice, choicesOf, type Explanation } from "@signalbox/db";
import { choiceInWords } from "@signalbox/explain/choice-in-words";
import { dayInWords } from "@signalbox/mail";
import { groundOf, mayChoose } from "../../choosing/choose.ts";
import type { ChoiceFaults, TypedChoice } from "../../choosing/read-choice.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { readsAddresses } from "../cases/case-facts.ts";
import type { Reading } from "../cases/case-page.ts";
import type { CaseSection } from "../cases/case-sections.ts";

/** What was chosen for a case, and, for who may, the form to choose otherwise. */
export const choicesSection: CaseSection = {
  name: "choices",
  async of(found, reading) {
    const may = mayChoose(reading.caller, found.case);
    const [chosen, form] = await Promise.all([
      choicesOf(reading.db, found.case.id, reading.now),
      may ? choiceForm(found, reading) : null,
    ]);
    if (chosen.length === 0 && form === null) return null;
    const [first] = chosen;
    const shown = chosen.map((one) => shownChoice(one, reading));
    const holds = first?.holds === true ? (shown[0] ?? null) : null;
    return { holds, earlier: holds === null ? shown : shown.slice(1), form };
  },
};

/** The form in which somebody chooses, with what they typed and what is wrong with it. */
export async function choiceForm(
  { case: one }: Explanation,
  { db, caller, catalogue, now }: Reading,
  typed: Partial<TypedChoice> = {},
  faults: ChoiceFaults = {},
) {
  const { listed, nextFigure } = await groundOf({ db }, { one, caller, catalogue, now });
  return { id: one.id, plans: listed, nextFigure: dayInWords(nextFigure.toString()), typed, faults };
}

function shownChoice(one: CaseChoice, { catalogue, caller }: Reading) {
  const { plan, reason, by, at } = one;
  const isNamed = catalogue !== null && !readsAddresses(caller);
  return { words: choiceInWords(one), plan, reason, by: isNamed ? nameOfPerson(catalogue, by) : by, at };
}
