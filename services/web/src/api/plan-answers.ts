import type { CurrentCatalogue, ListedPlan } from "@signalbox/db";
import {
  asPeriod,
  dayOf,
  formatPeriod,
  type Frequency,
  parsePeriod,
  type PlanBody,
  planProblems,
} from "@signalbox/domain";
import { planContext } from "../plans/plan-context.ts";
import { acceptedRevision, type PlanReading, type SeenPlan } from "../plans/read-plan.ts";
import { Problem } from "../problem.ts";
import type { ApiPlanBody } from "./plan-shapes.ts";

/** A plan in a list as the API answers with it. */
export function listedPlan({ id, organisation, state, revision, cases, ...one }: ListedPlan) {
  return {
    id: String(id),
    organisation,
    state,
    revision,
    escalations: cases.map((each) => String(each.id)),
    sentAt: one.sentAt?.toString() ?? null,
    actions: one.actions,
    nextDue: one.nextDue,
    overdue: one.overdue,
  };
}

/** A whole plan as the API answers with it, with what holds its draft back. */
export function wholePlan(seen: SeenPlan, { catalogue, now }: PlanReading) {
  const { plan, cases, revisions } = seen;
  return {
    id: String(plan.id),
    organisation: plan.organisation,
    state: plan.state,
    revision: plan.revision,
    edition: plan.edition,
    madeBy: plan.madeBy,
    madeAt: plan.madeAt.toString(),
    escalations: cases.map(({ id, reason }) => ({ id: String(id), reason })),
    draft: plan.draft === null ? null : bodySaid(plan.draft, catalogue),
    revisions: revisions.map(({ body, sentAt, decidedAt, ...one }) => ({
      ...one,
      body: bodySaid(body, catalogue),
      sentAt: sentAt.toString(),
      decidedAt: decidedAt?.toString() ?? null,
    })),
    problems: plan.draft === null ? [] : problemsOf(seen, plan.draft, { catalogue, now }),
  };
}

/** What holds a plan back from being sent. */
export function problemsOf(seen: SeenPlan, body: PlanBody, { catalogue, now }: Pick<PlanReading, "catalogue" | "now">) {
  const accepted = acceptedRevision(seen)?.body ?? null;
  const { organisation } = seen.plan;
  const context = planContext(catalogue, { organisation, cases: seen.cases, accepted, today: dayOf(now) });
  return planProblems(body, context).map(({ field, code, message }) => ({ field, code, message }));
}

function bodySaid(body: PlanBody, catalogue: CurrentCatalogue): ApiPlanBody {
  const written = (metric: string, period: number) => formatPeriod(asPeriod(period), frequencyOf(metric, catalogue));
  return {
    ...body,
    actions: body.actions.map(({ effect, ...action }) => ({
      ...action,
      effect: effect && { ...effect, in: effect.in === null ? null : written(effect.metric, effect.in) },
    })),
    path: body.path.map(({ values, ...path }) => ({
      ...path,
      values: values.map(({ period, value }) => ({ period: written(path.metric, period), value })),
    })),
  };
}

/** The plan that a caller wrote; throws Problem 422 for a period that is none. `used` are numbers that actions had before. */
export function bodyGiven(given: ApiPlanBody, catalogue: CurrentCatalogue, used: readonly number[]): PlanBody {
  let free = Math.max(0, ...used, ...given.actions.map(({ number }) => number ?? 0));
  const read = (field: string, metric: string, text: string) => {
    const period = parsePeriod(text, frequencyOf(metric, catalogue));
    if (period !== null) return period;
    throw new Problem(422, `${field}: "${text}" is no period of ${metric}: write 2024-03, or 2023/24 Q4.`);
  };
  return {
    ...given,
    actions: given.actions.map(({ number, effect, ...action }, at) => ({
      ...action,
      number: number ?? ++free,
      effect: effect && {
        ...effect,
        in: effect.in === null ? null : read(`actions.${at}.effect.in`, effect.metric, effect.in),
      },
    })),
    path: given.path.map(({ values, ...path }, at) => ({
      ...path,
      values: values.map(({ period, value }, place) => ({
        period: read(`path.${at}.values.${place}`, path.metric, period),
        value,
      })),
    })),
  };
}

function frequencyOf(metric: string, { metrics }: CurrentCatalogue): Frequency {
  return metrics.get(metric)?.frequency ?? "monthly";
}
