import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import type { ReadMail } from "../harness/mail-catcher.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

const providers = Array.from({ length: 9 }, (_, at) => `P${at + 1}`);
const slt = ["slt.chair@example.org", "slt.member@example.org"];

let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: withProviders(providers) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

async function told(organisation: string, from: string, values: (number | string | null)[]): Promise<ReadMail[]> {
  const file = fileOf(organisation, run({ organisation, metric: "falls", from }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

const to = (kind: string, ...people: string[]) => people.map((one) => `${kind} ${one}`);

test("withdraws a case whose figures are put right, and tells those who were told of it", async () => {
  await told("P1", "2023-10", [1, 6]);
  const mails = await told("P1", "2023-11", [1]);
  expect(counted(mails)).toEqual(to("correction", "p1.owner@example.org", "qua.chair@example.org", ...slt));
  expect(mails.find(({ kind }) => kind === "correction")?.text).toContain("There is no such case");
  expect(await casesOf(pipeline.api, "P1")).toEqual([]);
  const [withdrawn] = await casesOf(pipeline.api, "P1", "history=all");
  expect(withdrawn).toMatchObject({ standing: false, tier: "none" });
  expect(withdrawn?.actionPlan?.status ?? "withdrawn").toBe("withdrawn");
  const corrections = withdrawn?.notices.filter(({ kind }) => kind === "correction");
  expect(corrections?.map(({ reason }) => reason)).toEqual(Array(4).fill("withdrawn"));
});

test("corrects the month in which a case began to those told of it, and nobody else", async () => {
  await told("P2", "2023-09", [1, 4, 4]);
  const mails = await told("P2", "2023-10", [1]);
  const people = new Set(mails.filter(({ kind }) => kind !== "submission-receipt").map((mail) => mail.to));
  expect([...people].toSorted()).toEqual(["p2.owner@example.org", "qua.chair@example.org"]);
  const corrections = mails.filter(({ kind }) => kind === "correction");
  expect(counted(corrections)).toEqual(to("correction", "p2.owner@example.org", "qua.chair@example.org"));
  // The case stands, from November: nobody is told that there is none.
  for (const { text } of corrections) {
    expect(text).not.toContain("no such case");
    expect(text).toContain("It stood before no forum then");
  }
  const [moved] = await casesOf(pipeline.api, "P2");
  expect(moved && movesOf(moved)).toEqual(["2023-11 raised board"]);
});

test("says nothing of a restatement that changes no decision", async () => {
  await told("P3", "2023-10", [1, 6]);
  expect(counted(await told("P3", "2023-11", [6.2]))).toEqual([]);
  const [same] = await casesOf(pipeline.api, "P3");
  expect(same?.events).toMatchObject([{ event: "raised", restated: true }]);
});

test("raises what a restatement makes worse as restated, fresh to its forums", async () => {
  expect(counted(await told("P4", "2023-10", [1, 1]))).toEqual([]);
  const mails = await told("P4", "2023-11", [6]);
  expect(counted(mails)).toEqual([
    ...to("action-plan-request", "p4.owner@example.org"),
    ...to("digest", "qua.chair@example.org", ...slt),
  ]);
  expect(mails.find(({ kind }) => kind === "digest")?.subject).toContain("1 restated");
  const [raised] = await casesOf(pipeline.api, "P4");
  expect(raised?.events).toMatchObject([{ period: "2023-11", event: "raised", restated: true }]);
});

test("says nothing to leaders of a restatement of old history that nobody was told of", async () => {
  await told("P5", "2022-01", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(counted(await told("P5", "2022-05", [6]))).toEqual([]);
  const [old] = await casesOf(pipeline.api, "P5");
  expect(old && movesOf(old)).toEqual(["2022-05 raised slt", "2022-06 held slt", "2022-07 resolved none"]);
});

test("restated to the SLT, those told of the board's case are corrected and the SLT is told anew", async () => {
  await told("P6", "2023-10", [1, 4]);
  const mails = await told("P6", "2023-11", [6]);
  expect(counted(mails)).toEqual([
    ...to("action-plan-request", "p6.owner@example.org"),
    ...to("correction", "p6.owner@example.org", "qua.chair@example.org"),
    ...to("digest", ...slt),
  ]);
});

test("restated away and back, everyone's last word is the truth", async () => {
  await told("P7", "2023-10", [1, 6]);
  const away = await told("P7", "2023-11", [1]);
  expect(counted(away)).toEqual(to("correction", "p7.owner@example.org", "qua.chair@example.org", ...slt));
  const back = await told("P7", "2023-11", [6]);
  const people = new Set(back.filter(({ kind }) => kind !== "submission-receipt").map((mail) => mail.to));
  expect([...people].toSorted()).toEqual(["p7.owner@example.org", "qua.chair@example.org", ...slt]);
  for (const mail of back.filter(({ kind }) => kind !== "submission-receipt"))
    expect(mail.text).toMatch(/before the SLT/i);
  expect(back.find(({ kind }) => kind === "correction")?.text).toContain("That no such case stood");
  const standing = await casesOf(pipeline.api, "P7", "standing=true");
  expect(standing).toHaveLength(1);
  expect(standing[0]?.actionPlan?.status).toBe("asked");
});

test("told however old: a restatement reaches those told before when its period is no longer fresh", async () => {
  await told("P8", "2023-10", [1, 6]);
  await pipeline.put("2024-06-20T10:00:00Z");
  const mails = await told("P8", "2023-11", [1]);
  expect(counted(mails)).toEqual(to("correction", "p8.owner@example.org", "qua.chair@example.org", ...slt));
});
