import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import type { ReadMail } from "../harness/mail-catcher.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf } from "./cases.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const catalogue = withProviders(["P1", "P2", "P3", "P4", "P5", "P6"]);
  const organisations = `${catalogue.organisations}\nLONE,Nobody's Provider,provider,ICS,,`;
  pipeline = await startPipeline({ catalogue: { ...catalogue, organisations } });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

function submit(organisation: string, metric: string, from: string, values: (number | string | null)[]) {
  const file = fileOf(organisation, run({ organisation, metric, from }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

/** What people of a provider were asked or reminded of while the clock was put on. */
async function asked(now: string, organisation: string): Promise<string[]> {
  const mails = await mailsOf(pipeline, () => pipeline.put(now));
  const theirs = mails.filter(({ to }) => to.startsWith(`${organisation.toLowerCase()}.`));
  return counted(theirs, ["submission-receipt", "submission-missing"]);
}

const toOwner = (kind: string, organisation: string) => [`${kind} ${organisation.toLowerCase()}.owner@example.org`];
const requestsOf = (mails: readonly ReadMail[]) => mails.filter(({ kind }) => kind.endsWith("-request"));

describe("what is asked", () => {
  test("a month or more of deterioration alone asks the author for commentary, not the owner for a plan", async () => {
    const mails = await submit("P1", "falls", "2023-08", [1, 1.2, 1.4, 1.6]);
    expect(counted(mails)).toEqual(["commentary-request p1.author@example.org", "digest qua.chair@example.org"]);
    expect(requestsOf(mails)[0]?.subject).toContain("due 29 December 2023");
  });

  test("a draft threshold past its SLT limit asks the author once a fresh month, and tells no leader", async () => {
    const mails = await submit("P2", "waiters", "2023-08", [600, 600, 602, 604]);
    expect(counted(mails)).toEqual(["commentary-request p2.author@example.org"]);
    // Of August and September, which are not fresh, nothing is asked.
    expect(mails.find(({ kind }) => kind === "commentary-request")?.notices).toHaveLength(2);
    expect(counted(await submit("P2", "waiters", "2023-11", [620]))).toEqual([]);
    expect(await casesOf(pipeline.api, "P2")).toEqual([]);
  });

  test("with nobody found up the tree, the operators are asked", async () => {
    const mails = await submit("LONE", "falls", "2023-10", [1, 6]);
    expect(counted(requestsOf(mails))).toEqual(["action-plan-request operator@example.org"]);
  });
});

describe("an action plan that does not come", () => {
  test("is reminded of two working days before, overdue the day after, and one level up after five, over Christmas", async () => {
    await submit("P3", "falls", "2023-10", [1, 6]);
    const [mine] = await casesOf(pipeline.api, "P3");
    expect(mine?.actionPlan).toMatchObject({ dueOn: "2024-01-08", status: "asked" });
    expect(await asked("2024-01-04T07:59:59Z", "P3")).toEqual([]);
    expect(await asked("2024-01-04T08:00:00Z", "P3")).toEqual(toOwner("reminder", "P3"));
    expect(await asked("2024-01-09T07:59:59Z", "P3")).toEqual([]);
    expect(await asked("2024-01-09T08:00:00Z", "P3")).toEqual(toOwner("overdue", "P3"));
    expect(await asked("2024-01-16T07:59:59Z", "P3")).toEqual([]);
    expect(await asked("2024-01-16T08:00:00Z", "P3")).toEqual(["overdue p3.executive@example.org"]);
    expect(await asked("2024-02-15T08:00:00Z", "P3")).toEqual([]);
  });

  test("is chased at eight in London, over Easter and the clock change in March", async () => {
    await pipeline.put("2024-03-20T10:00:00Z");
    await submit("P4", "falls", "2024-01", [1, 6]);
    const [mine] = await casesOf(pipeline.api, "P4");
    expect(mine?.actionPlan?.dueOn).toBe("2024-04-05");
    expect(await asked("2024-04-03T06:59:59Z", "P4")).toEqual([]);
    expect(await asked("2024-04-03T07:00:00Z", "P4")).toEqual(toOwner("reminder", "P4"));
    // The clock jumps over everything: each is said once, in order, as of its own moment.
    expect(await asked("2024-05-03T07:00:00Z", "P4")).toEqual([
      "overdue p4.executive@example.org",
      ...toOwner("overdue", "P4"),
    ]);
  }, 60_000);

  test("is not chased once its case is resolved or withdrawn", async () => {
    await submit("P5", "falls", "2024-02", [1, 6]);
    await submit("P6", "falls", "2024-02", [1, 6]);
    expect((await casesOf(pipeline.api, "P5"))[0]?.actionPlan?.status).toBe("asked");
    await submit("P5", "falls", "2024-04", [1, 1]);
    await submit("P6", "falls", "2024-03", [1]);
    const chased = await mailsOf(pipeline, () => pipeline.put("2024-06-30T10:00:00Z"));
    const kinds = chased.filter(({ to }) => /^p[56]\./.test(to)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "submission-missing")).toEqual([]);
  }, 60_000);
});
