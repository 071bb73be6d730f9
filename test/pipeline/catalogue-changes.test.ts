import { afterAll, beforeAll, expect, test } from "vitest";
import type { CatalogueText } from "../harness/catalogue-folder.ts";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf, movesOf } from "./cases.ts";
import { withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

const first = withProviders(["P1", "P2", "P3", "P4"]);
const slt = ["slt.chair@example.org", "slt.member@example.org"];

let pipeline: Pipeline;
let catalogue: CatalogueText = first;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

/** Loads the catalogue that holds with some files changed; who was told. */
async function load(changed: Partial<CatalogueText>) {
  catalogue = { ...catalogue, ...changed };
  return mailsOf(pipeline, () => pipeline.load(catalogue));
}

function submit(organisation: string, values: readonly number[], metric = "falls") {
  const file = fileOf(organisation, run({ organisation, metric, from: "2023-10" }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

const to = (kind: string, ...people: string[]) => people.map((one) => `${kind} ${one}`);

test("a stricter limit decides again: what it raises is told, and what it no longer raises is corrected", async () => {
  expect(counted(await submit("P1", [1, 2.5]))).toEqual([]);
  const stricter = `${first.thresholds}\nfalls,P1,,value,1.5,2,2022-01,,approved,,`;
  const raised = await load({ thresholds: stricter });
  expect(counted(raised)).toEqual([
    ...to("action-plan-request", "p1.owner@example.org"),
    ...to("digest", "qua.chair@example.org", ...slt),
  ]);
  const [mine] = await casesOf(pipeline.api, "P1");
  expect(mine && movesOf(mine)).toEqual(["2023-11 raised slt"]);
  expect(counted(await load({}))).toEqual([]);
  const taken = await load({ thresholds: first.thresholds ?? "" });
  expect(counted(taken)).toEqual(to("correction", "p1.owner@example.org", "qua.chair@example.org", ...slt));
  expect(await casesOf(pipeline.api, "P1")).toEqual([]);
});

test("an approved draft rates: what was only asked of the author comes before the board", async () => {
  const asked = await submit("P2", [450, 550], "waiters");
  expect(counted(asked)).toEqual(to("commentary-request", "p2.author@example.org"));
  const approved = (first.thresholds ?? "").replace("2023-01,,draft", "2023-01,,approved");
  const mails = await load({ thresholds: approved });
  expect(counted(mails)).toEqual([
    ...to("action-plan-request", "p2.owner@example.org"),
    ...to("digest", "both@example.org", "ele.chair@example.org", ...slt),
  ]);
  await load({ thresholds: first.thresholds ?? "" });
});

test("a metric that moves to another board takes its cases there, and old cases are told nobody twice", async () => {
  await submit("P3", [1, 4]);
  const [before] = await casesOf(pipeline.api, "P3", "forum=QUA");
  expect(before?.standing).toBe(true);
  const moved = await load({
    metrics: first.metrics.replace("falls,Falls with harm,,QUA", "falls,Falls with harm,,ELE"),
  });
  expect(await casesOf(pipeline.api, "P3", "forum=QUA")).toEqual([]);
  const [after] = await casesOf(pipeline.api, "P3", "forum=ELE");
  expect(after).toMatchObject({ id: before?.id, area: "ELE", standing: true });
  expect(
    moved.filter(({ to: whom }) => whom === "qua.chair@example.org").filter(({ kind }) => kind === "digest"),
  ).toEqual([]);
  // From now on its new board hears of it.
  await pipeline.put("2024-01-20T10:00:00Z");
  const file = fileOf("P3", run({ organisation: "P3", metric: "falls", from: "2023-12" }, [6]));
  const up = await mailsOf(pipeline, () => pipeline.submit(file));
  expect(counted(up)).toEqual(
    expect.arrayContaining(to("digest", "both@example.org", "ele.chair@example.org", ...slt)),
  );
});

test("an organisation that closes ends what stands of it: withdrawn, because it closed, told to those told before", async () => {
  const file = fileOf("P4", run({ organisation: "P4", metric: "wait-4h", from: "2023-11" }, [90, 75]));
  expect(counted(await mailsOf(pipeline, () => pipeline.submit(file)))).toEqual([
    ...to("action-plan-request", "p4.owner@example.org"),
    ...to("digest", "both@example.org", "uec.chair@example.org"),
  ]);
  const closing = first.organisations.replace(
    "P4,Provider P4,provider,ICS,,",
    "P4,Provider P4,provider,ICS,,2024-01-31",
  );
  expect(counted(await load({ organisations: closing }))).toEqual([]);
  expect((await casesOf(pipeline.api, "P4"))[0]?.standing).toBe(true);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-01T12:00:00Z"));
  const [ended] = await casesOf(pipeline.api, "P4", "history=all");
  expect(ended?.standing).toBe(false);
  expect(ended?.events.at(-1)).toMatchObject({ event: "withdrawn", tier: "none", reasons: [{ rule: "closed" }] });
  const of = mails.filter(({ kind, escalations }) => kind === "digest" && escalations.includes(ended?.id ?? ""));
  expect(counted(of)).toEqual(to("digest", "both@example.org", "p4.owner@example.org", "uec.chair@example.org"));
  expect(of[0]?.text).toContain("The organisation closed");
  // Nobody is chased for the plan any more, nor for figures of a month after it.
  expect(ended?.actionPlan?.status).toBe("withdrawn");
  await pipeline.put("2024-02-20T12:00:00Z");
  const later = await mailsOf(pipeline, () => pipeline.put("2024-03-20T12:00:00Z"));
  expect(later.filter(({ to: whom }) => whom.startsWith("p4."))).toEqual([]);
});
