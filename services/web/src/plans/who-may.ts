import { type CaseOfActionPlan, sees } from "@signalbox/db";
import { answersFor, speaksFor } from "../acting.ts";
import { type Caller, nameOf } from "../callers.ts";
import type { SeenPlan } from "./read-plan.ts";

/** Whether somebody may begin a plan for cases of an organisation: who answers for it, who was asked, or a key that operates. */
export function mayPlanFor(caller: Caller, organisation: string, asked: readonly string[] = []): boolean {
  if (caller.kind === "key") return caller.key.scopes.includes("operate") && sees(caller.visible, organisation);
  return answersFor(caller, organisation) || (caller.kind === "person" && asked.includes(caller.person.email));
}

/** Whether somebody may write, send and withdraw a plan. */
export function mayWritePlan(caller: Caller, { plan, asked, isWhole }: SeenPlan): boolean {
  return isWhole && mayPlanFor(caller, plan.organisation, asked);
}

const DECIDE = ["chair", "member", "secretary"] as const;

/**
 * Whether somebody may decide the revision that waits: they sit on a forum that one of its cases stands before, and neither
 * sent it themselves nor stand in for who did.
 */
export function mayDecidePlan(caller: Caller, { plan, revisions, cases }: SeenPlan): boolean {
  const sentBy = revisions.at(-1)?.sentBy.toLowerCase();
  if (plan.state !== "sent" || sentBy === nameOf(caller).toLowerCase()) return false;
  const standsInFor = "person" in caller ? (caller.person?.standsInFor ?? []) : [];
  return !standsInFor.some(({ email }) => email === sentBy) && sitsBefore(caller, cases);
}

/** Whether somebody sits on a forum that one of these cases stands before. */
export function sitsBefore(caller: Caller, cases: readonly CaseOfActionPlan[]): boolean {
  const standing = cases.filter((one) => one.standing);
  return (standing.length > 0 ? standing : cases).some((one) => speaksFor(caller, one, ...DECIDE));
}
