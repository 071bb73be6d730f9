import { afterAll, beforeAll, expect, test } from "vitest";
import { type Figure, fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { changesOf } from "./changes.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

const providers = Array.from({ length: 15 }, (_, at) => `P${at + 1}`);
const slt = ["slt.chair@example.org", "slt.member@example.org"];
const MONTH = "2023-11";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: withProviders(providers) });
  await pipeline.put("2023-12-20T10:00:00Z");
  const before = providers.flatMap((organisation) => run({ organisation, metric: "falls", from: "2023-09" }, [1, 1]));
  await pipeline.submit(fileOf("ICS", before));
  await pipeline.settle();
}, 60_000);
afterAll(() => pipeline.close());

/** A month of several providers in one file, as a national publication has it. */
const published = (values: Readonly<Record<string, number>>, issued: string, filename = `issued on ${issued}.csv`) =>
  fileOf(
    "ICS",
    Object.entries(values).map(([organisation, value]): Figure => ({
      organisation,
      metric: "falls",
      period: MONTH,
      value,
    })),
    { issued, filename },
  );

const holds = async (organisation: string) => {
  const all = await pipeline.api.list<{ period: string; value: number | null; submission: string }>(
    `/assessments?organisation=${organisation}&metric=falls`,
  );
  return all.find(({ period }) => period === MONTH)?.value;
};
const rowsOf = async (id: string) => (await pipeline.api.get<{ rows: object }>(`/submissions/${id}`)).rows;
const standing = async (...codes: string[]) => {
  const all = await Promise.all(codes.map((code) => casesOf(pipeline.api, code, "standing=true")));
  return all.flatMap((cases, at) => cases.map((one) => `${codes[at]}: ${movesOf(one).join(", ")}`));
};
const to = (kind: string, ...people: string[]) => people.map((one) => `${kind} ${one}`);

test("the same month again: some changed, some added, some gone, and those alone are told who are concerned", async () => {
  const first = published({ P1: 6, P2: 1, P3: 1, P4: 6 }, "2023-12-10");
  await pipeline.submit(first);
  await pipeline.settle();
  expect(await standing("P1", "P2", "P3", "P4", "P5")).toEqual(["P1: 2023-11 raised slt", "P4: 2023-11 raised slt"]);
  // P1 is put right, P2 made worse, P3 the same, P4 no longer named, P5 new.
  let second = "";
  const mails = await mailsOf(pipeline, async () => {
    [second = ""] = await pipeline.submit(published({ P1: 1, P2: 6, P3: 1, P5: 1 }, "2023-12-14"));
  });
  expect(counted(mails)).toEqual([
    ...to("action-plan-request", "p2.owner@example.org"),
    ...to("correction", "p1.owner@example.org", "qua.chair@example.org", ...slt),
    ...to("digest", "qua.chair@example.org", ...slt),
  ]);
  expect(await rowsOf(second)).toEqual({ read: 4, accepted: 3, unchanged: 1, refused: 0 });
  expect(await changesOf(pipeline.api, second)).toEqual([
    "2023-11 falls P1: 6 (red slt) → 1 (green none)",
    "2023-11 falls P2: 1 (green none) → 6 (red slt)",
    "2023-11 falls P5: nothing → 1 (green none)",
  ]);
  // A file that does not name an organisation says nothing of it.
  expect(await holds("P4")).toBe(6);
  expect(await standing("P1", "P2", "P3", "P4", "P5")).toEqual(["P2: 2023-11 raised slt", "P4: 2023-11 raised slt"]);
  expect((await casesOf(pipeline.api, "P1", "history=all")).map(({ standing: stands }) => stands)).toEqual([false]);
  const [raised] = await casesOf(pipeline.api, "P2");
  expect(raised?.events).toMatchObject([{ event: "raised", restated: true }]);
});

test("the same values in other bytes, and the earlier issue again, change nothing and tell nobody", async () => {
  const again = published({ P1: 1, P2: 6, P3: 1, P5: 1 }, "2023-12-15", "the same again.csv");
  const spaced = { ...again, csv: `${String(again.csv)}\n` };
  const earlier = published({ P1: 6, P2: 1, P3: 1, P4: 6 }, "2023-12-10");
  let ids: string[] = [];
  const mails = await mailsOf(pipeline, async () => {
    ids = await pipeline.submit(spaced, { ...earlier, csv: `${String(earlier.csv)}\n\n` });
  });
  expect(mails.filter(({ kind }) => kind !== "submission-receipt")).toEqual([]);
  expect(await rowsOf(ids[0] ?? "")).toEqual({ read: 4, accepted: 0, unchanged: 4, refused: 0 });
  expect(await Promise.all(["P1", "P2", "P3", "P4", "P5"].map(holds))).toEqual([1, 6, 1, 6, 1]);
  for (const id of ids) expect(await changesOf(pipeline.api, id)).toEqual([]);
});

test("files that carry their issue date end alike whichever comes first, in what holds and what stands", async () => {
  const named = (codes: readonly string[], values: readonly number[]) =>
    Object.fromEntries(codes.map((code, at) => [code, values[at] ?? 1]));
  async function after(codes: readonly string[], order: readonly ["old" | "new", "old" | "new"]) {
    const files = {
      old: published(named(codes.slice(0, 4), [6, 1, 4, 6]), "2023-12-10", `old ${codes.join()}.csv`),
      new: published(named(codes, [1, 6, 6, 6, 4]), "2023-12-14", `new ${codes.join()}.csv`),
    };
    for (const which of order) {
      await pipeline.submit(files[which]);
      await pipeline.settle();
    }
    const values = await Promise.all(codes.map(holds));
    const restated = (await Promise.all(codes.map((code) => casesOf(pipeline.api, code)))).map((cases) =>
      cases.flatMap(({ events }) => events.map((event) => `${event.event} ${event.tier} ${event.restated}`)),
    );
    return { values, restated };
  }
  const inOrder = await after(["P6", "P7", "P8", "P9", "P10"], ["old", "new"]);
  const turned = await after(["P11", "P12", "P13", "P14", "P15"], ["new", "old"]);
  expect(turned).toEqual(inOrder);
  expect(inOrder.values).toEqual([1, 6, 6, 6, 4]);
});
