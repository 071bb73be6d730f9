import { describe, expect, test } from "vitest";
import { formatPeriod } from "./period.ts";
import { type Asked, askedPeriods, nextAskedPeriod, nextAsking } from "./source-asking.ts";

const at = (text: string) => Temporal.Instant.from(text);
const monthly = {
  name: "ae",
  organisation: "NW",
  template: null,
  url: "https://figures.example.org/{yyyy}-{mm}.csv",
  workingDay: 8,
};
const periodsAt = (now: string, source = monthly, frequency: "monthly" | "quarterly" = "monthly") =>
  askedPeriods(source, at(now)).map(({ period }) => formatPeriod(period, frequency));

describe("which periods are asked for", () => {
  test("the last three whose working day has begun, by London's midnight", () => {
    // The eighth working day of June 2024 is Wednesday the 12th; British Summer Time is an hour ahead.
    expect(periodsAt("2024-06-11T22:59:59Z")).toEqual(["2024-02", "2024-03", "2024-04"]);
    expect(periodsAt("2024-06-11T23:00:00Z")).toEqual(["2024-03", "2024-04", "2024-05"]);
    expect(periodsAt("2024-06-30T12:00:00Z")).toEqual(["2024-03", "2024-04", "2024-05"]);
  });

  test("those of a working day two months later just as well", () => {
    expect(periodsAt("2024-06-30T12:00:00Z", { ...monthly, workingDay: 45 })).toEqual([
      "2024-01",
      "2024-02",
      "2024-03",
    ]);
  });

  test("quarters, where the address names the quarter", () => {
    const quarterly = { ...monthly, url: "https://figures.example.org/{fy}-q{q}.csv" };
    expect(periodsAt("2024-07-11T12:00:00Z", quarterly, "quarterly")).toEqual([
      "2023/24 Q3",
      "2023/24 Q4",
      "2024/25 Q1",
    ]);
    expect(periodsAt("2024-07-10T12:00:00Z", quarterly, "quarterly").at(-1)).toBe("2024/25 Q1");
    expect(periodsAt("2024-07-09T12:00:00Z", quarterly, "quarterly").at(-1)).toBe("2023/24 Q4");
  });

  test("each is late at eight on the second working day after, over a weekend too", () => {
    const [may] = askedPeriods({ ...monthly, workingDay: 10 }, at("2024-06-16T12:00:00Z")).slice(-1);
    expect([may?.from.toString(), may?.lateAt.toString()]).toEqual(["2024-06-13T23:00:00Z", "2024-06-18T07:00:00Z"]);
  });

  test("the next one begins on its own working day", () => {
    expect(nextAskedPeriod(monthly, at("2024-06-11T22:59:59Z")).toString()).toBe("2024-06-11T23:00:00Z");
    expect(nextAskedPeriod(monthly, at("2024-06-11T23:00:00Z")).toString()).toBe("2024-07-09T23:00:00Z");
  });
});

describe("when to ask again, and whom to chase", () => {
  const lateAt = at("2024-06-14T07:00:00Z");
  const early = "2024-06-12T09:00:00Z";
  const late = "2024-06-14T07:00:00Z";
  const gone: Asked = { kind: "not-there", why: "404" };
  const broken: Asked = { kind: "failed", why: "503" };
  const asks = (after: string): Asked => ({ kind: "failed", why: "503", after: at(after) });

  const table: readonly (readonly [
    name: string,
    asked: Asked,
    given: { failures: number; hasCome: boolean; now: string },
    expected: readonly [nextAt: string, failures: number, chase: string | null],
  ])[] = [
    [
      "it came: tomorrow",
      { kind: "came" },
      { failures: 5, hasCome: false, now: early },
      ["2024-06-13T09:00:00Z", 0, null],
    ],
    [
      "it is as it was: tomorrow",
      { kind: "unchanged" },
      { failures: 2, hasCome: true, now: late },
      ["2024-06-15T07:00:00Z", 0, null],
    ],
    [
      "it is not there yet: in an hour",
      gone,
      { failures: 2, hasCome: false, now: early },
      ["2024-06-12T10:00:00Z", 0, null],
    ],
    [
      "just before it is late: when it is",
      gone,
      { failures: 0, hasCome: false, now: "2024-06-14T06:30:00Z" },
      [late, 0, null],
    ],
    [
      "it is late: chased, in six hours",
      gone,
      { failures: 0, hasCome: false, now: late },
      ["2024-06-14T13:00:00Z", 0, "late"],
    ],
    [
      "it came and was taken away: tomorrow",
      gone,
      { failures: 0, hasCome: true, now: late },
      ["2024-06-15T07:00:00Z", 0, null],
    ],
    [
      "it failed once: in an hour",
      broken,
      { failures: 0, hasCome: false, now: early },
      ["2024-06-12T10:00:00Z", 1, null],
    ],
    ["it failed twice: in two", broken, { failures: 1, hasCome: false, now: early }, ["2024-06-12T11:00:00Z", 2, null]],
    [
      "it failed three times: chased, in four",
      broken,
      { failures: 2, hasCome: false, now: early },
      ["2024-06-12T13:00:00Z", 3, "failing"],
    ],
    [
      "it fails for ever: once a day",
      broken,
      { failures: 2000, hasCome: true, now: late },
      ["2024-06-15T07:00:00Z", 2001, "failing"],
    ],
    [
      "it fails and is late: chased",
      broken,
      { failures: 0, hasCome: false, now: late },
      ["2024-06-14T08:00:00Z", 1, "late"],
    ],
    [
      "what has come is never late",
      broken,
      { failures: 0, hasCome: true, now: late },
      ["2024-06-14T08:00:00Z", 1, null],
    ],
    [
      "it says when: then",
      asks("2024-06-12T15:00:00Z"),
      { failures: 0, hasCome: true, now: early },
      ["2024-06-12T15:00:00Z", 1, null],
    ],
    [
      "it says at once: not before an hour",
      asks("2024-06-12T09:00:01Z"),
      { failures: 0, hasCome: true, now: early },
      ["2024-06-12T10:00:00Z", 1, null],
    ],
    [
      "it says next year: tomorrow",
      asks("2025-06-12T09:00:00Z"),
      { failures: 0, hasCome: true, now: early },
      ["2024-06-13T09:00:00Z", 1, null],
    ],
  ];
  test.each(table)("%s", (_, asked, { now, ...given }, [nextAt, failures, chase]) => {
    const next = nextAsking(asked, { ...given, lateAt, now: at(now) });
    expect([next.nextAt.toString(), next.failures, next.chase]).toEqual([nextAt, failures, chase]);
  });
});
