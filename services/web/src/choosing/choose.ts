import {
  type Chosen,
  chooseForCase,
  type CurrentCatalogue,
  type Explanation,
  type NotChosen,
  planSeenBy,
  protocolInForce,
} from "@signalbox/db";
import { asPeriod, dayOf, nextPassing, rulesFor, stepOf, submissionDay } from "@signalbox/domain";
import { nearest, peopleOf, responsibleFor } from "@signalbox/evaluation";
import { speaksFor } from "../acting.ts";
import { type Caller, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import type { ChoiceGround } from "./read-choice.ts";

type Case = Explanation["case"];

/** Whether somebody may choose for a case: the chair of a forum that it stands before, or its secretary for the chair. */
export function mayChoose(caller: Caller, one: Case): boolean {
  return one.standing && one.concern !== "reporting" && speaksFor(caller, one, "chair", "secretary");
}

/** A plan that may cover a case. */
export interface PlanToCoverBy {
  readonly id: number;
  readonly words: string;
}

/** What a choice for this case is read against, and the plans to choose among in words. */
export async function groundOf(
  { db }: Pick<Parts, "db">,
  {
    one,
    caller,
    catalogue,
    now,
  }: { one: Case; caller: Caller; catalogue: CurrentCatalogue | null; now: Temporal.Instant },
): Promise<ChoiceGround & { readonly listed: readonly PlanToCoverBy[] }> {
  const [protocol, found] = await Promise.all([
    protocolInForce(db),
    planSeenBy(db, { sight: sightOf({ caller }), now, organisation: one.organisation, notFor: one.id }),
  ]);
  const metric = one.metric === null ? undefined : catalogue?.metrics.get(one.metric);
  const within = metric?.dueWorkingDay ?? rulesFor(protocol, one.frequency).submission.dueWorkingDay;
  const last = one.events.findLast(({ replacedAt }) => replacedAt === null)?.period ?? one.raisedIn;
  const after = asPeriod(last + stepOf(one.frequency));
  const today = dayOf(now);
  const due = submissionDay(after, one.frequency, within);
  const isToCome = Temporal.PlainDate.compare(due, today) > 0;
  const next = nextPassing(now, one.frequency, within).period;
  return {
    today,
    nextFigure: isToCome ? due : submissionDay(next, one.frequency, within),
    plans: new Set(found.map(({ id }) => id)),
    listed: found.map(({ id, organisation, state, metrics }) => {
      const name = catalogue?.organisations.get(organisation)?.name ?? organisation;
      const of = metrics.map((code) => catalogue?.metrics.get(code)?.name ?? code).join(", ");
      return { id, words: `Plan ${id}, ${name}: ${of || "several areas"} (${state})` };
    }),
  };
}

/** Does what was chosen, and lets whoever is asked or told hear of it; returns why not, where somebody was quicker. */
export async function choose(
  { db, clock, queues }: Pick<Parts, "db" | "clock" | "queues">,
  {
    one,
    chosen,
    reason,
    by,
    through,
    catalogue,
  }: {
    one: Case;
    chosen: Chosen;
    reason: string;
    by: string;
    through?: string | undefined;
    catalogue: CurrentCatalogue | null;
  },
): Promise<NotChosen | null> {
  const now = await clock.now();
  const owners = catalogue === null ? [] : ownersOf(one, catalogue);
  const refused = await chooseForCase(db, { escalation: one.id, chosen, reason, owners, by, now, through });
  if (refused === null) await queues.ring("tell", {});
  return refused;
}

/** Who answers for a case by the catalogue in force. */
function ownersOf({ metric: code, organisation, raisedIn }: Case, catalogue: CurrentCatalogue): string[] {
  const people = peopleOf(catalogue);
  const metric = code === null ? undefined : catalogue.metrics.get(code);
  const place = { organisation, period: raisedIn };
  return metric === undefined ? nearest(people, "owner", place) : responsibleFor(people, "owner", { ...place, metric });
}
