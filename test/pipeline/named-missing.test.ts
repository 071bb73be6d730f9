/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { parseTemplate } from "@signalbox/formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";

/** A publication that says of whom it has nothing; its word on what is plausible beats the catalogue's. */
const publication = {
  name: "publication",
  title: "Figures of several trusts",
  source: "Invented",
  columns: Object.fromEntries(["Month", "Trust", "Measure", "Figure"].map((header) => [header, { headers: [header] }])),
  period: { from: "cell", columns: ["Month"] },
  organisation: { from: "cell", column: "Trust" },
  metrics: {
    from: "cell",
    column: "Measure",
    value: { plus: ["Figure"] },
    means: { "not submitted": "missing" },
    checks: [{ check: "range", to: 500, then: "mark" }],
  },
};
const MISSING = "missing, named by the publisher";
const further = ["plausible_from", "plausible_to", "plausible_jump", "zero_after", "implausible"];
const metrics = inventedSystem.metrics.replace(/(waiters,.*,no)$/m, "$1,,100,,,keep-out");

interface Shown {
  readonly period: string;
  readonly value: number | null;
  readonly silentFor: number;
  readonly noValue: string | null;
  readonly mark: string | null;
  readonly partial: boolean;
  readonly missing: readonly string[];
}

let pipeline: Pipeline;
beforeAll(async () => {
  const parsed = parseTemplate(publication);
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  const protocol = { ...seriesProtocol, missing: { boardAfter: 2 } };
  pipeline = await startPipeline({
    catalogue: withProviders(["P1", "P2", "P3"], { protocol, metrics, further: { metrics: further } }),
    ingestion: { templates: new Map([["publication", parsed.template]]) },
  });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

async function publish(...rows: string[]): Promise<{ problems: object[] }> {
  const csv = ["Month,Trust,Measure,Figure", ...rows, ""].join("\n");
  const { id } = await pipeline.api.submit({ organisation: "ICS", csv });
  await pipeline.settle();
  return pipeline.api.get(`/submissions/${id}`);
}

const shownOf = (organisation: string, metric: string): Promise<Shown[]> =>
  pipeline.api.list(`/assessments?organisation=${organisation}&metric=${metric}`);

test("a return that the publisher names as missing stays silent, and says so; a reason for no value does not", async () => {
  for (const code of ["P1", "P2"])
    await pipeline.submit(fileOf(code, run({ organisation: code, metric: "falls", from: "2023-08" }, [1, 1])));
  await publish(
    "2023-10,P1,falls,not submitted",
    "2023-11,P1,falls,not submitted",
    "2023-10,P2,falls,N/A",
    "2023-11,P2,falls,N/A",
  );
  expect((await shownOf("P1", "falls")).slice(-2)).toMatchObject([
    { period: "2023-10", value: null, silentFor: 1, noValue: MISSING },
    { period: "2023-11", value: null, silentFor: 2, noValue: MISSING },
  ]);
  const missing = await casesOf(pipeline.api, "P1");
  expect(missing.map((one) => `${one.concern} ${movesOf(one).join()}`)).toEqual(["reporting 2023-11 raised board"]);
  expect((await shownOf("P2", "falls")).at(-1)).toMatchObject({ silentFor: 0, noValue: "N/A" });
  expect(await casesOf(pipeline.api, "P2")).toEqual([]);
  // Once it comes after all, it counts.
  await pipeline.submit(fileOf("P1", run({ organisation: "P1", metric: "falls", from: "2023-10" }, [1, 1])));
  await pipeline.settle();
  expect((await shownOf("P1", "falls")).at(-1)).toMatchObject({ value: 1, silentFor: 0, noValue: null });
  expect(await casesOf(pipeline.api, "P1", "standing=true")).toEqual([]);
});

test("a child that is named as missing is missing from its parent's value", async () => {
  const site = (code: string) => run({ organisation: code, metric: "ambulance", from: "2023-10" }, [10]);
  await pipeline.submit(fileOf("NW", [...site("NW-A"), ...site("NW-B")]));
  await publish("2023-11,NW-A,ambulance,12", "2023-11,NW-B,ambulance,not submitted");
  expect((await shownOf("NW", "ambulance")).at(-1)).toMatchObject({ value: 12, partial: true, missing: ["NW-B"] });
  expect((await shownOf("NW-B", "ambulance")).at(-1)).toMatchObject({ value: null, silentFor: 1, noValue: MISSING });
});

test("a nil return is the value 0 and is marked, and what a template calls plausible beats the catalogue", async () => {
  await pipeline.submit(fileOf("P3", run({ organisation: "P3", metric: "never", from: "2023-11" }, ["nil"])));
  const kept = await publish("2023-10,P3,waiters,300", "2023-11,P3,waiters,600");
  expect((await shownOf("P3", "never")).at(-1)).toMatchObject({ value: 0, mark: "nil return", silentFor: 0 });
  expect(kept.problems).toMatchObject([{ row: 3, code: "out-of-range", value: "600" }]);
  expect(await shownOf("P3", "waiters")).toMatchObject([
    { period: "2023-10", value: 300, mark: null },
    { period: "2023-11", value: 600, mark: "implausible" },
  ]);
  await pipeline.submit(fileOf("P3", run({ organisation: "P3", metric: "waiters", from: "2023-11" }, [301])));
  await pipeline.settle();
  // Said by somebody without that template, the catalogue's own word holds.
  expect((await shownOf("P3", "waiters")).at(-1)).toMatchObject({ value: null, noValue: "suspect" });
});
