import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { type QueueServer, queueServers } from "../harness/queue-servers.ts";
import { casesOf, movesOf } from "./cases.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

describe.each(queueServers("telling people"))("with queues on %s", (_name, start) => {
  let pipeline: Pipeline;
  let server: QueueServer;

  beforeAll(async () => {
    server = await start();
    pipeline = await startPipeline({
      queueUrl: server.url,
      catalogue: withProviders(["P1", "P2", "P3", "P4", "P5", "P6"]),
    });
    await pipeline.put("2023-12-20T10:00:00Z");
  }, 60_000);
  afterAll(async () => {
    await pipeline.close();
    await server.stop();
  });

  /** Submits figures of one provider and says who was told. */
  async function told(organisation: string, metric: string, from: string, values: (number | string | null)[]) {
    const file = fileOf(organisation, run({ organisation, metric, from }, values));
    return mailsOf(pipeline, () => pipeline.submit(file));
  }

  const slt = ["digest slt.chair@example.org", "digest slt.member@example.org"];

  test("tells each person of a breach once, however often the file comes", async () => {
    const breach = fileOf("P1", run({ organisation: "P1", metric: "falls", from: "2023-10" }, [1, 6]));
    const first = await mailsOf(pipeline, () => pipeline.submit(breach));
    expect(counted(first)).toEqual([
      "action-plan-request p1.owner@example.org",
      "digest qua.chair@example.org",
      ...slt,
    ]);
    expect(counted(await mailsOf(pipeline, () => pipeline.submit(breach, breach)))).toEqual([]);
    const renamed = { ...breach, csv: `${String(breach.csv)}\n`, filename: "again.csv" };
    expect(counted(await mailsOf(pipeline, () => pipeline.submit(renamed)))).toEqual([]);
  });

  test("tells of 36 months only where they end up, once, and nothing of what is over", async () => {
    const [bad, good] = [6, 1];
    // A breach that was over in 2021, one over in 2022, and one that has stood since June 2023.
    const values = Array.from({ length: 36 }, (_, at) => (at < 3 || at === 15 || at >= 30 ? bad : good));
    values[35] = 6.5;
    const mails = await told("P2", "falls", "2020-12", values);
    expect(counted(mails)).toEqual(["digest qua.chair@example.org", ...slt]);
    const [digest] = mails.filter(({ kind }) => kind === "digest");
    expect(digest?.notices).toHaveLength(1);
    expect(digest?.subject).toContain("standing since before");
    expect(digest?.text).toContain("Stands before the SLT since June 2023");
    const cases = await casesOf(pipeline.api, "P2");
    expect(cases.map(({ raisedIn, notices }) => [raisedIn, new Set(notices.map(({ kind }) => kind)).size])).toEqual([
      ["2022-03", 0],
      ["2023-06", 1],
    ]);
  });

  test("tells the SLT and the board of a step up, and whoever was told of steps down and the end", async () => {
    await pipeline.put("2023-12-21T10:00:00Z");
    const raised = await told("P3", "falls", "2023-09", [1, 4]);
    expect(counted(raised)).toEqual(["action-plan-request p3.owner@example.org", "digest qua.chair@example.org"]);
    const up = await told("P3", "falls", "2023-11", [6]);
    expect(counted(up)).toEqual([
      "action-plan-request p3.owner@example.org",
      "digest p3.owner@example.org",
      "digest qua.chair@example.org",
      ...slt,
    ]);
    expect(up.find(({ to }) => to === "slt.chair@example.org")?.subject).toContain("1 stepped up to the SLT");
    await pipeline.put("2024-02-20T10:00:00Z");
    const down = await told("P3", "falls", "2023-12", [4, 4]);
    expect(counted(down)).toEqual(["digest p3.owner@example.org", "digest qua.chair@example.org", ...slt]);
    expect(down.find(({ kind }) => kind === "digest")?.text).toContain("Stepped down from the SLT to the board");
    await pipeline.put("2024-04-20T10:00:00Z");
    const over = await told("P3", "falls", "2024-02", [1, 1]);
    expect(counted(over)).toEqual(["digest p3.owner@example.org", "digest qua.chair@example.org", ...slt]);
    const [only] = await casesOf(pipeline.api, "P3");
    expect(only && movesOf(only)).toEqual([
      "2023-10 raised board",
      "2023-11 stepped-up slt",
      "2023-12 held slt",
      "2024-01 stepped-down board",
      "2024-02 held board",
      "2024-03 resolved none",
    ]);
    expect(only?.standing).toBe(false);
  });

  test("writes one e-mail a person and digest, whatever forums they sit on", async () => {
    await pipeline.put("2024-05-20T10:00:00Z");
    const two = [
      ...run({ organisation: "P4", metric: "wait-4h", from: "2024-03" }, [90, 75]),
      ...run({ organisation: "P4", metric: "ambulance", from: "2024-03" }, [50, 250]),
      ...run({ organisation: "P5", metric: "wait-4h", from: "2024-03" }, [90, 60]),
      ...run({ organisation: "P5", metric: "elective", from: "2024-03" }, [150, 150]),
    ].map((row) => (row.metric === "elective" ? { ...row, plan: 200 } : row));
    const mails = await mailsOf(pipeline, () => pipeline.submit(fileOf("ICS", two)));
    expect(counted(mails)).toEqual([
      "action-plan-request p4.owner@example.org",
      "action-plan-request p5.owner@example.org",
      "digest both@example.org",
      "digest ele.chair@example.org",
      ...slt,
      "digest uec.chair@example.org",
    ]);
    const both = mails.find(({ to }) => to === "both@example.org");
    expect(both?.notices).toHaveLength(4);
    expect(both?.escalations).toHaveLength(4);
    expect(both?.subject).toMatch(
      /^3 new for the SLT, 1 new for the board: Urgent and Emergency Care and Elective Care, /,
    );
  });
});
