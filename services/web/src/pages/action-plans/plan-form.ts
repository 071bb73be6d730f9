import type { CurrentCatalogue } from "@signalbox/db";
import { type CaseOfPlan, MOST_OF_A_PLAN, nameOfPeriod, parsePeriod } from "@signalbox/domain";
import { isWithin } from "../../plans/plan-context.ts";
import type { SeenPlan } from "../../plans/read-plan.ts";
import { PLAN_TEXTS, seriesKey, type TypedPath, type TypedPlan } from "../../plans/typed-plan.ts";
import { seriesInWords } from "./plan-words.ts";

/** What is wrong, at a field of the plan: "actions.0.owner". */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

interface Around {
  readonly seen: SeenPlan;
  readonly catalogue: CurrentCatalogue;
  readonly faults: readonly Fault[];
  /** The cases of the plan, with the limits that their paths must come back within. */
  readonly judged: readonly CaseOfPlan[];
}

const LABELS = {
  what: ["What happened?", "In a few sentences, for somebody who was not there."],
  why: ["Why did it happen?", "The causes that you found, and how you know."],
  risks: ["What may go wrong?", "What would keep the plan from working, and what you do about it."],
  help: ["What help do you ask for?", "From the board, the system or partners. Leave it empty for none."],
  activity: ["Which activity is affected, and how much?", "For example: 1,200 patients a month wait longer."],
} as const;
const MOST_CHOICES = 60;

/** All that the form shows: each field with what was typed, what may be chosen, and what is wrong with it. */
export function formOfPlan(typed: TypedPlan, { seen, catalogue, faults, judged }: Around) {
  const errors = new Map(faults.map(({ field, message }) => [idOf(field), message]));
  const series = seriesToChoose(typed, { seen, catalogue });
  const people = peopleToChoose(typed, { seen, catalogue });
  return {
    plan: seen.plan,
    cases: seen.cases.map(({ id, metric, organisation }) => ({
      id,
      name: metric === null ? "Several areas" : seriesInWords(catalogue, { metric, organisation }),
    })),
    organisation: catalogue.organisations.get(seen.plan.organisation)?.name ?? seen.plan.organisation,
    missing: seen.plan.state === "sent-back" ? (seen.revisions.at(-1)?.note ?? null) : null,
    errors: faults.map((fault) => ({
      text: `${placeOf(fault.field)}${fault.message}`,
      href: `#${targetOf(fault.field)}`,
    })),
    texts: PLAN_TEXTS.map((name) => ({
      id: name,
      label: LABELS[name][0],
      hint: LABELS[name][1],
      value: typed.texts[name],
      error: errors.get(name),
    })),
    cost: { value: typed.cost, error: errors.get("cost") },
    actions: typed.actions.map((action, at) => ({
      ...action,
      at,
      errors: Object.fromEntries(ACTION_FIELDS.map((field) => [field, errors.get(`actions-${at}-${field}`)])),
    })),
    noActions: errors.get("actions"),
    paths: typed.paths.map((path, at) => shownPath(path, { at, errors, catalogue, judged })),
    noPath: errors.get("path"),
    people,
    series,
    newSeries: series.filter(({ key }) => !typed.paths.some((path) => seriesKey(path) === key)),
    canAddAction: typed.actions.length < MOST_OF_A_PLAN.actions,
  };
}

const ACTION_FIELDS = ["what", "owner", "startsOn", "dueOn", "effect", "effect-by", "effect-in"] as const;

function shownPath(
  { metric, organisation, values }: TypedPath,
  {
    at,
    errors,
    catalogue,
    judged,
  }: { at: number; errors: ReadonlyMap<string, string> } & Pick<Around, "catalogue" | "judged">,
) {
  const frequency = catalogue.metrics.get(metric)?.frequency ?? "monthly";
  const ofCase = judged.find((one) => one.metric === metric && one.organisation === organisation);
  const last = parsePeriod(values.at(-1)?.period ?? "", frequency);
  const limit = last === null ? null : (ofCase?.limitIn(last) ?? null);
  return {
    at,
    metric,
    organisation,
    limit: limit === null ? null : ofCase?.write(limit),
    name: seriesInWords(catalogue, { metric, organisation }),
    error: errors.get(`path-${at}`),
    values: values.map(({ period, value }, place) => {
      const read = parsePeriod(period, frequency);
      return {
        id: `path-${at}-values-${place}`,
        place,
        period,
        name: read === null ? period : nameOfPeriod(read, frequency),
        value,
        error: errors.get(`path-${at}-values-${place}`),
      };
    }),
  };
}

function idOf(field: string): string {
  return field.replaceAll(".", "-");
}

/** Where the summary's link leads: of a whole path its first value, of an action's number what it says. */
function targetOf(field: string): string {
  if (/^path\.\d+$/.test(field)) return `${idOf(field)}-values-0`;
  return idOf(field.replace(/\.number$/, ".what"));
}

function placeOf(field: string): string {
  const action = /^actions\.(\d+)\./.exec(field)?.[1];
  return action === undefined ? "" : `Action ${Number(action) + 1}: `;
}

/** The figures that a plan may speak of: its cases', those of their areas at its organisation, and what was typed before. */
function seriesToChoose(typed: TypedPlan, { seen, catalogue }: Pick<Around, "seen" | "catalogue">) {
  const { cases, plan } = seen;
  const areas = new Set(cases.flatMap(({ area, areas: named }) => [area, ...named]));
  const own = cases.flatMap(({ metric, organisation }) =>
    metric === null ? [] : [seriesKey({ metric, organisation })],
  );
  const beside = [...catalogue.metrics.values()]
    .filter(({ area }) => areas.has(area))
    .map(({ code }) => seriesKey({ metric: code, organisation: plan.organisation }));
  const chosen = [
    ...typed.actions.map(({ effect }) => effect).filter((key) => key !== ""),
    ...typed.paths.map(seriesKey),
  ];
  return [...new Set([...own, ...chosen, ...beside.slice(0, MOST_CHOICES)])].map((key) => {
    const [metric = "", organisation = ""] = key.split("|", 2);
    return { key, name: seriesInWords(catalogue, { metric, organisation }) };
  });
}

/** Those who are of the plan's organisation, above it or below it, and whoever was named before. */
function peopleToChoose(typed: TypedPlan, { seen, catalogue }: Pick<Around, "seen" | "catalogue">) {
  const near = catalogue.people.filter(
    ({ organisation }) =>
      organisation !== null &&
      (isWithin(catalogue, organisation, seen.plan.organisation) ||
        isWithin(catalogue, seen.plan.organisation, organisation)),
  );
  const named = new Map(near.map(({ email, name, role }) => [email.toLowerCase(), `${name} (${role})`]));
  for (const { owner } of typed.actions) {
    const known = catalogue.people.find(({ email }) => email.toLowerCase() === owner.toLowerCase());
    if (owner !== "" && !named.has(owner.toLowerCase())) named.set(owner.toLowerCase(), known?.name ?? owner);
  }
  return [...named]
    .map(([email, name]) => ({ email, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"))
    .slice(0, 200);
}
