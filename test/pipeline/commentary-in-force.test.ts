import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = { ...seriesProtocol, commentary: { dueWorkingDays: 5, inForce: true } };
  pipeline = await startPipeline({ catalogue: withProviders(["P1"], { protocol }) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

const submit = (from: string, values: number[]) =>
  mailsOf(pipeline, () => pipeline.submit(fileOf("P1", run({ organisation: "P1", metric: "falls", from }, values))));
const requests = async (from: string, values: number[]) =>
  counted(await submit(from, values)).filter((line) => line.includes("-request"));

test("where the protocol says so, authors are asked of each fresh month past an SLT limit in force, beside the owner's plan", async () => {
  expect(await requests("2023-10", [1, 6])).toEqual([
    "action-plan-request p1.owner@example.org",
    "commentary-request p1.author@example.org",
  ]);
  // The case goes on, so no plan is asked for anew; what the papers say of the month is.
  expect(await requests("2023-12", [7])).toEqual(["commentary-request p1.author@example.org"]);
  expect(await requests("2023-12", [7])).toEqual([]);
  expect(await requests("2024-01", [1])).toEqual([]);
});
