import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = { ...seriesProtocol, multipleAreas: { areas: 3 } };
  pipeline = await startPipeline({ catalogue: withProviders(["P1", "P2"], { protocol }) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

/** A month of three areas: four-hour performance, operations against a plan of 200, and falls. */
function month(organisation: string, period: string, [wait, elective, falls]: readonly [number, number, number]) {
  const one = (metric: string, value: number) => run({ organisation, metric, from: period }, [value]);
  const planned = one("elective", elective).map((row) => ({ ...row, plan: 200 }));
  return fileOf(organisation, [...one("wait-4h", wait), ...planned, ...one("falls", falls)]);
}

const leaders = ["both", "ele.chair", "qua.chair", "slt.chair", "slt.member", "uec.chair"].map(
  (n) => `digest ${n}@example.org`,
);

test("a provider in trouble in three areas is a case before the SLT, told to it and to the boards of those areas", async () => {
  await pipeline.submit(month("P1", "2023-10", [90, 200, 1]));
  const mails = await mailsOf(pipeline, () => pipeline.submit(month("P1", "2023-11", [75, 185, 4])));
  expect(counted(mails)).toEqual(["action-plan-request p1.owner@example.org", ...leaders]);
  const [several] = await casesOf(pipeline.api, "P1", "concern=several-areas");
  expect(several).toMatchObject({ tier: "slt", forum: "SLT", raisedIn: "2023-11" });
  expect(several?.areas.toSorted()).toEqual(["ELE", "QUA", "UEC"]);
  // The SLT hears of the provider, not of each board's own case.
  const slt = mails.find(({ to }) => to === "slt.member@example.org");
  expect(slt?.escalations).toEqual([several?.id]);
  expect(slt?.text).toContain("Urgent and Emergency Care Board");
  const uec = mails.find(({ to }) => to === "uec.chair@example.org");
  expect(uec?.escalations).toHaveLength(2);
});

test("two areas are none, and a third that is restated away takes the case back", async () => {
  await pipeline.submit(month("P2", "2023-10", [90, 200, 1]));
  await mailsOf(pipeline, () => pipeline.submit(month("P2", "2023-11", [75, 185, 1])));
  expect(await casesOf(pipeline.api, "P2", "concern=several-areas")).toEqual([]);
  await mailsOf(pipeline, () => pipeline.submit(month("P2", "2023-11", [75, 185, 4])));
  expect(await casesOf(pipeline.api, "P2", "concern=several-areas")).toHaveLength(1);
  const mails = await mailsOf(pipeline, () => pipeline.submit(month("P2", "2023-11", [75, 185, 1.1])));
  expect(counted(mails.filter(({ kind }) => kind === "correction")).filter((line) => line.includes("slt"))).toEqual([
    "correction slt.chair@example.org",
    "correction slt.member@example.org",
  ]);
  expect(await casesOf(pipeline.api, "P2", "concern=several-areas")).toEqual([]);
});

test("it resolves once fewer areas stand for long enough, and tells those who were told", async () => {
  await pipeline.put("2024-04-20T10:00:00Z");
  await pipeline.submit(month("P1", "2023-12", [90, 200, 1]));
  await pipeline.submit(month("P1", "2024-01", [90, 200, 1]));
  const mails = await mailsOf(pipeline, () => pipeline.submit(month("P1", "2024-02", [90, 200, 1])));
  const [several] = await casesOf(pipeline.api, "P1", "concern=several-areas");
  expect(several && movesOf(several)).toEqual([
    "2023-11 raised slt",
    "2023-12 continued slt",
    "2024-01 held slt",
    "2024-02 resolved none",
  ]);
  const told = new Set(mails.filter(({ escalations }) => escalations.includes(several?.id ?? "")).map(({ to }) => to));
  for (const name of ["slt.chair", "slt.member", "qua.chair", "uec.chair", "ele.chair", "both"])
    expect(told).toContain(`${name}@example.org`);
});
