import { catalogueReader, type CurrentCatalogue } from "@signalbox/db";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { addingPages } from "./adding.ts";
import { caseRiskPages } from "./case-risk.ts";
import { oneRiskPages } from "./one-risk.ts";
import { registerPage } from "./register.ts";
import { uploadingPages } from "./uploading.ts";

/** What the pages of risks share. */
export interface RiskPages extends Parts {
  readonly pages: Pages;
  catalogueInForce(): Promise<CurrentCatalogue>;
}

/** /risks and all below it, and where the risk behind a case is named. */
export const riskPages: PagesOf = async (app, parts, pages) => {
  const readCatalogue = catalogueReader();
  const of: RiskPages = {
    ...parts,
    pages,
    async catalogueInForce() {
      const catalogue = await readCatalogue(parts.db);
      if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so there are no registers.");
      return catalogue;
    },
  };
  registerPage(app, of);
  addingPages(app, of);
  await uploadingPages(app, of);
  oneRiskPages(app, of);
  caseRiskPages(app, of);
};
