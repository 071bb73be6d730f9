import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf, quiet } from "./quiet.ts";

const providers = Array.from({ length: 9 }, (_, at) => `P${at + 1}`);
const summaries = ["both", "ele.chair", "qua.chair", "slt.chair", "slt.member", "uec.chair"].map(
  (name) => `digest ${name}@example.org`,
);
const leaders = ["digest qua.chair@example.org", "digest slt.chair@example.org", "digest slt.member@example.org"];

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = { ...seriesProtocol, preview: { workingDays: 2 }, digest: { slt: "08:30", board: "08:30" } };
  pipeline = await startPipeline({ catalogue: withProviders(providers, { protocol }) });
  // A Monday: submission days are the 14th of December and the 16th of January.
  await pipeline.put("2024-01-15T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

function falls(organisation: string, from: string, values: (number | string | null)[]) {
  return fileOf(organisation, run({ organisation, metric: "falls", from }, values));
}

/** What leaves beside digests: of no concern here. */
const unasked = ["submission-receipt", "submission-missing", "reminder", "overdue"];

/** Puts the clock and says who was told what meanwhile, without the summaries of what stands. */
async function toldBy(now: string, without = unasked): Promise<string[]> {
  return counted(await mailsOf(pipeline, () => pipeline.put(now)), without);
}

test("asks the owner at once, and tells leaders at the digest's time after two working days", async () => {
  const first = await mailsOf(pipeline, () => pipeline.submit(falls("P1", "2023-11", [1, 6])));
  expect(counted(first)).toEqual(["action-plan-request p1.owner@example.org"]);
  const [mine] = await casesOf(pipeline.api, "P1");
  expect(mine?.notices.map(({ kind }) => kind)).toEqual(["action-plan-request"]);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toEqual([]);
  // Wednesday's digest, before the preview ends, holds the summary of December alone.
  // The operator, in place of a secretary, is warned of the plans that end soon.
  const warned = [...summaries, "digest operator@example.org"].toSorted();
  expect(await toldBy("2024-01-17T09:59:00Z")).toEqual(warned);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toEqual([]);
  expect(await toldBy("2024-01-18T08:29:00Z")).toEqual([]);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toHaveLength(1);
  expect(await toldBy("2024-01-18T08:30:00Z")).toEqual(leaders);
});

test("tells leaders at the next digest once a person releases it, and not again", async () => {
  const [id] = await pipeline.submit(falls("P2", "2023-11", [1, 6]));
  await quiet(pipeline);
  expect(await casesOf(pipeline.api, "P2", "forum=SLT")).toEqual([]);
  const release = () => pipeline.api.request(`/submissions/${id}/release`, { method: "POST" });
  const released = await mailsOf(pipeline, async () => {
    expect((await release()).status).toBeLessThan(300);
    expect((await release()).status).toBeLessThan(300);
  });
  expect(counted(released)).toEqual([]);
  expect(await casesOf(pipeline.api, "P2", "forum=SLT")).toHaveLength(1);
  // Friday, 08:30.
  expect(await toldBy("2024-01-19T08:30:00Z")).toEqual(leaders);
  expect(await toldBy("2024-01-23T12:00:00Z")).toEqual([]);
});

test("writes a person at most one digest of a time of day a day, however decisions fall", async () => {
  const first = await pipeline.submit(falls("P3", "2023-11", [1, 6]));
  await pipeline.put("2024-01-24T08:00:00Z");
  const second = await pipeline.submit(falls("P4", "2023-11", [1, 6]));
  for (const id of [...first, ...second]) await pipeline.api.request(`/submissions/${id}/release`, { method: "POST" });
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-01-24T08:30:00Z"));
  expect(counted(mails)).toEqual(leaders);
  expect(mails[0]?.escalations).toHaveLength(2);
  // Released a second after the day's digest: it waits for the next working day's.
  const [third] = await pipeline.submit(falls("P5", "2023-11", [1, 6]));
  await quiet(pipeline);
  await pipeline.api.request(`/submissions/${third}/release`, { method: "POST" });
  expect(await toldBy("2024-01-24T23:00:00Z")).toEqual([]);
  expect(await toldBy("2024-01-25T08:30:00Z")).toEqual(leaders);
});

test("nobody but its owner is told of a case that another file takes back within the preview", async () => {
  await pipeline.submit(falls("P6", "2023-11", [1, 6]));
  await quiet(pipeline);
  await pipeline.submit(falls("P6", "2023-12", [1.5]));
  await quiet(pipeline);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-01-31T12:00:00Z"));
  expect(mails.filter(({ kind }) => kind === "digest")).toEqual([]);
  expect(await casesOf(pipeline.api, "P6")).toEqual([]);
  const [withdrawn] = await casesOf(pipeline.api, "P6", "history=all");
  expect(withdrawn?.standing).toBe(false);
  const told = new Set(withdrawn?.notices.map(({ recipient, status }) => `${recipient} ${status}`));
  expect([...told]).toEqual(["p6.owner@example.org sent"]);
  const kinds = withdrawn?.notices.map(({ kind, reason }) => `${kind}: ${reason}`);
  expect(kinds).toEqual(["action-plan-request: asked", "correction: withdrawn"]);
});

test("tells leaders only the last word, where two files within the preview differ", async () => {
  await pipeline.submit(falls("P7", "2023-11", [1, 6]));
  await quiet(pipeline);
  await pipeline.submit(falls("P7", "2023-12", [4]));
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-05T12:00:00Z"));
  const digests = mails.filter(({ kind }) => kind === "digest");
  expect(counted(digests)).toEqual(["digest qua.chair@example.org"]);
  expect(digests[0]?.notices).toHaveLength(1);
  expect(digests[0]?.text).toContain("4.00");
  expect(digests[0]?.text).not.toContain("6.00");
});

test("tells chair and owner of an urgent breach at once, others of the forum at their digest's time", async () => {
  const file = fileOf("P8", run({ organisation: "P8", metric: "never", from: "2023-12" }, [0, 2]));
  const atOnce = await mailsOf(pipeline, () => pipeline.submit(file));
  expect(counted(atOnce)).toEqual([
    "action-plan-request p8.owner@example.org",
    "digest p8.owner@example.org",
    "digest qua.chair@example.org",
    "digest slt.chair@example.org",
  ]);
  expect(await casesOf(pipeline.api, "P8", "forum=SLT")).toHaveLength(1);
  expect(await toldBy("2024-02-06T08:30:00Z")).toEqual(["digest slt.member@example.org"]);
});
