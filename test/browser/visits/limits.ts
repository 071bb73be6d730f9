import type { Page } from "playwright-core";
import type { Pipeline } from "../../harness/pipeline.ts";
import { ANALYST, fill, give, press, SECRETARY, SLT_CHAIR, UEC_CHAIR, type Visits } from "./visit.ts";

const lastSet =
  (below = "") =>
  async ({ db }: Pipeline): Promise<string> => {
    const of = db.selectFrom("threshold_proposal").select("id").orderBy("id", "desc");
    return `/thresholds/proposals/${(await of.executeTakeFirstOrThrow()).id}${below}`;
  };

const LIMITS = { "What is this set?": "Waits for a bed, 2026/27", Metric: "ae-12h", "Board limit": "25" };
const propose = async (page: Page) => {
  await page.getByLabel("Level", { exact: true }).first().selectOption("provider");
  await fill({ ...LIMITS, "SLT limit": "30", "From month": "2026-04" }, "Keep the draft and try it")(page);
};
const openFirstLeader = async (page: Page) => {
  await page.locator('main a[href*="/mail?person="]').first().click();
  await page.waitForLoadState();
};
const KEEP = "Keep the draft and try it";

export const limits: Visits = {
  "/thresholds": [
    { as: SLT_CHAIR, path: "/thresholds" },
    { as: SECRETARY, path: "/thresholds?forum=uec&status=draft" },
    { as: ANALYST, path: "/thresholds?metric=ae-4h&organisation=STH" },
  ],
  "/thresholds/propose": [
    { as: SECRETARY, path: "/thresholds/propose" },
    { as: SECRETARY, path: "/thresholds/propose?by=file" },
    { as: SECRETARY, path: "/thresholds/propose", act: press(KEEP), shows: "There is a problem" },
    { as: SECRETARY, path: "/thresholds/propose", act: fill({ ...LIMITS, "From month": "soon" }, KEEP), shows: "soon" },
    {
      as: SECRETARY,
      path: "/thresholds/propose?by=file",
      act: give("Or a CSV file", { "limits.csv": "metric,basis,board,slt,from\nae-4hh,value,80,72,2027-04\n" }, KEEP),
      shows: "unknown metric",
    },
    { as: SECRETARY, path: "/thresholds/propose", act: propose, shows: "Nothing of it rates anything yet" },
  ],
  "/thresholds/proposals/:id/change": [
    { as: SECRETARY, path: lastSet("/change") },
    {
      as: SECRETARY,
      path: lastSet("/change"),
      act: fill({ "Board limit": "many" }, "Keep the change and try it"),
      shows: "There is a problem",
    },
  ],
  "/thresholds/proposals/:id/cases": [{ as: SECRETARY, path: lastSet("/cases") }],
  "/thresholds/proposals/:id/mail": [{ as: SECRETARY, path: lastSet(), act: openFirstLeader }],
  "/thresholds/proposals/:id": [
    { as: SECRETARY, path: lastSet(), act: press("Send to the chair"), shows: "Waits for the chair" },
    { as: UEC_CHAIR, path: lastSet(), act: press("Approve the set"), shows: "There is a problem" },
    { as: UEC_CHAIR, path: lastSet(), act: press("Send it back"), shows: "There is a problem" },
    {
      as: UEC_CHAIR,
      path: lastSet(),
      act: fill({ "Why it goes back": "Far too tight for a winter" }, "Send it back"),
      shows: "Far too tight for a winter",
    },
    {
      as: SECRETARY,
      path: lastSet("/change"),
      act: fill({ "Board limit": "50", "SLT limit": "100" }, "Keep the change and try it"),
      shows: "Revision",
    },
    { as: SECRETARY, path: lastSet(), act: press("Send to the chair"), shows: "Waits for the chair" },
    {
      as: UEC_CHAIR,
      path: lastSet(),
      act: fill({ "Reference of the minute": "UEC 2026/11" }, "Approve the set"),
      shows: "by minute UEC 2026/11",
    },
    { as: SLT_CHAIR, path: "/thresholds", shows: "Proposed sets" },
    { as: SLT_CHAIR, path: "/thresholds/proposals/999999", status: 404 },
  ],
};
