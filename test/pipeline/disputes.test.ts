import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { casesOf } from "./cases.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  const protocol = {
    ...seriesProtocol,
    preview: { workingDays: 2 },
    digest: { slt: "08:30", board: "08:30" },
    dispute: { workingDays: 5 },
  };
  pipeline = await startPipeline({ catalogue: withProviders(["P1", "P2", "P3", "P4"], { protocol }) });
  // A Tuesday; December's submission day was the day before.
  await pipeline.put("2024-01-16T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

const leaders = ["digest qua.chair@example.org", "digest slt.chair@example.org", "digest slt.member@example.org"];
const bad = (organisation: string, value = 6, metric = "falls") =>
  fileOf(organisation, run({ organisation, metric, from: "2023-11" }, [metric === "falls" ? 1 : 0, value]));

async function submitted(organisation: string, value?: number, metric?: string): Promise<string> {
  let ids: string[] = [];
  await mailsOf(pipeline, async () => {
    ids = await pipeline.submit(bad(organisation, value, metric));
  });
  return ids[0] ?? "";
}

async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await pipeline.api.request(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const dispute = (id: string, organisation: string, metric = "falls") =>
  post(`/submissions/${id}/dispute`, { metric, organisation, period: "2023-12", reason: "Counted twice" });

/** What leaders heard of a provider while the clock went on to a moment. */
async function heard(now: string, organisation: string): Promise<string[]> {
  const mails = await mailsOf(pipeline, () => pipeline.put(now));
  return counted(mails.filter(({ text }) => text.includes(`Provider ${organisation}`))).filter((line) =>
    leaders.includes(line),
  );
}

async function planDueOn(organisation: string): Promise<{ due_on: string; paused_until: string | null } | undefined> {
  const { rows } = await sql<{ due_on: string; paused_until: string | null }>`select due_on, paused_until from request
    where kind = 'action-plan' and organisation = ${organisation} and ended_at is null`.execute(pipeline.db);
  return rows[0];
}

test("holds what leaders have not heard, and the clock, until its days ran out; then both go on", async () => {
  const id = await submitted("P1");
  expect(await planDueOn("P1")).toEqual({ due_on: "2024-01-30", paused_until: null });
  const answer = await dispute(id, "P1");
  expect(answer).toMatchObject({ status: 200, body: { until: "2024-01-23T10:00:00Z", ended: null } });
  expect((await dispute(id, "P1")).status).toBe(409);
  expect(await planDueOn("P1")).toEqual({ due_on: "2024-02-06", paused_until: "2024-01-23" });
  // A release by a person does not end it: nobody hears, and no forum sees the case.
  expect((await post(`/submissions/${id}/release`, {})).status).toBe(200);
  expect(await heard("2024-01-23T09:00:00Z", "P1")).toEqual([]);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toEqual([]);
  expect(await heard("2024-01-24T08:30:00Z", "P1")).toEqual(leaders);
  expect(await casesOf(pipeline.api, "P1", "forum=SLT")).toHaveLength(1);
  expect(await planDueOn("P1")).toEqual({ due_on: "2024-02-06", paused_until: null });
  const { items } = await pipeline.api.get<{ items: { ended: object }[] }>(`/submissions/${id}/disputes`);
  expect(items[0]?.ended).toMatchObject({ why: "ran-out" });
});

test("settled, what waited leaves with the next digest, and the days that were not needed are given back", async () => {
  // Wednesday the 24th at half past eight.
  const id = await submitted("P2");
  const { body } = await dispute(id, "P2");
  expect(await planDueOn("P2")).toMatchObject({ due_on: "2024-02-14" });
  // The preview ended on Friday; on Monday the submitter stands by the figure.
  expect(await heard("2024-01-29T10:00:00Z", "P2")).toEqual([]);
  expect((await post(`/disputes/${String(body["id"])}/settlement`, { note: "Checked: it is right" })).status).toBe(200);
  expect((await post(`/disputes/${String(body["id"])}/settlement`, { note: "Again" })).status).toBe(409);
  expect(await planDueOn("P2")).toEqual({ due_on: "2024-02-12", paused_until: null });
  expect(await heard("2024-01-30T08:30:00Z", "P2")).toEqual(leaders);
});

test("restated, the dispute is over, leaders hear of the right figure alone, and nothing holds it for longer", async () => {
  const id = await submitted("P3");
  await dispute(id, "P3");
  await heard("2024-02-05T10:00:00Z", "P3");
  const again = await submitted("P3", 7);
  const { items } = await pipeline.api.get<{ items: { ended: object }[] }>(`/submissions/${id}/disputes`);
  expect(items[0]?.ended).toMatchObject({ why: "restated" });
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-08T08:30:00Z"));
  const told = mails.filter(({ kind, text }) => kind === "digest" && text.includes("Provider P3"));
  expect(counted(told)).toEqual(leaders);
  expect(told[0]?.text).not.toContain("restated");
  expect((await dispute(id, "P3")).status).toBe(409);
  expect(again).not.toBe(id);
  // Its days were over on the 6th: whoever sends it anew each time would delay for ever.
  expect(await dispute(again, "P3")).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("as long as the protocol allows") },
  });
});

test("what is urgent is told at once, and is marked while it is disputed", async () => {
  await pipeline.put("2024-02-08T10:00:00Z");
  const id = await submitted("P4", 2, "never");
  const { status } = await dispute(id, "P4", "never");
  expect(status).toBe(200);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-02-09T08:30:00Z"));
  const digest = mails.find(({ kind, text }) => kind === "digest" && text.includes("Provider P4"));
  expect(digest?.text).toContain("Disputed until 15 February 2024");
});
