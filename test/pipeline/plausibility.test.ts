import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Figure, fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem, months } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

/** Falls that jump are kept out; handovers that jump, or are suddenly none, are marked. */
const further = ["plausible_from", "plausible_to", "plausible_jump", "zero_after", "implausible"];
const metrics = inventedSystem.metrics
  .replace(/(falls,.*,no)$/m, "$1,,50,10,,keep-out")
  .replace(/(ambulance,.*,no)$/m, "$1,,,10,50,mark");
const providers = Array.from({ length: 13 }, (_, at) => `P${at + 1}`);
const FROM = "2023-04";
const steady = [1, 1.1, 0.9, 1, 1.05, 1];

interface Shown {
  readonly period: string;
  readonly value: number | null;
  readonly rag: string;
  readonly silentFor: number;
  readonly mark: string | null;
  readonly noValue: string | null;
}

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: withProviders(providers, { metrics, further: { metrics: further } }) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 120_000);
afterAll(() => pipeline.close());

async function submit(figures: readonly Figure[]) {
  const [id = ""] = await pipeline.submit(fileOf(figures[0]?.organisation ?? "", figures));
  await pipeline.settle();
  const { problems } = await pipeline.api.get<{ problems: object[] }>(`/submissions/${id}`);
  return { id, problems };
}

const shownOf = (organisation: string, metric: string): Promise<Shown[]> =>
  pipeline.api.list(`/assessments?organisation=${organisation}&metric=${metric}`);

const shownIn = async (month: string, organisation: string, metric: string) =>
  (await shownOf(organisation, metric)).find(({ period }) => period === month);

describe("a value that is not believed", () => {
  test("is kept out where the metric says so, reported with the figures it was judged by, and raises nothing", async () => {
    const { problems } = await submit(run({ organisation: "P1", metric: "falls", from: FROM }, [...steady, 40]));
    expect(problems).toEqual([
      { row: 8, column: "value", code: "jump", value: "40", severity: "warning", message: expect.any(String) },
    ]);
    expect(problems[0]).toMatchObject({
      message: expect.stringMatching(/From 1 to 40 is 3\d\d times the usual moving range, which is 0\.1.*kept out/),
    });
    expect(await shownIn("2023-10", "P1", "falls")).toMatchObject({ value: null, rag: "grey" });
    expect(await casesOf(pipeline.api, "P1", "history=all")).toEqual([]);
    await submit(run({ organisation: "P1", metric: "falls", from: "2023-11" }, [1]));
    const suspect = { value: null, noValue: "suspect", mark: null, silentFor: 0 };
    expect(await shownIn("2023-10", "P1", "falls")).toMatchObject(suspect);
    expect(await shownIn("2023-11", "P1", "falls")).toMatchObject({ value: 1, noValue: null, mark: null });
  });

  test("counts with a mark where it says so", async () => {
    const figures = run({ organisation: "P2", metric: "ambulance", from: FROM }, [60, 62, 58, 61, 60, 59, 0]);
    const { problems } = await submit(figures);
    expect(problems).toMatchObject([
      { row: 8, code: "jump", value: "0" },
      { row: 8, code: "sudden-zero", value: "0", message: expect.stringContaining("0 where 60 was usual") },
    ]);
    const marked = { value: 0, mark: "implausible", noValue: null };
    expect(await shownIn("2023-10", "P2", "ambulance")).toMatchObject(marked);
  });

  test("out of the metric's range is kept out however short its history", async () => {
    const { problems } = await submit(run({ organisation: "P3", metric: "falls", from: FROM }, [1, 50.5, 1]));
    expect(problems).toMatchObject([{ row: 3, code: "out-of-range", value: "50.5" }]);
    const [, second, third] = await shownOf("P3", "falls");
    expect(second).toMatchObject({ value: null, noValue: "suspect" });
    expect(third).toMatchObject({ value: 1, noValue: null });
  });

  test("may be one given before that later figures put in a new light: its case is withdrawn, its people corrected", async () => {
    await pipeline.submit(fileOf("P4", run({ organisation: "P4", metric: "falls", from: "2023-10" }, [1, 40])));
    await pipeline.settle();
    expect((await casesOf(pipeline.api, "P4")).map(movesOf)).toEqual([["2023-11 raised slt"]]);
    let problems: object[] = [];
    const mails = await mailsOf(pipeline, async () => {
      ({ problems } = await submit(run({ organisation: "P4", metric: "falls", from: FROM }, steady)));
    });
    expect(problems).toMatchObject([{ row: null, code: "jump", value: "40", severity: "warning" }]);
    expect(problems[0]).toMatchObject({ message: expect.stringContaining("falls of P4 in 2023-11") });
    expect(await casesOf(pipeline.api, "P4")).toEqual([]);
    expect(counted(mails)).toContain("correction p4.owner@example.org");
    // Judged already, it is not reported again by a file that changes nothing of it.
    const again = await submit(run({ organisation: "P4", metric: "falls", from: "2023-05" }, [1.12]));
    expect(again.problems).toEqual([]);
  });

  test("is warned of once: later files that only append say nothing of it, and of themselves what is to say", async () => {
    await submit(run({ organisation: "P13", metric: "falls", from: "2023-03" }, [...steady, 40]));
    const next = (month: string, ...values: number[]) =>
      submit(run({ organisation: "P13", metric: "falls", from: month }, values));
    expect((await next("2023-10", 1)).problems).toEqual([]);
    expect((await next("2023-11", 1.1)).problems).toEqual([]);
    // A value further back is restated: what was doubted stays so, and is not news either.
    expect((await next("2023-05", 1.05)).problems).toEqual([]);
    expect((await next("2023-12", 60)).problems).toMatchObject([
      { row: 2, code: "out-of-range", value: "60" },
      { row: 2, code: "jump" },
    ]);
  });

  test("is believed once it is restated", async () => {
    await submit(run({ organisation: "P5", metric: "falls", from: FROM }, [...steady, 40, 1]));
    await submit(run({ organisation: "P5", metric: "falls", from: "2023-10" }, [1.2]));
    expect(await shownIn("2023-10", "P5", "falls")).toMatchObject({ value: 1.2, noValue: null });
  });
});

test("it makes no difference in which order the same files come, whatever is kept out on the way", async () => {
  const values = [1, 1.1, 0.9, 40, 1.05, 1, 1.1, 45, 1, 51];
  const periods = months("2023-02", values.length);
  const figures = values.map((value, at) => ({ metric: "falls", period: periods[at] ?? "", value }));
  const spare = ["P6", "P7", "P8", "P9", "P10", "P11", "P12"];
  async function shownAfter(order: readonly number[]): Promise<string> {
    const organisation = spare.shift() ?? "P12";
    for (const at of order) {
      const figure = figures[at];
      if (figure !== undefined) await pipeline.submit(fileOf(organisation, [{ ...figure, organisation }]));
    }
    await pipeline.settle();
    const said = (await shownOf(organisation, "falls")).map(({ period, value, rag, mark, noValue, silentFor }) => [
      period,
      value,
      rag,
      mark,
      noValue,
      silentFor,
    ]);
    const cases = (await casesOf(pipeline.api, organisation)).map(movesOf);
    return JSON.stringify({ said, cases });
  }
  const every = figures.map((_, at) => at);
  const inOrder = await shownAfter(every);
  expect(inOrder).toContain("suspect");
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(every, { minLength: every.length }), async (order) => {
      expect(await shownAfter(order)).toBe(inOrder);
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);
