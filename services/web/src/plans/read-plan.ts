import {
  type ActionPlan,
  askedForPlan,
  type CaseOfActionPlan,
  casesOfPlan,
  type CurrentCatalogue,
  type Database,
  findPlan,
  type Kysely,
  planIsSeen,
  type PlanRevision,
  revisionsOf,
  sees,
} from "@signalbox/db";
import type { PlanBody } from "@signalbox/domain";
import { type Caller, sightOf } from "../callers.ts";

/** What plans are read with: once a request. */
export interface PlanReading {
  readonly db: Kysely<Database>;
  readonly catalogue: CurrentCatalogue;
  readonly caller: Caller;
  readonly now: Temporal.Instant;
}

/** A plan as somebody sees it. */
export interface SeenPlan {
  /** Its draft is null for whoever sees it by forum alone. */
  readonly plan: ActionPlan;
  readonly isWhole: boolean;
  readonly revisions: readonly PlanRevision[];
  /** The cases that they see. */
  readonly cases: readonly CaseOfActionPlan[];
  /** The addresses that were asked for a plan of these cases, in small letters. */
  readonly asked: readonly string[];
}

/** A plan with its revisions and cases; null where there is none that the caller may see. */
export async function readPlan(id: number, { db, caller, now }: PlanReading): Promise<SeenPlan | null> {
  const sight = sightOf({ caller });
  const plan = await findPlan(db, id);
  if (plan === null || !(await planIsSeen(db, id, { sight, now }))) return null;
  const isWhole = sees(sight.organisations, plan.organisation);
  const [revisions, cases] = await Promise.all([revisionsOf(db, id), casesOfPlan(db, id, { sight, now })]);
  const asked = await askedForPlan(
    db,
    cases.map((one) => one.id),
  );
  return { plan: isWhole ? plan : { ...plan, draft: null }, isWhole, revisions, cases, asked };
}

/** What the plan's page shows: what is being written, else what was sent last. */
export function bodyShown({ plan, revisions }: SeenPlan): PlanBody | null {
  return plan.state === "draft" || plan.state === "sent-back"
    ? (plan.draft ?? revisions.at(-1)?.body ?? null)
    : (revisions.at(-1)?.body ?? null);
}

/** The revision that was accepted last; null where none was. */
export function acceptedRevision({ revisions }: Pick<SeenPlan, "revisions">): PlanRevision | null {
  return revisions.findLast(({ decision }) => decision === "accepted") ?? null;
}
