import { type CurrentCatalogue, type MeetingInTurn, recordDecision } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { dayTyped } from "../day-typed.ts";
import type { Parts } from "../parts.ts";

/** A decision as it was typed or sent; empty where nothing was given. */
export interface DecisionGiven {
  readonly escalation: string;
  readonly decision: string;
  readonly askedOf: string;
  readonly dueOn: string;
}

/** What is wrong with it, by field. */
export type DecisionFaults = Partial<Record<keyof DecisionGiven, string>>;

const LONGEST = 2000;
const YEARS_AHEAD = 5;

/**
 * Records a decision of a meeting, or says what is wrong with what was given. `cases` are those that it may be about. Whoever
 * it is asked of is told, once `tell` has rung.
 */
export async function takeDecision(
  { db, clock, queues }: Pick<Parts, "db" | "clock" | "queues">,
  given: DecisionGiven,
  {
    meeting,
    catalogue,
    cases,
    ...acting
  }: { meeting: MeetingInTurn; catalogue: CurrentCatalogue; cases: ReadonlySet<number>; by: string; through?: string },
): Promise<{ readonly id: number } | { readonly faults: DecisionFaults }> {
  const now = await clock.now();
  const decision = given.decision.trim();
  const askedOf = given.askedOf.trim().toLowerCase();
  const dueOn = dayTyped(given.dueOn);
  const faults: DecisionFaults = {
    ...(decision === "" ? { decision: "Say what was decided" } : {}),
    ...(decision.length > LONGEST ? { decision: `Use at most ${LONGEST.toLocaleString("en-GB")} characters` } : {}),
    ...(given.escalation !== "" && !cases.has(Number(given.escalation))
      ? { escalation: "Choose a case of this forum" }
      : {}),
    ...(askedOf !== "" && !isKnown(catalogue, askedOf)
      ? { askedOf: "Give the e-mail address of somebody Signalbox knows" }
      : {}),
    ...dayFault({ text: given.dueOn.trim(), day: dueOn, askedOf, today: dayOf(now), meetsOn: dayOf(meeting.startsAt) }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  const recorded = {
    meeting: meeting.id,
    forum: meeting.forum,
    escalation: given.escalation === "" ? null : Number(given.escalation),
    decision,
    askedOf: askedOf === "" ? null : askedOf,
    dueOn: dueOn?.toString() ?? null,
  };
  const id = await recordDecision(db, recorded, { ...acting, now });
  await queues.ring("tell", {});
  return { id };
}

function isKnown({ people }: CurrentCatalogue, address: string): boolean {
  return people.some(({ email }) => email.toLowerCase() === address);
}

function dayFault({
  text,
  day,
  askedOf,
  today,
  meetsOn,
}: {
  text: string;
  day: Temporal.PlainDate | null;
  askedOf: string;
  today: Temporal.PlainDate;
  meetsOn: Temporal.PlainDate;
}): DecisionFaults {
  if (text === "") return askedOf === "" ? {} : { dueOn: "Say by when it is asked of them" };
  if (day === null) return { dueOn: "Write a day such as 8/12/2026" };
  if (askedOf === "") return { askedOf: "Say of whom it is asked by that day" };
  if (Temporal.PlainDate.compare(day, today) < 0) return { dueOn: "Give a day that has not passed" };
  if (Temporal.PlainDate.compare(day, meetsOn) < 0) return { dueOn: "Give a day that is not before the meeting" };
  const last = today.add({ years: YEARS_AHEAD });
  return Temporal.PlainDate.compare(day, last) > 0 ? { dueOn: "Give a day within five years" } : {};
}
