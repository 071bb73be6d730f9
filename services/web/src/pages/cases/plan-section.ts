import { askedForPlan, plansOfCase } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { sightOf } from "../../callers.ts";
import { mayPlanFor } from "../../plans/who-may.ts";
import { STATES } from "../action-plans/plan-words.ts";
import type { CaseSection } from "./case-sections.ts";

/** The action plans that answer a case, and the way to begin one. */
export const planSection: CaseSection = {
  name: "plan",
  async of({ case: one }, { db, caller, now }) {
    const asked = { sight: sightOf({ caller }), now, today: dayOf(now).toString() };
    const [plans, people] = await Promise.all([plansOfCase(db, one.id, asked), askedForPlan(db, [one.id])]);
    const live = plans.filter(({ state }) => state !== "withdrawn");
    const mayBegin = one.standing && live.length === 0 && mayPlanFor(caller, one.organisation, people);
    if (plans.length === 0 && !mayBegin) return null;
    return {
      id: one.id,
      mayBegin,
      isAsked: caller.kind === "person" && people.includes(caller.person.email.toLowerCase()),
      plans: plans.map((plan) => ({ ...plan, tag: STATES[plan.state] })),
    };
  },
};
