import type { Pipeline } from "../../harness/pipeline.ts";
import { fill, OBSERVER, OPERATOR, OWNER, press, SLT_CHAIR, SUBMITTER, type Visits } from "./visit.ts";

const caseOf =
  (metric: string, organisation: string) =>
  async ({ db }: Pipeline): Promise<string> => {
    const of = db.selectFrom("escalation").select("id").where("metric", "=", metric);
    const { id } = await of.where("organisation", "=", organisation).orderBy("id", "desc").executeTakeFirstOrThrow();
    return `/escalations/${id}`;
  };

const caseOfConcern =
  (concern: "reporting" | "several-areas") =>
  async ({ db }: Pipeline): Promise<string> => {
    const of = db.selectFrom("escalation").select("id").where("concern", "=", concern);
    return `/escalations/${(await of.executeTakeFirstOrThrow()).id}`;
  };

/** A case whose acknowledgement was written down, and has run out since: days pass for no other case of the demo. */
const ranOut = async (demo: Pipeline): Promise<string> => {
  const path = await caseOf("handover-60", "FNH")(demo);
  const at = "2026-10-20T09:00:00Z";
  const ended_at = "2026-11-03T09:00:00Z";
  const what = { by: OWNER, note: "The board takes it in October", expires_on: "2026-11-02", next_at: null };
  const escalation = Number(path.split("/").at(-1));
  await demo.db
    .insertInto("acknowledgement")
    .values({ escalation, at, ...what, ended_at, ended_why: "ran-out" })
    .execute();
  return path;
};

export const cases: Visits = {
  "/escalations": [
    { as: SLT_CHAIR, path: "/escalations" },
    { as: OWNER, path: "/escalations" },
    { as: OPERATOR, path: "/escalations?status=all&page=2" },
    { as: SLT_CHAIR, path: "/escalations?tier=slt&forum=slt&open=yes" },
    { as: SLT_CHAIR, path: "/escalations?organisation=nobody" },
  ],
  "/escalations/:id": [
    { as: SLT_CHAIR, path: caseOf("ae-12h", "FNH"), shows: "Not acknowledged yet" },
    {
      as: SLT_CHAIR,
      path: caseOf("ae-12h", "FNH"),
      act: async (page) => {
        await page.getByText("Acknowledge this case").click();
        await press("Acknowledge")(page);
      },
      shows: "There is a problem",
    },
    {
      as: SLT_CHAIR,
      path: caseOf("ae-12h", "FNH"),
      act: async (page) => {
        await page.getByText("Acknowledge this case").click();
        await fill({ Note: "The board takes it on Tuesday" }, "Acknowledge")(page);
      },
      shows: "The board takes it on Tuesday",
    },
    { as: OWNER, path: ranOut, shows: "ran out on" },
    { as: OBSERVER, path: caseOf("falls", "FNH") },
    { as: OPERATOR, path: caseOfConcern("reporting") },
    { as: OPERATOR, path: caseOfConcern("several-areas") },
    { as: SUBMITTER, path: caseOf("ae-12h", "FNH"), status: 404 },
  ],
};
