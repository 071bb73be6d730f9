import { readMeetings } from "@signalbox/catalogue";
import { addWorkingDays, dayOf, formatPeriod, isWorkingDay, submissionDay } from "@signalbox/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkedCatalogue } from "./checked-catalogue.ts";
import { demoCatalogue, demoFiles } from "./generate.ts";
import { everyMetric } from "./shapes/every-metric.ts";
import { demoMeetings } from "./meetings.ts";
import { lastMonth, MONTHS } from "./span.ts";

const DAY = Temporal.PlainDate.from("2026-11-21");
const anyDay = fc.integer({ min: 0, max: 9000 }).map((days) => Temporal.PlainDate.from("2026-01-01").add({ days }));

test("the same day gives the same bytes", () => {
  expect(demoFiles(DAY)).toEqual(demoFiles(DAY));
  expect(demoCatalogue(DAY)).toEqual(demoCatalogue(DAY));
});

test("a day with the same last month gives the same bytes, one with a later month others", () => {
  expect(demoFiles(DAY.add({ days: 3 }))).toEqual(demoFiles(DAY));
  expect(demoFiles(DAY.add({ months: 1 }))).not.toEqual(demoFiles(DAY));
});

test("forums meet each month of the coming year, on working days, with papers before", async () => {
  const text = demoMeetings(DAY);
  expect(demoMeetings(DAY)).toBe(text);
  const { meetings, problems } = await readMeetings(Buffer.from(text), { forums: forumsOf(demoCatalogue(DAY)) });
  expect(problems).toEqual([]);
  const ahead = meetings.filter(({ startsAt }) => dayOf(startsAt).toString() > DAY.toString());
  for (const forum of forumsOf(demoCatalogue(DAY)))
    expect(ahead.filter((one) => one.forum === forum).length).toBeGreaterThanOrEqual(12);
  expect(meetings.filter(({ startsAt }) => !isWorkingDay(dayOf(startsAt)))).toEqual([]);
});

test("the last month is the one whose submission day was the last to pass", () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const last = lastMonth(today);
      const passed = submissionDay(last, "monthly", 10);
      const next = submissionDay((last + 1) as typeof last, "monthly", 10);
      expect(Temporal.PlainDate.compare(passed, today)).toBe(-1);
      expect(Temporal.PlainDate.compare(next, today)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("on a submission day its month is not the last yet, on the day after it is", () => {
  const month = lastMonth(DAY);
  const day = submissionDay(month, "monthly", 10);
  expect(lastMonth(day)).toBe(month - 1);
  expect(lastMonth(addWorkingDays(day, 1))).toBe(month);
});

test("there are figures for thirty months, each in one file, and none after the last", () => {
  const periods = demoFiles(DAY)
    .filter(({ filename }) => !filename.includes("restated"))
    .flatMap(({ bytes }) => bytes.toString().split("\r\n").slice(1, -1))
    .filter((row) => row.includes(",FNH,handover-60,"))
    .map((row) => row.slice(0, 7));
  const last = lastMonth(DAY);
  expect(periods).toHaveLength(MONTHS);
  expect(new Set(periods).size).toBe(MONTHS);
  expect(periods.toSorted().at(-1)).toBe(formatPeriod(last, "monthly"));
});

test("the catalogue passes its check on any day", async () => {
  await fc.assert(
    fc.asyncProperty(anyDay, async (today) => {
      await checkedCatalogue(today);
    }),
    { numRuns: 10 },
  );
});

test("the catalogue has every unit, both frequencies, every aggregation, and a shape for each metric", async () => {
  const { metrics, organisations, forums, people } = await checkedCatalogue(DAY);
  expect(new Set(metrics.map(({ unit }) => unit)).size).toBe(7);
  expect(new Set(metrics.map(({ frequency }) => frequency)).size).toBe(2);
  expect(new Set(metrics.map(({ aggregation }) => aggregation)).size).toBe(3);
  expect(new Set(metrics.map(({ accumulates }) => accumulates)).size).toBe(4);
  expect(metrics.map(({ code }) => code)).toEqual(everyMetric.map(({ metric }) => metric));
  expect(metrics.length).toBeGreaterThanOrEqual(20);
  expect(organisations.filter(({ kind }) => kind === "provider")).toHaveLength(5);
  expect(forums.filter(({ tier }) => tier === "board")).toHaveLength(5);
  expect(people.every(({ email }) => email.endsWith("@example.org"))).toBe(true);
});

test("each metric is written as its unit, frequency and accumulation in the catalogue say", async () => {
  const { metrics } = await checkedCatalogue(DAY);
  for (const shape of everyMetric) {
    const metric = metrics.find(({ code }) => code === shape.metric);
    expect(shape.frequency ?? "monthly", shape.metric).toBe(metric?.frequency);
    expect(shape.accumulates ?? "none", shape.metric).toBe(metric?.accumulates);
    expect(unitsOf[shape.written], shape.metric).toBe(metric?.unit);
  }
});

const unitsOf = {
  share: "percent",
  percent: "percent",
  rate: "rate",
  decimal: "rate",
  whole: "count",
  volume: "count",
  duration: "duration",
  money: "money",
  grade: "ordinal",
  yesno: "yesno",
} as const;

function forumsOf(catalogue: ReadonlyMap<string, string>): Set<string> {
  const [, ...rows] = (catalogue.get("forums.csv") ?? "").trim().split(/\r?\n/);
  return new Set(rows.map((row) => row.split(",", 1)[0] ?? ""));
}
