import { asPeriod, formatPeriod } from "@signalbox/domain";
import type { Page } from "playwright-core";
import type { Pipeline } from "../../harness/pipeline.ts";
import { caseOf, findFaults, type Followed, follow } from "./followed.ts";
import {
  AUTHOR,
  CHAIR_OF_ELECTIVE,
  fill,
  OPERATOR,
  OWNER_OF_AMBULANCES,
  OWNER_OF_MENTAL_HEALTH,
  press,
  SECRETARY,
  SLT_CHAIR,
  SUBMITTER,
  UEC_CHAIR,
  type Visits,
} from "./visit.ts";

/** The address of something that was followed. */
const of = (path: (followed: Followed) => string) => async (demo: Pipeline) => path(await follow(demo));
const caseAt =
  (metric: string, organisation: string, below = "") =>
  async (demo: Pipeline) =>
    `/escalations/${await caseOf(demo, metric, organisation)}${below}`;
/** Opens what is folded away under these words, and goes on. */
const opened = (words: string, act: (page: Page) => Promise<void>) => async (page: Page) => {
  await page.locator("main summary", { hasText: words }).first().click();
  await act(page);
};
const WRONG = "There is a problem";

const lastPlan = async ({ db }: Pipeline) => {
  const { id } = await db.selectFrom("action_plan").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return `/action-plans/${id}/edit`;
};

/** The page of a link as a mail has it: the last one that nobody has opened. */
const linkInMail = async ({ db }: Pipeline): Promise<string> => {
  const mails = await db.selectFrom("mail").select("raw").orderBy("id", "desc").execute();
  const words = mails.map(({ raw }) => (raw ?? "").toString().replaceAll(/=\r?\n/g, ""));
  const found = words.flatMap((text) => /\/answer\/[\w-]+/.exec(text) ?? [])[0];
  if (found === undefined) throw new Error("No mail has a link to answer by.");
  return found;
};

const meetingOf =
  (forum: string, below = "") =>
  async (demo: Pipeline) => {
    await follow(demo);
    const { db } = demo;
    const meetings = db.selectFrom("meeting").select("id").where("forum", "=", forum);
    const { id } = await meetings.orderBy("starts_at", "desc").executeTakeFirstOrThrow();
    return `/meetings/${id}${below}`;
  };
const lastDecision = async ({ db }: Pipeline) => {
  const { id } = await db.selectFrom("meeting_decision").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return `/decisions/${id}`;
};
const decide = async (page: Page) => {
  const fields = { "What was decided": "Two more crews are lent until March", "By when": "11/12/2026" };
  await page.locator("main").getByLabel("Of whom it is asked").fill(OWNER_OF_AMBULANCES);
  await fill(fields, "Record the decision")(page);
};
const figureToDispute = async ({ db }: Pipeline) => {
  const { id } = await db
    .selectFrom("submission")
    .select("id")
    .where("filename", "=", "STH-2026-10.csv")
    .executeTakeFirstOrThrow();
  return `/submissions/${id}/dispute?metric=cancer-62d&organisation=STH&period=2026-10`;
};
const lastDispute = async ({ db }: Pipeline) => {
  const { id } = await db.selectFrom("dispute").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return `/disputes/${id}`;
};
const commentaryAsked = async ({ db }: Pipeline) => {
  const { metric, organisation, period } = await db
    .selectFrom("request")
    .innerJoin("series", "series.id", "request.series")
    .select(["series.metric", "series.organisation", "request.period"])
    .where("kind", "=", "commentary")
    .where("request.organisation", "=", "STH")
    .where("ended_at", "is", null)
    .orderBy("request.id")
    .executeTakeFirstOrThrow();
  return `/commentary/${metric}/${organisation}/${formatPeriod(asPeriod(period), "monthly")}`;
};

/** Plans, actions, answers and what else carries a case to its end. */
export const followThrough: Visits = {
  "/action-plans": [
    { as: SLT_CHAIR, path: of(() => "/action-plans"), shows: "52" },
    { as: OWNER_OF_AMBULANCES, path: "/action-plans?state=withdrawn" },
  ],
  "/action-plans/:id/edit": [
    { as: OWNER_OF_MENTAL_HEALTH, path: caseAt("safe-staffing", "MHT"), act: press("Write an action plan") },
    { as: OWNER_OF_MENTAL_HEALTH, path: lastPlan, act: press("Send it to the forum"), shows: WRONG },
  ],
  "/action-plans/:id": [
    { as: SLT_CHAIR, path: of(({ sent }) => `/action-plans/${sent}`), shows: "Decide this plan" },
    { as: SLT_CHAIR, path: of(({ sent }) => `/action-plans/${sent}`), act: press("Send it back"), shows: WRONG },
    { as: OWNER_OF_AMBULANCES, path: of(({ plan }) => `/action-plans/${plan}`), shows: "Accepted by" },
    { as: SUBMITTER, path: of(({ plan }) => `/action-plans/${plan}`), status: 404 },
  ],
  "/actions": [
    { as: SLT_CHAIR, path: of(({ plan }) => `/actions?plan=${plan}`), shows: "Two more crews" },
    { as: OWNER_OF_AMBULANCES, path: "/actions?mine=yes&rating=overdue" },
  ],
  "/actions/:id": [
    { as: OWNER_OF_AMBULANCES, path: of(({ actions }) => `/actions/${actions[1]}`) },
    {
      as: OWNER_OF_AMBULANCES,
      path: of(({ actions }) => `/actions/${actions[1]}`),
      act: opened("Say how it stands", press("Save this rating")),
      shows: WRONG,
    },
    { as: SLT_CHAIR, path: of(({ actions }) => `/actions/${actions[0]}`), shows: "Both crews started" },
  ],
  "/answer/:token": [
    { as: null, path: linkInMail },
    { as: null, path: "/answer/1-1-none", status: 404 },
  ],
  "/answer": [{ as: null, path: "/answer", status: 404 }],
  "/follow-up": [
    { as: SLT_CHAIR, path: of(() => "/follow-up") },
    { as: OWNER_OF_AMBULANCES, path: "/follow-up" },
  ],
  "/escalations/:id/another-day": [
    { as: OWNER_OF_AMBULANCES, path: of(({ planned }) => `/escalations/${planned}/another-day`) },
    {
      as: OWNER_OF_AMBULANCES,
      path: of(({ planned }) => `/escalations/${planned}/another-day`),
      act: press("Ask for"),
      shows: WRONG,
    },
  ],
  "/escalations/:id/choice": [
    { as: SLT_CHAIR, path: caseAt("ae-12h", "FNH", "/choice") },
    { as: SLT_CHAIR, path: caseAt("ae-12h", "FNH", "/choice"), act: press("Choose"), shows: WRONG },
  ],
  "/escalations/:id/sign-off": [
    { as: CHAIR_OF_ELECTIVE, path: of(({ held }) => `/escalations/${held}`), shows: "sign" },
    { as: CHAIR_OF_ELECTIVE, path: of(({ held }) => `/escalations/${held}/sign-off`) },
    {
      as: CHAIR_OF_ELECTIVE,
      path: of(({ held }) => `/escalations/${held}/sign-off`),
      act: press("Leave it held"),
      shows: WRONG,
    },
  ],
  "/escalations/:id/closure": [{ as: SLT_CHAIR, path: caseAt("cat2-response", "TRA", "/closure") }],
  "/escalations/:id/challenge": [
    { as: OWNER_OF_AMBULANCES, path: of(({ planned }) => `/escalations/${planned}/challenge`) },
    {
      as: OWNER_OF_AMBULANCES,
      path: of(({ planned }) => `/escalations/${planned}/challenge`),
      act: press("Send this answer"),
      shows: WRONG,
    },
    { as: SLT_CHAIR, path: of(({ planned }) => `/escalations/${planned}`), shows: "Action plan" },
  ],
  "/escalations/:id/risk": [
    { as: "grace.lindqvist@example.org", path: caseAt("agency-spend", "WCH", "/risk") },
    {
      as: "grace.lindqvist@example.org",
      path: caseAt("agency-spend", "WCH", "/risk"),
      act: press("Send the answer"),
      shows: WRONG,
    },
  ],
  "/risks": [
    { as: SLT_CHAIR, path: of(() => "/risks"), shows: "TRA-17" },
    { as: OWNER_OF_AMBULANCES, path: "/risks?stale=yes&band=low" },
  ],
  "/risks/:organisation/:reference": [
    { as: OWNER_OF_AMBULANCES, path: of(() => "/risks/TRA/TRA-17") },
    { as: OWNER_OF_AMBULANCES, path: "/risks/TRA/TRA-17", act: press("Close the risk"), shows: WRONG },
  ],
  "/risks/new": [
    { as: OWNER_OF_AMBULANCES, path: "/risks/new" },
    { as: OWNER_OF_AMBULANCES, path: "/risks/new", act: press("Add the risk"), shows: WRONG },
  ],
  "/risks/upload": [
    { as: OWNER_OF_AMBULANCES, path: "/risks/upload" },
    { as: OWNER_OF_AMBULANCES, path: "/risks/upload", act: press("Check the register"), shows: WRONG },
  ],
  "/risks/upload/:id": [
    {
      as: OWNER_OF_AMBULANCES,
      path: "/risks/upload",
      act: fill(
        {
          "Or paste its rows":
            "organisation,reference,title,likelihood,impact,reviewed_on,owner\nTRA,TRA-17,Calls wait,5,5,2026-11-16,\nTRA,TRA-18,Vehicles wear out,3,3,,\n",
        },
        "Check the register",
      ),
      shows: "TRA-18",
    },
  ],
  "/investment": [{ as: SLT_CHAIR, path: of(() => "/investment"), shows: "250,000" }],
  "/investment/:plan": [
    { as: SLT_CHAIR, path: of(({ plan }) => `/investment/${plan}`) },
    { as: SLT_CHAIR, path: of(({ plan }) => `/investment/${plan}`), act: press("Keep the decision"), shows: WRONG },
  ],
  "/commentary": [
    { as: AUTHOR, path: "/commentary" },
    { as: SLT_CHAIR, path: "/commentary?mine=yes" },
  ],
  "/commentary/:metric/:organisation/:period": [
    { as: AUTHOR, path: commentaryAsked },
    { as: AUTHOR, path: commentaryAsked, act: press("Save"), shows: WRONG },
    {
      as: AUTHOR,
      path: commentaryAsked,
      act: fill({ "Your commentary": "Demand rose by a tenth, and two staff were away." }, "Save"),
      shows: "two staff were away",
    },
  ],
  "/meetings": [
    { as: SLT_CHAIR, path: "/meetings" },
    { as: UEC_CHAIR, path: "/meetings?past=yes" },
  ],
  "/meetings/add": [
    { as: SECRETARY, path: "/meetings/add" },
    { as: SECRETARY, path: "/meetings/add", act: press("Add the meeting"), shows: WRONG },
  ],
  "/meetings/:id": [
    { as: SECRETARY, path: meetingOf("slt") },
    {
      as: SECRETARY,
      path: meetingOf("slt"),
      act: opened("Record a decision", press("Record the decision")),
      shows: WRONG,
    },
    {
      as: SECRETARY,
      path: meetingOf("slt"),
      act: opened("Record a decision", decide),
      shows: "Two more crews are lent until March",
    },
  ],
  "/meetings/:id/log": [{ as: SECRETARY, path: meetingOf("slt", "/log"), shows: "Two more crews" }],
  "/decisions": [{ as: OWNER_OF_AMBULANCES, path: "/decisions", shows: "Two more crews" }],
  "/decisions/:id": [
    { as: OWNER_OF_AMBULANCES, path: lastDecision },
    { as: OWNER_OF_AMBULANCES, path: lastDecision, act: press("It is done"), shows: WRONG },
  ],
  "/submissions/:id/dispute": [
    { as: SUBMITTER, path: figureToDispute },
    { as: SUBMITTER, path: figureToDispute, act: press("Dispute this figure"), shows: WRONG },
  ],
  "/disputes/:id": [
    {
      as: SUBMITTER,
      path: figureToDispute,
      act: fill({ "What is wrong with it?": "Twelve patients were counted twice." }, "Dispute this figure"),
      shows: "counted twice",
    },
    { as: SUBMITTER, path: lastDispute, act: press("The figure stands"), shows: WRONG },
    { as: SLT_CHAIR, path: caseAt("cancer-62d", "STH"), shows: "isputed" },
  ],
  "/operations/bounces": [
    { as: OPERATOR, path: "/operations/bounces" },
    { as: OPERATOR, path: async (demo) => `${await findFaults(demo)}/bounces`, shows: "hugh.venn@example.org" },
    { as: OPERATOR, path: "/operations/bounces", act: press("Send the reports"), shows: WRONG },
    { as: OPERATOR, path: "/operations", shows: "A notice that does not leave" },
  ],
};
