import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem, protocolAtOnce } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const { multipleAreas: _, missing: _missing, ...protocol } = protocolAtOnce;
  pipeline = await startPipeline({ catalogue: { ...inventedSystem, protocol } });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

test("tells each person of a breach once, however often the file comes", async () => {
  const breach = fileOf("NW", run({ organisation: "NW", metric: "falls", from: "2023-10" }, [1, 6]));
  const told = await mailsOf(pipeline, () => pipeline.submit(breach));
  expect(counted(told)).toEqual([
    "action-plan-request nw.owner@example.org",
    "digest qua.chair@example.org",
    "digest slt.chair@example.org",
    "digest slt.member@example.org",
  ]);
  expect(counted(await mailsOf(pipeline, () => pipeline.submit(breach, breach)))).toEqual([]);
  const renamed = { ...breach, csv: `${String(breach.csv)}\n`, filename: "again.csv" };
  expect(counted(await mailsOf(pipeline, () => pipeline.submit(renamed)))).toEqual([]);
});
