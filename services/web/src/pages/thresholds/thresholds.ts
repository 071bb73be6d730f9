import { catalogueReader, type CurrentCatalogue } from "@signalbox/db";
import { trialsOf, type Trials } from "../../limits/trying.ts";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { limitsList, type LimitsQuery } from "./limits-list.ts";
import { proposalPages } from "./proposal.ts";
import { proposingPages } from "./proposing.ts";

/** What the pages of limits share. */
export interface LimitPages extends Parts {
  readonly pages: Pages;
  readonly trials: Trials;
  catalogueInForce(): Promise<CurrentCatalogue>;
}

/** /thresholds and all below it: what limits hold, and how sets of them are proposed, tried and decided. */
export const thresholdPages: PagesOf = async (app, parts, pages) => {
  const readCatalogue = catalogueReader();
  const of: LimitPages = {
    ...parts,
    pages,
    trials: trialsOf(parts, readCatalogue),
    async catalogueInForce() {
      const catalogue = await readCatalogue(parts.db);
      if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so there are no limits.");
      return catalogue;
    },
  };
  app.get<{ Querystring: LimitsQuery }>("/thresholds", (request, reply) => limitsList(of, request, reply));
  await proposingPages(app, of);
  proposalPages(app, of);
};
