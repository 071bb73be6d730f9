import type { Page } from "playwright-core";
import type { Pipeline } from "../../harness/pipeline.ts";
import { ANALYST, fill, give, OPERATOR, press, SLT_CHAIR, SUBMITTER, type Visits } from "./visit.ts";

/** The file with a row that was refused. */
const partlyAccepted = async ({ db }: Pipeline): Promise<string> => {
  const of = db.selectFrom("submission").select("id").where("status", "=", "partly-accepted").orderBy("id", "desc");
  return `/submissions/${(await of.executeTakeFirstOrThrow()).id}`;
};

const lastOfSaltmarsh = async ({ db }: Pipeline): Promise<string> => {
  const of = db.selectFrom("submission").select("id").where("organisation", "=", "STH").orderBy("id", "desc");
  return `/submissions/${(await of.executeTakeFirstOrThrow()).id}`;
};

const FILE_WITH_PROBLEMS = `period,organisation,metric,value
2026-10,STH,handover-60,187
2026-10,STH,handover-6,187
2026-10,STH,cancer-62d,many
`;
const FILE_OF_A_TYPO = FILE_WITH_PROBLEMS.replace("handover-6,", "handover-60,").replace("many", "187");
const upload = (text: string) => async (page: Page) => {
  await page.getByLabel("Organisation", { exact: true }).selectOption("STH");
  await give("File", { "october.csv": text }, "Check the file")(page);
};
const uploadAndConfirm = async (page: Page) => {
  await upload("period,organisation,metric,value\n2026-10,STH,handover-60,188\n")(page);
  await press("Confirm and submit")(page);
};
const TYPING = "/submissions/type?organisation=STH&period=2026-10";

export const figures: Visits = {
  "/scorecards": [
    { as: SLT_CHAIR, path: "/scorecards" },
    { as: ANALYST, path: "/scorecards?organisation=STH&period=2026-08" },
    { as: SLT_CHAIR, path: "/scorecards?organisation=WMR&below=yes&metric=ae-4h" },
    { as: SLT_CHAIR, path: "/scorecards?forum=mh&rag=red" },
    { as: OPERATOR, path: "/scorecards?organisation=TRA&domain=Activity" },
    { as: SLT_CHAIR, path: "/scorecards?organisation=STH-R-K", status: 404 },
  ],
  "/series/:metric/:organisation": [
    { as: SLT_CHAIR, path: "/series/ae-12h/FNH" },
    { as: SLT_CHAIR, path: "/series/inspection-rating/FNH" },
    { as: SLT_CHAIR, path: "/series/never-events/FNH" },
    { as: ANALYST, path: "/series/rtt-18w/STH?fixAfter=20&points=6" },
    {
      as: ANALYST,
      path: "/series/rtt-18w/STH?fixAfter=x&recalculateAt=soon",
      status: 400,
      shows: "There is a problem",
    },
    { as: ANALYST, path: "/series/rtt-18w/STH", act: press("Begin limits anew"), shows: "There is a problem" },
    {
      as: ANALYST,
      path: "/series/rtt-18w/STH",
      act: fill({ "From which period": "2026-04", Why: "A second theatre opened" }, "Begin limits anew"),
      shows: "A second theatre opened",
    },
    { as: SUBMITTER, path: "/series/ae-12h/FNH", status: 404 },
  ],
  "/submissions": [
    { as: SUBMITTER, path: "/submissions" },
    { as: OPERATOR, path: "/submissions?periods=12" },
  ],
  "/submissions/received": [
    { as: SUBMITTER, path: "/submissions/received" },
    { as: SUBMITTER, path: "/submissions/received?period=2019-01" },
  ],
  "/submissions/upload": [
    { as: SUBMITTER, path: "/submissions/upload" },
    { as: SUBMITTER, path: "/submissions/upload", act: press("Check the file"), shows: "There is a problem" },
  ],
  "/submissions/upload/:id": [
    { as: SUBMITTER, path: "/submissions/upload", act: upload(FILE_WITH_PROBLEMS), shows: "not in the catalogue" },
    { as: SUBMITTER, path: "/submissions/upload", act: upload(FILE_OF_A_TYPO) },
    { as: SUBMITTER, path: "/submissions/upload/no-such-preview", status: 404 },
  ],
  "/submissions/type": [
    { as: SUBMITTER, path: "/submissions/type" },
    { as: SUBMITTER, path: TYPING },
    { as: SUBMITTER, path: TYPING, act: press("Check the figures") },
    { as: SUBMITTER, path: TYPING, act: fill({ Value: "many" }, "Check the figures"), shows: "There is a problem" },
  ],
  "/submissions/:id": [
    { as: OPERATOR, path: partlyAccepted },
    { as: SUBMITTER, path: "/submissions/upload", act: uploadAndConfirm, shows: "It has been received" },
    {
      as: SUBMITTER,
      path: lastOfSaltmarsh,
      act: press("Withdraw this submission"),
      shows: "There is a problem",
    },
    {
      as: SUBMITTER,
      path: lastOfSaltmarsh,
      act: fill({ "Why is it withdrawn?": "Of another month" }, "Withdraw this submission"),
      shows: "Of another month",
    },
  ],
  "/returns/:organisation/:frequency/:day/:month": [{ as: SUBMITTER, path: "/returns/STH/monthly/10/2026-10" }],
};
