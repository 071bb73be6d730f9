import {
  actionsThatHold,
  ALL_SIGNED,
  type CurrentCatalogue,
  type PlanRevision,
  seesSeries,
  seriesOfPaths,
  unsignedFigures,
  withoutUnsigned,
} from "@signalbox/db";
import {
  asPeriod,
  formatValue,
  nameOfPeriod,
  type PlanBody,
  type PlannedPath,
  planDifferences,
} from "@signalbox/domain";
import { besidePath } from "@signalbox/explain/path-in-words";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sightOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { bodyShown, type PlanReading, type SeenPlan } from "../../plans/read-plan.ts";
import { mayDecidePlan, mayWritePlan } from "../../plans/who-may.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { OfPlan, PlanPages } from "./action-plans.ts";
import { planOut } from "./plan-out.ts";
import { differenceInWords, effectInWords, pounds, seriesInWords, STATES } from "./plan-words.ts";

/** What a form of the page held that was not taken. */
export interface RefusedAct {
  readonly act: "accept" | "send-back" | "withdraw";
  readonly note: string;
  readonly error: string;
}

/** /action-plans/ID: a plan as it stands, or one of its revisions; what was decided, and what may be done next. */
export function planPage(app: FastifyInstance, of: PlanPages): void {
  app.get<OfPlan>("/action-plans/:id", async (request, reply) => {
    const as = formatAsked(request.query["as"]);
    const { seen, reading } = await of.thePlan(request);
    const { body } = asked(seen, request.query["revision"]);
    if (as !== null) return sendTable(reply, planOut(seen, body, request.query["table"]), as);
    return showPlan(request, reply, { of, seen, reading });
  });
}

/** Shows a plan, with what was wrong in a form of it. */
export async function showPlan(
  request: FastifyRequest<OfPlan>,
  reply: FastifyReply,
  { of, seen, reading, refused }: { of: PlanPages; seen: SeenPlan; reading: PlanReading; refused?: RefusedAct },
): Promise<FastifyReply> {
  const { catalogue, caller } = reading;
  const { plan, cases, revisions } = seen;
  const { body, revision } = asked(seen, request.query["revision"]);
  const held = revision?.decision === "accepted" ? await actionsThatHold(reading.db, plan.id) : null;
  const person = (address: string) => nameOfPerson(catalogue, address);
  const last = revisions.at(-1);
  const context = {
    plan,
    name: nameOf(seen, catalogue),
    organisation: catalogue.organisations.get(plan.organisation)?.name ?? plan.organisation,
    tagOf: STATES[plan.state],
    revision,
    isDraft: revision === null,
    draftedBy: plan.draftedBy === null ? null : person(plan.draftedBy),
    hasDraftBeside: plan.draft !== null && plan.state === "accepted",
    missing: plan.state === "sent-back" && last !== undefined ? { ...last, who: person(last.decidedBy ?? "") } : null,
    accepted: revision?.decision === "accepted" ? { ...revision, who: person(revision.decidedBy ?? "") } : null,
    body,
    cost: body.cost === null ? null : pounds(body.cost),
    actions: body.actions.map(({ effect, owner, ...action }) => ({
      ...action,
      id: held?.get(action.number)?.id ?? null,
      who: owner === "" ? null : person(owner),
      effect: effectInWords(effect, catalogue),
    })),
    paths: await pathsOf(body, seen, reading),
    cases: cases.map((one) => ({
      id: one.id,
      name: one.metric === null ? "Several areas" : (catalogue.metrics.get(one.metric)?.name ?? one.metric),
      forum: one.forum === null ? null : (catalogue.forums.get(one.forum)?.name ?? one.forum),
      standing: one.standing,
      reason: one.reason,
    })),
    revisions: revisions.map((one, at) => history(one, revisions[at - 1], catalogue)).toReversed(),
    mayWrite: mayWritePlan(caller, seen) && plan.state !== "sent" && plan.state !== "withdrawn",
    mayWithdraw:
      mayWritePlan(caller, seen) && plan.state !== "withdrawn" && (plan.state !== "accepted" || plan.draft !== null),
    mayDecide: mayDecidePlan(caller, seen) && (revision === null || revision === last),
    refused,
  };
  const status = refused === undefined ? 200 : 400;
  return of.pages.show(request, reply, { template: "action-plan", status, form: true, context });
}

/** The revision that is asked for, or what the page shows by itself; throws Problem 404 for one there is not. */
function asked(seen: SeenPlan, given: unknown): { body: PlanBody; revision: PlanRevision | null } {
  if (typeof given === "string" && given !== "") {
    const revision = seen.revisions.find((one) => String(one.revision) === given);
    if (revision === undefined) throw new Problem(404, `This plan has no revision ${given.slice(0, 20)}.`);
    return { body: revision.body, revision };
  }
  const body = bodyShown(seen);
  const last = seen.revisions.at(-1) ?? null;
  if (body === null) throw new Problem(404, "Nothing of this plan was sent.");
  return { body, revision: body === last?.body ? last : null };
}

/** What the plan is about, by its cases. */
function nameOf({ cases }: SeenPlan, { metrics }: CurrentCatalogue): string {
  const names = cases.map(({ metric }) => (metric === null ? "Several areas" : (metrics.get(metric)?.name ?? metric)));
  return names.length > 1 ? `${names[0]} and ${names.length - 1} more` : (names[0] ?? "No case");
}

function history(one: PlanRevision, before: PlanRevision | undefined, catalogue: CurrentCatalogue) {
  return {
    ...one,
    sentBy: nameOfPerson(catalogue, one.sentBy),
    decidedBy: one.decidedBy === null ? null : nameOfPerson(catalogue, one.decidedBy),
    differences:
      before === undefined
        ? []
        : planDifferences(before.body, one.body).map((change) => differenceInWords(change, catalogue)),
  };
}

/** Each series' path, with what it came to since, as far as its reader sees the figures. */
async function pathsOf({ path }: PlanBody, { isWhole }: SeenPlan, { db, catalogue, caller }: PlanReading) {
  const [found, unsigned] = await Promise.all([seriesOfPaths(db, path), isWhole ? ALL_SIGNED : unsignedFigures(db)]);
  const sight = sightOf({ caller });
  const seen = found.filter((one) => seesSeries(sight, one)).map((one) => withoutUnsigned(one, unsigned));
  return path.map((one) => ({
    name: seriesInWords(catalogue, one),
    address: `/series/${encodeURIComponent(one.metric)}/${encodeURIComponent(one.organisation)}`,
    rows: rowsOf(
      one,
      new Map(
        seen
          .filter(({ metric, organisation }) => metric === one.metric && organisation === one.organisation)
          .flatMap(({ points }) => points.map(({ period, value }): [number, number | null] => [period, value])),
      ),
      catalogue,
    ),
  }));
}

function rowsOf(
  { metric, values }: PlannedPath,
  actual: ReadonlyMap<number, number | null>,
  catalogue: CurrentCatalogue,
) {
  const known = catalogue.metrics.get(metric);
  if (known === undefined) return [];
  return values.flatMap(({ period, value }) => {
    if (value === null) return [];
    const came = actual.get(period) ?? null;
    return [
      {
        period: nameOfPeriod(asPeriod(period), known.frequency),
        expected: formatValue(value, known),
        came: came === null ? null : formatValue(came, known),
        placed: came === null ? null : (besidePath(came, value, known)?.split(": ").at(-1) ?? null),
      },
    ];
  });
}
