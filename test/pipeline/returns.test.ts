import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { seriesProtocol, withProviders } from "./providers.ts";
import { counted, mailsOf, quiet } from "./quiet.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  // elective is owed by the fifth working day; P7 closed, and P8 took over from it.
  const { people } = withProviders(["P1", "P2", "P3", "P4", "P5", "P6"]);
  const organisations = [
    ...["P1", "P2", "P3", "P4", "P5", "P6", "P8"].map((code) => `${code},Provider ${code},provider,ICS,,`),
    "P7,Provider P7,provider,ICS,,2023-12-20",
  ];
  pipeline = await startPipeline({
    catalogue: {
      ...inventedSystem,
      protocol: seriesProtocol,
      organisations: [inventedSystem.organisations, ...organisations].join("\n"),
      people: `${people}\nics.executive@example.org,ICS executive,executive,,ICS`,
      metrics: inventedSystem.metrics.replace("monthly,none,0,,none,,,no", "monthly,none,0,,none,,5,no"),
    },
  });
  await pipeline.put("2023-12-20T10:00:00Z");
  for (const code of ["P1", "P2", "P3", "P4", "P5", "P6", "P7"]) await submit(code, "2023-10", [1, 1]);
  await submit("P3", "2023-10", [200, 200], "elective");
  await quiet(pipeline);
}, 60_000);
afterAll(() => pipeline.close());

function submit(organisation: string, from: string, values: (number | string | null)[], metric = "falls") {
  const file = fileOf(organisation, run({ organisation, metric, from }, values));
  return mailsOf(pipeline, () => pipeline.submit(file));
}

interface ShownReturn {
  readonly organisation: string;
  readonly frequency: string;
  readonly dueWorkingDay: number;
  readonly period: string;
  readonly dueOn: string;
  readonly status: string;
  readonly late: boolean;
  readonly receivedAt: string | null;
  readonly submissions: readonly string[];
  readonly metrics: readonly { readonly metric: string; readonly status: string; readonly value?: number | null }[];
}

const returns = (query: string) => pipeline.api.list<ShownReturn>(`/returns?${query}`);
const statuses = async (query: string) => (await returns(query)).map(({ period, status }) => `${period} ${status}`);

/** Who was chased between now and then. */
async function chasedBy(now: string): Promise<string[]> {
  const mails = await mailsOf(pipeline, () => pipeline.put(now));
  return counted(mails.filter(({ kind }) => kind === "submission-missing")).map((line) =>
    line.replace("submission-missing ", "").replace("@example.org", ""),
  );
}

describe("over Christmas and the New Year", () => {
  test("asks two working days before the day, once, whoever has not sent it; all of a person's returns in one mail", async () => {
    // December's elective is due on Monday 8 January, its falls on Monday 15 January: New Year's Day is no working day.
    expect(await chasedBy("2024-01-04T07:59:00Z")).toEqual([]);
    expect(await chasedBy("2024-01-04T08:00:00Z")).toEqual(["p3.submitter"]);
    await submit("P1", "2023-12", [1.5]);
    await submit("P2", "2023-12", ["n/a"]);
    await submit("P4", "2023-12", ["nil return"]);
    expect(await chasedBy("2024-01-10T12:00:00Z")).toEqual(["p3.submitter"]);
    expect(await chasedBy("2024-01-11T08:00:00Z")).toEqual(["p3.submitter", "p5.submitter", "p6.submitter"]);
    expect(await chasedBy("2024-01-15T23:59:00Z")).toEqual([]);
  });

  test("on the day after, then the owner, then the executives, five working days apart, until it comes", async () => {
    expect(await chasedBy("2024-01-16T07:59:00Z")).toEqual([]);
    expect(await chasedBy("2024-01-16T08:00:00Z")).toEqual([
      "p3.owner",
      "p3.submitter",
      "p5.submitter",
      "p6.submitter",
    ]);
    await submit("P6", "2023-12", [1.2]);
    expect(await chasedBy("2024-01-23T08:00:00Z")).toEqual(["p3.executive", "p3.owner", "p5.owner"]);
    expect(await chasedBy("2024-01-30T08:00:00Z")).toEqual(["ics.executive", "p3.executive", "p5.executive"]);
    const last = await mailsOf(pipeline, () => pipeline.put("2024-02-06T08:00:00Z"));
    const [toSystem] = last.filter(({ to }) => to === "ics.executive@example.org");
    expect(toSystem?.subject).toContain("Figures still not received: Provider P3 and Provider P5, December 2023");
    expect(last.filter(({ to }) => to === "ics.executive@example.org")).toHaveLength(1);
    expect((await chasedBy("2024-02-12T07:59:00Z")).filter((to) => to.startsWith("p5"))).toEqual([]);
  });

  test("never chases an organisation that has closed, nor one that said nil or not applicable", async () => {
    const chased = await pipeline.api.list<{ kind: string; recipient: string; reason: string }>("/notices");
    const of = (code: string) =>
      chased.filter(({ kind, recipient }) => kind === "submission-missing" && recipient.startsWith(code));
    expect(of("p1")).toEqual([]);
    expect(of("p2")).toEqual([]);
    expect(of("p4")).toEqual([]);
    expect(of("p7")).toEqual([]);
    expect(of("p5").map(({ reason }) => reason)).toEqual([
      "due-soon",
      "missing",
      "raised-to-owner",
      "raised-to-executive",
    ]);
  });
});

test("a return says what came of it", async () => {
  expect(await statuses("organisation=P1&to=2024-01")).toEqual([
    "2023-10 received",
    "2023-11 received",
    "2023-12 received",
    "2024-01 due",
  ]);
  expect((await statuses("organisation=P2&period=2023-12"))[0]).toBe("2023-12 not-applicable");
  expect((await statuses("organisation=P4&period=2023-12"))[0]).toBe("2023-12 nil");
  expect((await statuses("organisation=P7&period=2023-12"))[0]).toBe("2023-12 closed");
  const [late] = await returns("organisation=P5&period=2023-12");
  expect(late).toMatchObject({ dueOn: "2024-01-15", status: "late", late: true, receivedAt: null, submissions: [] });
  const [tardy] = await returns("organisation=P6&period=Dec-23");
  expect(tardy).toMatchObject({ status: "received", late: true, frequency: "monthly", dueWorkingDay: 10 });
  expect(tardy?.receivedAt).toMatch(/^2024-01-16T08:00/);
  expect(tardy?.metrics).toEqual([{ metric: "falls", status: "received", value: 1.2, noValue: null, mark: null }]);
  expect(tardy?.submissions).toHaveLength(1);
});

test("lists those of two days of one organisation apart, and by status", async () => {
  const of = await returns("organisation=P3&period=2023-12");
  expect(of.map(({ dueWorkingDay, dueOn, status }) => [dueWorkingDay, dueOn, status])).toEqual([
    [5, "2024-01-08", "late"],
    [10, "2024-01-15", "late"],
  ]);
  const late = await returns("status=late&period=2023-12");
  expect(late.map(({ organisation }) => organisation)).toEqual(["P3", "P3", "P5"]);
});

test("a month forward at one put runs each chaser at its time: no level is passed over, none told twice", async () => {
  // January's day is 14 February; it came near on the 12th.
  await submit("P5", "2023-12", [1, 1]);
  const mails = await mailsOf(pipeline, () => pipeline.put("2024-03-12T07:00:00Z"));
  const of = (code: string) =>
    counted(mails.filter(({ kind, to }) => kind === "submission-missing" && to.startsWith(code)));
  expect(of("p1")).toEqual([
    "submission-missing p1.executive@example.org",
    "submission-missing p1.owner@example.org",
    "submission-missing p1.submitter@example.org",
    "submission-missing p1.submitter@example.org",
  ]);
  expect(of("p5")).toEqual([]);
  const again = await mailsOf(pipeline, () => pipeline.put("2024-03-12T07:59:00Z"));
  expect(again).toEqual([]);
});

test("chases a return again whose submission was sent in error and withdrawn", async () => {
  const [id] = await pipeline.submit(
    fileOf("P1", run({ organisation: "P1", metric: "falls", from: "2024-01" }, [1.5, 1.5])),
  );
  await quiet(pipeline);
  // February's day is the 14th of March.
  expect((await chasedBy("2024-03-15T12:00:00Z")).filter((to) => to.startsWith("p1"))).toEqual([]);
  const body = JSON.stringify({ reason: "The wrong month's file" });
  const headers = { "content-type": "application/json" };
  const withdrawn = await pipeline.api.request(`/submissions/${id}/withdrawal`, { method: "POST", body, headers });
  expect(withdrawn.ok).toBe(true);
  expect((await returns("organisation=P1&period=2024-02"))[0]).toMatchObject({ status: "late", submissions: [] });
  // A Friday at noon: the chaser leaves at once.
  expect((await chasedBy("2024-03-15T12:00:01Z")).filter((to) => to.startsWith("p1"))).toEqual(["p1.submitter"]);
});

test("begins anew with the submitter when a return that was chased had come and is withdrawn", async () => {
  // P6 has sent nothing since December's: its submitter heard on the 15th of March that February's day has passed.
  const [id] = await pipeline.submit(
    fileOf("P6", run({ organisation: "P6", metric: "falls", from: "2024-01" }, [1.5, 1.5])),
  );
  // Looked at five working days later, when its owner would have heard: it has come.
  expect((await chasedBy("2024-03-22T12:00:00Z")).filter((to) => to.startsWith("p6"))).toEqual([]);
  const body = JSON.stringify({ reason: "The wrong month's file" });
  const headers = { "content-type": "application/json" };
  const withdrawn = await pipeline.api.request(`/submissions/${id}/withdrawal`, { method: "POST", body, headers });
  expect(withdrawn.ok).toBe(true);
  expect((await chasedBy("2024-03-22T12:00:01Z")).filter((to) => to.startsWith("p6"))).toEqual(["p6.submitter"]);
  // Good Friday and Easter Monday are no working days, and summer time has begun.
  expect((await chasedBy("2024-04-02T06:59:00Z")).filter((to) => to.startsWith("p6"))).toEqual([]);
  expect((await chasedBy("2024-04-02T07:00:00Z")).filter((to) => to.startsWith("p6"))).toEqual(["p6.owner"]);
});

test("tells the submitter although a chaser of the round before was dropped before it left", async () => {
  const file = fileOf("P6", run({ organisation: "P6", metric: "falls", from: "2024-01" }, [1.5, 1.5]));
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ reason: "The wrong month's file" });
  // In the night: what is due waits for the morning, and is dropped when the file comes a second time.
  for (const at of ["2024-04-03T02:00:00Z", "2024-04-03T03:00:00Z"]) {
    expect((await chasedBy(at)).filter((to) => to.startsWith("p6"))).toEqual([]);
    const [id] = await pipeline.submit(file);
    await quiet(pipeline);
    expect((await pipeline.api.request(`/submissions/${id}/withdrawal`, { method: "POST", body, headers })).ok).toBe(
      true,
    );
    await quiet(pipeline);
  }
  expect((await chasedBy("2024-04-03T07:00:00Z")).filter((to) => to.startsWith("p6"))).toEqual(["p6.submitter"]);
});
