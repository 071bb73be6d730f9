import { catalogueReader, type CurrentCatalogue } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { type PlanReading, readPlan, type SeenPlan } from "../../plans/read-plan.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { decidingPages } from "./deciding.ts";
import { editingPages } from "./editing.ts";
import { planList } from "./plan-list.ts";
import { planPage } from "./plan-page.ts";
import { startingPages } from "./starting.ts";

/** What the pages of plans share. */
export interface PlanPages extends Parts {
  readonly pages: Pages;
  readingOf(request: Pick<FastifyRequest, "caller">): Promise<PlanReading>;
  /** The plan that an address names, as its caller sees it; throws Problem 404. */
  thePlan(request: FastifyRequest<OfPlan>): Promise<{ readonly seen: SeenPlan; readonly reading: PlanReading }>;
}

export interface OfPlan {
  Params: { id: string };
  Querystring: Readonly<Record<string, unknown>>;
  Body: Readonly<Record<string, unknown>> | null;
}

/** /action-plans and all below it, and the start of a plan from its case. */
export const actionPlanPages: PagesOf = (app, parts, pages) => {
  const readCatalogue = catalogueReader();
  const readingOf = async ({ caller }: Pick<FastifyRequest, "caller">) => {
    const [catalogue, now] = await Promise.all([readCatalogue(parts.db), parts.clock.now()]);
    return { db: parts.db, catalogue: loaded(catalogue), caller, now };
  };
  const of: PlanPages = {
    ...parts,
    pages,
    readingOf,
    async thePlan(request) {
      const reading = await readingOf(request);
      const id = idOf(request.params.id);
      const seen = id === null ? null : await readPlan(id, reading);
      if (seen === null) throw new Problem(404, `There is no action plan ${request.params.id} that you may see.`);
      return { seen, reading };
    },
  };
  planList(app, of);
  planPage(app, of);
  editingPages(app, of);
  decidingPages(app, of);
  startingPages(app, of);
};

function loaded(catalogue: CurrentCatalogue | null): CurrentCatalogue {
  if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so there are no plans.");
  return catalogue;
}
