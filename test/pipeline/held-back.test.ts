import { afterAll, beforeAll, expect, test } from "vitest";
import type { CatalogueText } from "../harness/catalogue-folder.ts";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf, quiet } from "./quiet.ts";

const board = ["digest qua.chair@example.org"];
const leaders = [...board, "digest slt.chair@example.org", "digest slt.member@example.org"];
const signing = ["P3", "P4", "P5", "P7"];
const protocol = { ...seriesProtocol, preview: { workingDays: 2 }, digest: { slt: "08:30", board: "08:30" } };
const plain = withProviders(["P1", "P2", ...signing, "P6", "P8"], { protocol });
const catalogue: CatalogueText = {
  ...plain,
  organisations: plain.organisations.replace(/^(P[3457],.*)$/gm, "$1,yes"),
  further: { organisations: ["sign_off"] },
};
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue });
  // A Monday, and December's submission day.
  await pipeline.put("2024-01-15T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

async function submit(organisation: string, from: string, values: readonly number[]): Promise<string> {
  const [id = ""] = await pipeline.submit(
    fileOf(organisation, run({ organisation, metric: "falls", from }, [...values])),
  );
  await quiet(pipeline);
  return id;
}

/** Runs one act and says which leaders read a digest of a provider's case meanwhile, and what they read. */
async function heard(organisation: string, act: () => Promise<unknown>) {
  const mails = await mailsOf(pipeline, act);
  const digests = mails.filter(({ kind, text }) => kind === "digest" && text.includes(`Provider ${organisation}`));
  return { lines: counted(digests).filter((line) => leaders.includes(line)), text: digests[0]?.text ?? "" };
}
const heardBy = async (organisation: string, now: string) => (await heard(organisation, () => pipeline.put(now))).lines;

async function post(path: string, body = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await pipeline.api.request(path, { method: "POST", body: JSON.stringify(body), headers });
  expect(response.status).toBe(200);
}

test("the forums hear of a case that only its owner was asked about, when it turns out to be older", async () => {
  await submit("P1", "2023-12", [4]);
  await pipeline.put("2024-01-16T10:00:00Z");
  await submit("P1", "2023-11", [4]);
  expect((await casesOf(pipeline.api, "P1")).map(({ raisedIn }) => raisedIn)).toEqual(["2023-11"]);
  expect(await heardBy("P1", "2024-01-18T12:00:00Z")).toEqual([]);
  expect(await heardBy("P1", "2024-01-19T08:30:00Z")).toEqual(board);
  expect(await heardBy("P1", "2024-01-22T10:00:00Z")).toEqual([]);
});

test("a second file for a month that leaders were never told of has its own preview", async () => {
  await pipeline.put("2024-01-22T10:00:00Z");
  await submit("P6", "2023-11", [1, 4]);
  await pipeline.put("2024-01-23T10:00:00Z");
  await submit("P6", "2023-12", [6]);
  expect(await heardBy("P6", "2024-01-25T08:30:00Z")).toEqual([]);
  const { lines, text } = await heard("P6", () => pipeline.put("2024-01-26T08:30:00Z"));
  expect(lines).toEqual(leaders);
  expect(text).toContain("6.00");
});

test("what holds again because another file was withdrawn waits for its own signature", async () => {
  const unsigned = await submit("P4", "2023-11", [1, 6]);
  const better = await submit("P4", "2023-12", [1.5]);
  expect(await casesOf(pipeline.api, "P4", "standing=true")).toEqual([]);
  await pipeline.put("2024-01-31T12:00:00Z");
  await post(`/submissions/${better}/withdrawal`, { reason: "another month's" });
  await quiet(pipeline);
  expect(await casesOf(pipeline.api, "P4", "standing=true")).toHaveLength(1);
  expect(await heardBy("P4", "2024-02-01T12:00:00Z")).toEqual([]);
  expect(await casesOf(pipeline.api, "P4", "forum=SLT")).toEqual([]);
  await post(`/submissions/${unsigned}/sign-off`);
  expect(await casesOf(pipeline.api, "P4", "forum=SLT")).toHaveLength(1);
  const { lines, text } = await heard("P4", () => pipeline.put("2024-02-02T08:30:00Z"));
  expect(lines).toEqual(leaders);
  expect(text).not.toContain("unsigned");
});

test("loading a catalogue lets nobody read what is still previewed or unsigned", async () => {
  await pipeline.put("2024-02-05T10:00:00Z");
  const [, unsigned] = [await submit("P2", "2023-11", [1, 4]), await submit("P3", "2023-11", [1, 4])];
  const thresholds = (inventedSystem.thresholds ?? "").replace("falls,,,value,3,5,", "falls,,,value,3,3.5,");
  await pipeline.load({ ...catalogue, thresholds });
  await quiet(pipeline);
  expect((await casesOf(pipeline.api, "P2")).map(({ tier }) => tier)).toEqual(["slt"]);
  expect(await casesOf(pipeline.api, "P2", "forum=SLT")).toEqual([]);
  expect(await heardBy("P2", "2024-02-07T09:59:00Z")).toEqual([]);
  expect(await casesOf(pipeline.api, "P2", "forum=SLT")).toEqual([]);
  expect(await heardBy("P2", "2024-02-08T08:30:00Z")).toEqual(leaders);
  expect(await casesOf(pipeline.api, "P3", "forum=SLT")).toEqual([]);
  await post(`/submissions/${unsigned}/sign-off`);
  expect(await heardBy("P3", "2024-02-09T08:30:00Z")).toEqual(leaders);
});

const isAwaited = async (id: string) =>
  (await pipeline.api.get<{ awaitsSignOff: boolean }>(`/submissions/${id}`)).awaitsSignOff;

test("a file that repeats an unsigned one is signed in its place, once that is withdrawn", async () => {
  const first = await submit("P7", "2023-11", [1, 6]);
  const again = await submit("P7", "2023-12", [6]);
  expect([await isAwaited(first), await isAwaited(again)]).toEqual([true, true]);
  await post(`/submissions/${first}/withdrawal`, { reason: "sent by the wrong person" });
  await quiet(pipeline);
  expect(await casesOf(pipeline.api, "P7", "standing=true")).toHaveLength(1);
  expect(await heardBy("P7", "2024-02-13T12:00:00Z")).toEqual([]);
  expect(await casesOf(pipeline.api, "P7", "forum=SLT")).toEqual([]);
  await post(`/submissions/${again}/sign-off`);
  expect(await heardBy("P7", "2024-02-14T08:30:00Z")).toEqual(leaders);
});

test("what waits for a second signature is told when that file is withdrawn and the first is signed", async () => {
  await pipeline.put("2024-02-19T10:00:00Z");
  const second = await submit("P5", "2023-12", [3.2]);
  const [first = ""] = await pipeline.submit(
    fileOf("P5", [
      ...run({ organisation: "P5", metric: "falls", from: "2023-11" }, [3.2]),
      ...run({ organisation: "P5", metric: "falls", from: "2024-01" }, [6]),
    ]),
  );
  await quiet(pipeline);
  await pipeline.put("2024-02-21T12:00:00Z");
  await post(`/submissions/${first}/sign-off`);
  await post(`/submissions/${second}/withdrawal`, { reason: "another provider's" });
  expect(await heardBy("P5", "2024-02-22T08:30:00Z")).toEqual(leaders);
});

test("a month that was out as green and is restated into a breach has no preview", async () => {
  await pipeline.put("2024-02-23T10:00:00Z");
  await submit("P8", "2024-01", [1]);
  await pipeline.put("2024-02-29T10:00:00Z");
  await submit("P8", "2024-01", [6]);
  const { lines, text } = await heard("P8", () => pipeline.put("2024-03-01T08:30:00Z"));
  expect(lines).toEqual(leaders);
  expect(text).toContain("6.00");
});
