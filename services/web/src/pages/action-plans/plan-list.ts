import {
  type CurrentCatalogue,
  type ListedPlan,
  listPlans,
  PLAN_STATES,
  type PlanFilter,
  type PlanState,
  sees,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance } from "fastify";
import { sightOf } from "../../callers.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { PlanPages } from "./action-plans.ts";
import { STATES } from "./plan-words.ts";

const A_PAGE = 50;
const ALL = 100_000;

/** /action-plans: the plans that somebody sees, latest first; filtered, a page at a time, and as a file. */
export function planList(app: FastifyInstance, { db, pages, readingOf }: PlanPages): void {
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>("/action-plans", async (request, reply) => {
    const as = formatAsked(request.query["as"]);
    const { catalogue, now } = await readingOf(request);
    const chosen = chosenIn(request.query);
    const filter: PlanFilter = {
      sight: sightOf(request),
      now,
      today: dayOf(now).toString(),
      ...(chosen.organisation === "" ? {} : { organisation: chosen.organisation }),
      ...(chosen.forum === "" ? {} : { forum: chosen.forum }),
      ...(chosen.state === "" ? {} : { state: chosen.state }),
      ...(chosen.overdue === "" ? {} : { overdue: true }),
    };
    if (as !== null) {
      const { rows } = await listPlans(db, filter, { offset: 0, limit: ALL });
      return sendTable(reply, plansOut(rows, catalogue), as);
    }
    const page = pageAsked(request.query["page"]);
    const listed = (at: number) => listPlans(db, filter, { offset: (at - 1) * A_PAGE, limit: A_PAGE });
    const asked = await listed(page);
    // Past the end there is nothing that says how many there are.
    const { rows, total } = asked.rows.length === 0 && page > 1 ? await listed(1) : asked;
    const address = addressWith("/action-plans", chosen);
    const context = {
      chosen,
      filtered: Object.values(chosen).some((one) => one !== ""),
      plans: rows.map((one) => rowOf(one, catalogue)),
      paged: pageOf(total, { page: rows === asked.rows ? page : 1, size: A_PAGE, address }),
      forums: [...catalogue.forums.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB")),
      organisations: organisationsSeen(catalogue, filter),
      states: PLAN_STATES.map((state) => ({ state, ...STATES[state] })),
    };
    return pages.show(request, reply, { template: "action-plans", context });
  });
}

function chosenIn(query: Readonly<Record<string, unknown>>) {
  const text = (name: string) => {
    const given = query[name];
    return typeof given === "string" ? given.replaceAll("\0", "").slice(0, 100) : "";
  };
  const state: PlanState | "" = PLAN_STATES.find((one) => one === text("state")) ?? "";
  return {
    organisation: text("organisation"),
    forum: text("forum"),
    state,
    overdue: text("overdue") === "yes" ? "yes" : "",
  };
}

/** Providers and the system alone: those are the ones whose cases ask for plans. */
function organisationsSeen({ organisations }: CurrentCatalogue, { sight }: PlanFilter) {
  return [...organisations.values()]
    .filter(
      ({ kind, code }) =>
        (kind === "provider" || kind === "system") && (sight.forums.length > 0 || sees(sight.organisations, code)),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
}

function rowOf(one: ListedPlan, catalogue: CurrentCatalogue) {
  return {
    ...one,
    name: nameOfPlan(one, catalogue),
    organisation: catalogue.organisations.get(one.organisation)?.name ?? one.organisation,
    forums: forumsOf(one, catalogue),
    tag: STATES[one.state],
  };
}

/** What a plan is about, by its cases: "A&E four-hour performance and 1 more". */
function nameOfPlan({ cases }: Pick<ListedPlan, "cases">, { metrics }: CurrentCatalogue): string {
  const names = cases.map(({ metric }) => (metric === null ? "Several areas" : (metrics.get(metric)?.name ?? metric)));
  const [first = "No case"] = names;
  return names.length > 1 ? `${first} and ${names.length - 1} more` : first;
}

function forumsOf({ cases }: ListedPlan, { forums }: CurrentCatalogue): string {
  const codes = new Set(cases.flatMap(({ forum }) => forum ?? []));
  return [...codes].map((code) => forums.get(code)?.name ?? code).join(", ");
}

function plansOut(rows: readonly ListedPlan[], catalogue: CurrentCatalogue): TableOut {
  const columns = [
    ["plan", "Plan"],
    ["about", "About"],
    ["organisation", "Organisation"],
    ["forums", "Before"],
    ["state", "State"],
    ["revision", "Revision"],
    ["actions", "Actions"],
    ["nextDue", "Next due"],
    ["overdue", "Overdue"],
    ["cases", "Cases"],
  ] as const;
  return {
    name: "action plans",
    columns: columns.map(([key, title]) => ({ key, title })),
    rows: rows.map((one) => ({
      plan: one.id,
      about: nameOfPlan(one, catalogue),
      organisation: one.organisation,
      forums: forumsOf(one, catalogue),
      state: one.state,
      revision: one.revision,
      actions: one.actions,
      nextDue: one.nextDue,
      overdue: one.overdue,
      cases: one.cases.map(({ id }) => id).join(" "),
    })),
  };
}
