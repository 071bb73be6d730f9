import { type EscalationRecord, type KeptStep, stepPath } from "@signalbox/db";
import { answersFor, speaksFor } from "../../acting.ts";
import { type Caller, nameOf } from "../../callers.ts";
import { STATE_WORDS, STEP_WORDS } from "../../step-words.ts";
import { readsAddresses } from "../cases/case-facts.ts";
import type { CaseSection } from "../cases/case-sections.ts";

/** How far up something has gone, after "It is overdue". */
const GONE_TO: Readonly<Record<string, string>> = {
  "raised-a-level": "The executive was told.",
  "on-agenda": "It is on the agenda of the board.",
  "in-summary": "It is in the summary for the SLT.",
};

/** What comes next in a case, by whom and by when, and where it stands in each of the five states. It asks nothing more. */
export const nextStepSection: CaseSection = {
  name: "next-step",
  async of({ case: one }, { caller, catalogue }) {
    const { nextStep: next, states } = one;
    if (!one.standing && states.every(({ reached }) => reached === null)) return null;
    const names = new Map((catalogue?.people ?? []).map(({ email, name }) => [email.toLowerCase(), name]));
    const who = (address: string) =>
      readsAddresses(caller) || !address.includes("@")
        ? address
        : (names.get(address.toLowerCase()) ?? "somebody who is not listed any more");
    const all = (people: readonly string[]) => [...new Set(people.map(who))].join(", ");
    return {
      id: one.id,
      next: next && {
        what: STEP_WORDS[next.what],
        href: pathOf(one),
        who: all(next.who),
        dueOn: next.dueOn,
        isOverdue: next.isOverdue,
        goneTo: GONE_TO[next.stage] ?? null,
        why: next.why,
        beside: next.beside,
      },
      states: states.map(({ state, reached, dueOn, people, isOverdue }) => ({
        name: STATE_WORDS[state],
        reached: reached && { on: reached.on, by: reached.by === null ? null : who(reached.by) },
        dueOn,
        who: all(people),
        isOverdue,
      })),
      mayReply: mayReply(caller, one),
      movable: movableFor(caller, one).length > 0,
      decides: decidesDays(caller, one),
    };
  },
};

/** Where the next step is answered; null on its own page. */
function pathOf({ id, nextStep: next, openSteps }: EscalationRecord): string | null {
  const step = openSteps.find(({ kind, dueOn }) => kind === next?.what && dueOn === next.dueOn);
  const path = step === undefined ? null : stepPath({ ...step, escalation: id });
  return path === `/escalations/${id}` ? null : path;
}

/** Whether somebody may say that they have seen a case and answer in full later: who answers for it, or was asked. */
export function mayReply(
  caller: Caller,
  one: Pick<EscalationRecord, "standing" | "organisation" | "openSteps">,
): boolean {
  const isAsked = one.openSteps.some(({ kind }) => kind === "acknowledgement");
  // A chair who is asked to look at the case is asked for something else.
  const ofOwners = one.openSteps.filter(({ kind }) => kind === "acknowledgement" || kind === "action-plan");
  return one.standing && isAsked && (answersFor(caller, one.organisation) || isAskedOf(caller, ofOwners));
}

function isAskedOf(caller: Caller, steps: readonly KeptStep[]): boolean {
  const own = nameOf(caller).toLowerCase();
  return steps.some(({ people }) => people.some((address) => address.toLowerCase() === own));
}

/** Whether somebody decides for a forum of the case by which day things come. */
export function decidesDays(
  caller: Caller,
  one: Pick<EscalationRecord, "organisation" | "forum" | "area" | "areas">,
): boolean {
  return speaksFor(caller, one, "chair", "secretary");
}

/** What is open and may get another day: an action has its own page for it, and what nobody asked for moves by itself. */
export function movable({ standing, openSteps }: Pick<EscalationRecord, "standing" | "openSteps">): KeptStep[] {
  return standing
    ? openSteps.filter(({ kind, quiet }) => kind !== "action" && kind !== "decision" && !(kind === "review" && quiet))
    : [];
}

/** Those of them that somebody may have moved: all of them who decides, else what they are asked themselves or answer for. */
export function movableFor(caller: Caller, one: EscalationRecord): KeptStep[] {
  const all = movable(one);
  if (decidesDays(caller, one)) return all;
  const answers = answersFor(caller, one.organisation);
  return all.filter((step) => answers || isAskedOf(caller, [step]));
}
