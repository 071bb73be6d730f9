import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { changesOf } from "./changes.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

const providers = Array.from({ length: 7 }, (_, at) => `P${at + 1}`);
const slt = ["slt.chair@example.org", "slt.member@example.org"];

let pipeline: Pipeline;
beforeAll(async () => {
  const protocol = { ...seriesProtocol, missing: { boardAfter: 1 } };
  pipeline = await startPipeline({ catalogue: withProviders(providers, { protocol }) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

async function submit(organisation: string, from: string, values: (number | string | null)[]): Promise<string> {
  const [id = ""] = await pipeline.submit(fileOf(organisation, run({ organisation, metric: "falls", from }, values)));
  await pipeline.settle();
  return id;
}

async function withdraw(id: string, reason = "the file of another month"): Promise<unknown> {
  const response = await pipeline.api.request(`/submissions/${id}/withdrawal`, {
    method: "POST",
    body: JSON.stringify({ reason }),
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(200);
  return response.json();
}

const to = (kind: string, ...people: string[]) => people.map((one) => `${kind} ${one}`);
const falls = (organisation: string) =>
  pipeline.api.list<{ period: string; value: number | null; silentFor: number; restated: boolean; submission: string }>(
    `/assessments?organisation=${organisation}&metric=falls`,
  );

test("takes back a case that should never have stood, with a correction to those told, and nobody twice", async () => {
  const first = await submit("P1", "2023-10", [1, 1]);
  const wrong = await submit("P1", "2023-11", [6]);
  expect(await casesOf(pipeline.api, "P1", "standing=true")).toHaveLength(1);
  const mails = await mailsOf(pipeline, () => withdraw(wrong));
  expect(counted(mails)).toEqual(to("correction", "p1.owner@example.org", "qua.chair@example.org", ...slt));
  expect(await casesOf(pipeline.api, "P1")).toEqual([]);
  const [withdrawn] = await casesOf(pipeline.api, "P1", "history=all");
  expect(withdrawn).toMatchObject({ standing: false, concern: "performance" });
  expect((await falls("P1")).at(-1)).toMatchObject({ value: 1, submission: first, restated: false });
  const shown = await pipeline.api.get<{ status: string; settled: boolean }>(`/submissions/${wrong}`);
  expect(shown).toMatchObject({
    status: "accepted",
    settled: true,
    withdrawn: { reason: "the file of another month" },
  });
  // Once more: the same answer, and not a word to anybody.
  const again = await mailsOf(pipeline, async () =>
    expect(await withdraw(wrong, "again")).toMatchObject({ withdrawn: { reason: "the file of another month" } }),
  );
  expect(again).toEqual([]);
});

test("brings back a case that a file sent in error had hidden, to those who were told there is none", async () => {
  await submit("P2", "2023-10", [1, 6]);
  const wrong = await submit("P2", "2023-11", [1]);
  expect(await casesOf(pipeline.api, "P2", "standing=true")).toEqual([]);
  const mails = await mailsOf(pipeline, () => withdraw(wrong));
  const people = new Set(mails.map((mail) => mail.to));
  expect([...people].toSorted()).toEqual(["p2.owner@example.org", "qua.chair@example.org", ...slt]);
  const standing = await casesOf(pipeline.api, "P2", "standing=true");
  expect(standing.map(movesOf)).toEqual([["2023-11 raised slt"]]);
  expect(standing[0]?.actionPlan?.status).toBe("asked");
});

test("leaves a period without a value where nothing else was said of it: the return is missing again", async () => {
  const both = await submit("P3", "2023-09", [1, 1]);
  const wrong = await submit("P3", "2023-11", [1]);
  const reporting = async () => (await casesOf(pipeline.api, "P3", "concern=reporting&standing=true")).length;
  expect(await reporting()).toBe(0);
  await withdraw(wrong);
  await pipeline.settle();
  expect((await falls("P3")).at(-1)).toMatchObject({ period: "2023-11", value: null, silentFor: 1 });
  expect(await reporting()).toBe(1);
  // With its first value gone, the series has not begun.
  await withdraw(both);
  await pipeline.settle();
  expect(await falls("P3")).toEqual([]);
  expect(await reporting()).toBe(0);
});

test("the bytes of a withdrawn submission are read as new, and change what they changed", async () => {
  const file = fileOf("P4", run({ organisation: "P4", metric: "falls", from: "2023-10" }, [1, 6]));
  const first = await pipeline.api.submit(file);
  await pipeline.settle();
  await withdraw(first.id);
  const second = await pipeline.api.submit(file);
  expect(second).toMatchObject({ duplicate: false });
  await pipeline.settle();
  expect(await pipeline.api.get(`/submissions/${second.id}`)).toMatchObject({ rows: { accepted: 2, unchanged: 0 } });
  expect(await changesOf(pipeline.api, second.id)).toEqual([
    "2023-10 falls P4: nothing → 1 (green none)",
    "2023-11 falls P4: nothing → 6 (red slt)",
  ]);
  expect((await casesOf(pipeline.api, "P4", "concern=performance&standing=true")).map(movesOf)).toEqual([
    ["2023-11 raised slt"],
  ]);
});

test("a value that is computed of what was withdrawn is computed anew", async () => {
  const site = (value: number, organisation: string) => ({
    organisation,
    metric: "ambulance",
    period: "2023-11",
    value,
  });
  await pipeline.submit(fileOf("NW", [site(40, "NW-A"), site(50, "NW-B")]));
  const [wrong = ""] = await pipeline.submit(fileOf("NW", [site(90, "NW-B")]));
  await pipeline.settle();
  const provider = async () =>
    (await pipeline.api.list<{ value: number }>("/assessments?organisation=NW&metric=ambulance"))[0]?.value;
  expect(await provider()).toBe(130);
  await withdraw(wrong);
  await pipeline.settle();
  expect(await provider()).toBe(90);
});

test("says what each file changed when it came, value and decision, whatever came or went since", async () => {
  const first = await submit("P5", "2023-09", [1, 1, 6]);
  const second = await submit("P5", "2023-10", [1, "N/A"]);
  const third = await submit("P5", "2023-11", [1]);
  expect(await changesOf(pipeline.api, first)).toEqual([
    "2023-09 falls P5: nothing → 1 (green none)",
    "2023-10 falls P5: nothing → 1 (green none)",
    "2023-11 falls P5: nothing → 6 (red slt)",
  ]);
  const changed = ["2023-11 falls P5: 6 (red slt) → N/A (grey none)"];
  expect(await changesOf(pipeline.api, second)).toEqual(changed);
  expect(await changesOf(pipeline.api, third)).toEqual(["2023-11 falls P5: N/A (grey none) → 1 (green none)"]);
  await withdraw(second);
  await pipeline.settle();
  expect(await changesOf(pipeline.api, second)).toEqual(changed);
  const fourth = await submit("P5", "2023-11", [2]);
  expect(await changesOf(pipeline.api, fourth)).toEqual(["2023-11 falls P5: 1 (green none) → 2 (green none)"]);
  const versions = await pipeline.api.list("/series/falls/P5/versions?period=2023-11");
  expect(versions).toMatchObject([
    { submission: first, value: 6, holds: false, withdrawn: null },
    {
      submission: second,
      value: null,
      noValue: "N/A",
      holds: false,
      withdrawn: { reason: "the file of another month" },
    },
    { submission: third, value: 1, holds: false, withdrawn: null },
    { submission: fourth, value: 2, holds: true, withdrawn: null, row: 2 },
  ]);
});
