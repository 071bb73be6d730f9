import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import type { ReadMail } from "../harness/mail-catcher.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = { ...seriesProtocol, missing: { boardAfter: 2 } };
  pipeline = await startPipeline({ catalogue: withProviders(["P1", "P2", "P3", "P4"], { protocol }) });
  await pipeline.put("2023-12-20T10:00:00Z");
  for (const code of ["P1", "P2", "P3", "P4"]) await submit(code, "2023-10", [1, 1]);
}, 60_000);
afterAll(() => pipeline.close());

function submit(organisation: string, from: string, values: (number | string | null)[], metric = "falls") {
  const file = fileOf(organisation, run({ organisation, metric, from }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

const chasers = (mails: readonly ReadMail[]) => counted(mails.filter(({ kind }) => kind === "submission-missing"));
const summaries = (mails: readonly ReadMail[]) =>
  mails.filter(({ text }) => text.includes("All that stands".toUpperCase()));

test("asks each submitter once for figures that have not come by their day, but not whose came before it left", async () => {
  // December's submission day is the 15th of January: it comes near on the 11th, passes at midnight, and chasers leave at eight.
  expect(chasers(await mailsOf(pipeline, () => pipeline.put("2024-01-11T08:00:00Z")))).toHaveLength(4);
  const midnight = await mailsOf(pipeline, () => pipeline.put("2024-01-16T00:30:00Z"));
  expect(chasers(midnight)).toEqual([]);
  await submit("P1", "2023-12", [1.5]);
  await submit("P4", "2023-12", ["N/A"]);
  const morning = await mailsOf(pipeline, () => pipeline.put("2024-01-16T08:00:00Z"));
  expect(chasers(morning)).toEqual([
    "submission-missing p2.submitter@example.org",
    "submission-missing p3.submitter@example.org",
  ]);
  expect(morning.find(({ kind }) => kind === "submission-missing")?.text).toContain("Falls with harm");
  // Submitters hear no more of it; what does not come goes up, a level every five working days.
  expect(counted(await mailsOf(pipeline, () => pipeline.put("2024-02-10T12:00:00Z")))).toEqual([
    "submission-missing p2.executive@example.org",
    "submission-missing p2.owner@example.org",
    "submission-missing p3.executive@example.org",
    "submission-missing p3.owner@example.org",
  ]);
});

test("gives each leader one summary a period of all that stands, whatever moves meanwhile", async () => {
  await submit("P1", "2024-01", [6]);
  await pipeline.put("2024-02-14T12:00:00Z");
  const passed = await mailsOf(pipeline, () => pipeline.put("2024-02-15T12:00:00Z"));
  const told = summaries(passed);
  expect(told.map(({ to }) => to).toSorted()).toEqual(
    ["both", "ele.chair", "qua.chair", "slt.chair", "slt.member", "uec.chair"].map((name) => `${name}@example.org`),
  );
  expect(told.find(({ to }) => to === "slt.chair@example.org")?.text).toContain("Falls with harm, Provider P1");
  expect(told.find(({ to }) => to === "uec.chair@example.org")?.text).toContain("Nothing stands before your forums");
  await submit("P1", "2024-01", [6.5]);
  expect(summaries(await mailsOf(pipeline, () => pipeline.put("2024-03-10T12:00:00Z")))).toEqual([]);
});

test("takes two silent months before the board, naming the figures, and asks for the return", async () => {
  // December and January are missing of P2 and P3 since the 15th of February.
  const [mine] = await casesOf(pipeline.api, "P2");
  expect(mine).toMatchObject({ concern: "reporting", area: "QUA", forum: "QUA", tier: "board", raisedIn: "2024-01" });
  expect(mine?.metrics).toEqual(["falls"]);
  expect(mine && movesOf(mine)).toEqual(["2024-01 raised board"]);
  const told = new Set(mine?.notices.map(({ kind, recipient }) => `${kind} ${recipient}`));
  expect([...told].toSorted()).toEqual(["digest qua.chair@example.org", "submission-missing p2.submitter@example.org"]);
  // One that says why it has no value is not silent.
  expect(await casesOf(pipeline.api, "P4", "concern=reporting")).toEqual([]);
});

test("ends the case of missing returns with the next figures, and tells those who were told", async () => {
  const mails = await submit("P2", "2024-02", [1.6]);
  const ended = mails.filter(({ kind }) => kind === "digest");
  expect(counted(ended)).toContain("digest qua.chair@example.org");
  expect(ended.map(({ to }) => to)).not.toContain("slt.chair@example.org");
  const [mine] = await casesOf(pipeline.api, "P2");
  expect(mine && movesOf(mine)).toEqual(["2024-01 raised board", "2024-02 resolved none"]);
});

test("withdraws the case of missing returns when the missing figures come in late, and says so", async () => {
  const mails = await submit("P3", "2023-12", [1.2, 1.3]);
  expect(counted(mails.filter(({ kind }) => kind === "correction"))).toContain("correction qua.chair@example.org");
  expect(await casesOf(pipeline.api, "P3")).toEqual([]);
});
