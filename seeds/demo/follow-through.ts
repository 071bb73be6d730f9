import { addWorkingDays, EMPTY_PLAN, type Period, type PlanBody } from "@signalbox/domain";
import { lastMonth } from "./span.ts";

/** What was under way for a case before Signalbox came: a plan that its forum took over as it was, and what was done of it. */
export interface DemoPlan {
  readonly metric: string;
  readonly organisation: string;
  readonly sentBy: string;
  readonly acceptedBy: string;
  readonly body: PlanBody;
  /** The actions (by number) that are done, and on which day they were. */
  readonly done: readonly { readonly number: number; readonly on: Temporal.PlainDate }[];
  readonly risk: DemoRisk | null;
}

interface DemoRisk {
  readonly reference: string;
  readonly title: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly reviewedOn: string;
  readonly owner: string;
}

const SLT_CHAIR = "margaret.adair@example.org";

/**
 * The demo's follow-through as of a day: a plan with an action long overdue and a risk behind it, and one whose actions are
 * done though the figure has not moved. The same day gives the same.
 */
export function demoFollowThrough(today: Temporal.PlainDate): DemoPlan[] {
  const last = lastMonth(today);
  return [lateAmbulances(today, last), crowdedDepartment(today, last)];
}

function lateAmbulances(today: Temporal.PlainDate, last: Period): DemoPlan {
  const series = { metric: "cat2-response", organisation: "TRA" };
  const [carol, dev] = ["carol.imrie@example.org", "dev.chaudry@example.org"];
  const day = dayFrom(today);
  return {
    ...series,
    sentBy: carol,
    acceptedBy: SLT_CHAIR,
    body: {
      ...EMPTY_PLAN,
      what: "Calls rose by a twelfth in spring, most of them in the evening.",
      why: "Crews wait at two hospitals when they are needed most, and the rota has its gap from six to ten.",
      actions: [
        action(1, "Agree with both hospitals that a crew leaves within 45 minutes", dev, [day(-120), day(-75)]),
        action(2, "Move six crews to the evening", carol, [day(-90), day(-50)]),
        {
          ...action(3, "Open a second desk that advises by telephone", carol, [day(-30), day(40)]),
          effect: { ...series, by: 150, in: last + 4 },
        },
      ],
      path: [{ ...series, values: path(last + 1, [1940, 1920, 1890, 1850, 1810, 1780]) }],
      risks: "The second desk needs two clinicians, who are hard to find.",
      help: "Two clinicians for the second desk",
      cost: 140_000,
      activity: "About 900 calls a month",
    },
    done: [{ number: 1, on: today.subtract({ days: 70 }) }],
    risk: {
      reference: "TRA-07",
      title: "Patients come to harm while they wait for an ambulance",
      likelihood: 4,
      impact: 4,
      reviewedOn: day(-25),
      owner: carol,
    },
  };
}

function crowdedDepartment(today: Temporal.PlainDate, last: Period): DemoPlan {
  const series = { metric: "ae-4h", organisation: "STH" };
  const sara = "sara.whitlock@example.org";
  const day = dayFrom(today);
  return {
    ...series,
    sentBy: sara,
    acceptedBy: "tom.okafor@example.org",
    body: {
      ...EMPTY_PLAN,
      what: "People who need a bed wait for it in the emergency department.",
      why: "Beds come free after noon, and most people come before.",
      actions: [
        {
          ...action(1, "Open a lounge for people who go home, from eight in the morning", sara, [day(-135), day(-100)]),
          effect: { ...series, by: 6, in: last - 1 },
        },
      ],
      path: [{ ...series, values: path(last - 2, [68, 70, 72, 74, 76]) }],
      risks: "The lounge shares its nurses with the ward.",
    },
    done: [{ number: 1, on: today.subtract({ days: 102 }) }],
    risk: null,
  };
}

/** So many days from today, or the first working day after it. */
const dayFrom = (today: Temporal.PlainDate) => (days: number) => addWorkingDays(today.add({ days }), 0).toString();

function action(number: number, what: string, owner: string, [startsOn, dueOn]: readonly [string, string]) {
  return { number, what, owner, startsOn, dueOn, effect: null };
}

function path(from: number, values: readonly number[]) {
  return values.map((value, after) => ({ period: from + after, value }));
}
