import { expect, test } from "vitest";
import { dayOf, isDigestSetting, nextDigest, nextWorkingMoment, startOfDay } from "./digest.ts";

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);

test.each([
  ["on the same day, if the time is still ahead", "2024-03-27T08:00:00Z", "2024-03-27T08:30:00Z"],
  ["at once, if it is just that time", "2024-03-27T08:30:00Z", "2024-03-27T08:30:00Z"],
  ["on the next day, if the time has gone by", "2024-03-27T08:30:01Z", "2024-03-28T08:30:00Z"],
  ["after Easter, in summer time", "2024-03-28T12:00:00Z", "2024-04-02T07:30:00Z"],
  ["on Monday, from a Saturday's small hours", "2024-06-08T02:00:00Z", "2024-06-10T07:30:00Z"],
])("a digest of 08:30 leaves %s", (_, from, expected) => {
  expect(nextDigest(instant(from), "08:30").toString()).toBe(expected);
});

test("a duration counts from the decision, whatever day it is", () => {
  expect(nextDigest(instant("2024-03-30T23:50:00Z"), "PT30M").toString()).toBe("2024-03-31T00:20:00Z");
  expect(nextDigest(instant("2024-03-30T23:50:00Z"), "PT0S").toString()).toBe("2024-03-30T23:50:00Z");
});

test("without a setting a digest leaves at once", () => {
  expect(nextDigest(instant("2024-03-30T23:50:00Z"), undefined).toString()).toBe("2024-03-30T23:50:00Z");
});

test.each(["8:30", "24:00", "P1D", "PT", "30M", "", "08:30:00", "PT-1H"])("%o is no digest setting", (setting) => {
  expect(isDigestSetting(setting)).toBe(false);
  expect(() => nextDigest(instant("2024-03-27T08:00:00Z"), setting)).toThrow(RangeError);
});

test("a day begins at London midnight", () => {
  expect(startOfDay(Temporal.PlainDate.from("2024-07-01")).toString()).toBe("2024-06-30T23:00:00Z");
  expect(dayOf(instant("2024-06-30T23:00:00Z")).toString()).toBe("2024-07-01");
});

test("the next working moment of a working day before that time is that day's", () => {
  expect(nextWorkingMoment(instant("2024-01-02T07:00:00Z"), "08:00").toString()).toBe("2024-01-02T08:00:00Z");
});
