import type { AgendaFacts, AgendaRequest, CurrentCatalogue, RequestKind } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { dayInWords } from "@signalbox/mail";
import { nameOfPerson } from "../names-of-people.ts";
import type { AgendaShown, OverdueLine, ToDecide } from "./agenda-shown.ts";

/** What is asked for by each kind, and what a meeting is asked to decide by some of them. */
const KINDS_ASKED: Readonly<Record<RequestKind, string>> = {
  acknowledgement: "Acknowledgement",
  "action-plan": "Action plan",
  "plan-decision": "Decision on a plan",
  action: "Action",
  embedding: "Rating of what was embedded",
  challenge: "Answer to a challenge",
  "case-sign-off": "Sign-off",
  risk: "Risk",
  commentary: "Commentary",
  return: "Return",
  review: "Review",
  decision: "Decision of a meeting",
};
const DECIDED_BY_MEETINGS: Readonly<Partial<Record<RequestKind, string>>> = {
  "plan-decision": "Accept an action plan, or send it back",
  "case-sign-off": "Sign a case off",
  review: "Look at a case that nothing else is asked of",
};
const STAGES: Readonly<Partial<Record<AgendaRequest["stage"], string>>> = {
  "raised-a-level": "Its executive was told",
  "on-agenda": "On the board’s agenda",
  "in-summary": "In the SLT’s summary",
};

interface Names {
  /** What a case is about, by its id. */
  readonly about: ReadonlyMap<number, string>;
  readonly catalogue: CurrentCatalogue;
}

/** What the meeting is asked to decide, and what is late: by whom, and how long. */
export function askedLines(facts: AgendaFacts, names: Names): Pick<AgendaShown, "toDecide" | "overdue"> {
  const today = dayOf(Temporal.Instant.from(facts.asOf));
  const late = facts.requests.filter(
    ({ quiet, dueOn, pausedUntil }) =>
      !quiet && dueOn < today.toString() && (pausedUntil === null || pausedUntil < today.toString()),
  );
  return { toDecide: toDecide(facts, names), overdue: late.map((one) => overdueLine(one, { ...names, today })) };
}

function overdueLine(one: AgendaRequest, { today, ...names }: Names & { today: Temporal.PlainDate }): OverdueLine {
  return {
    what: KINDS_ASKED[one.kind],
    about: aboutOf(one, names),
    who: one.recipients.map((address) => nameOfPerson(names.catalogue, address)).join(", "),
    dueOn: dayInWords(one.dueOn),
    daysLate: Temporal.PlainDate.from(one.dueOn).until(today, { largestUnit: "day" }).days,
    stage: STAGES[one.stage] ?? "",
    href: one.escalation === null ? null : `/escalations/${one.escalation}`,
  };
}

function toDecide({ requests, limits, investments, meetsOn }: AgendaFacts, names: Names): ToDecide[] {
  const asked = requests.flatMap((one): ToDecide[] => {
    const what = DECIDED_BY_MEETINGS[one.kind];
    if (what === undefined || (one.kind === "review" && one.dueOn > meetsOn)) return [];
    const href = one.plan === null ? `/escalations/${one.escalation ?? ""}` : `/action-plans/${one.plan}`;
    return [{ what, about: aboutOf(one, names), by: "", since: dayInWords(one.askedOn), href }];
  });
  return [
    ...asked,
    ...limits.map(({ id, title, sentBy, sentOn }) => ({
      what: "Approve limits, or send them back",
      about: title,
      by: nameOfPerson(names.catalogue, sentBy),
      since: dayInWords(sentOn),
      href: `/thresholds/proposals/${id}`,
    })),
    ...investments.map(({ plan, organisation, cost, help, escalations }) => ({
      what: "Decide on money asked for",
      about: [
        cost === null ? "" : `£${cost.toLocaleString("en-GB")}`,
        help,
        names.about.get(escalations[0] ?? 0) ?? names.catalogue.organisations.get(organisation)?.name ?? organisation,
      ]
        .filter((part) => part !== "")
        .join(": "),
      by: "",
      since: "",
      href: `/investment/${plan}`,
    })),
  ];
}

function aboutOf({ escalation, metric, organisation }: AgendaRequest, { about, catalogue }: Names): string {
  const known = escalation === null ? undefined : about.get(escalation);
  if (known !== undefined) return known;
  const name = catalogue.organisations.get(organisation)?.name ?? organisation;
  return [metric === null ? "" : (catalogue.metrics.get(metric)?.name ?? metric), name].filter(Boolean).join(", ");
}
