import { expect, test } from "vitest";
import { frozenFrom, isWritable, type WrittenUntil } from "./frozen.ts";

const at = (text: string) => Temporal.Instant.from(text);
const asked: WrittenUntil = {
  papersDueAt: null,
  dueOn: "2026-12-18",
  submitted: at("2026-12-15T00:00:00Z"),
  workingDaysPerLevel: 5,
  dueWorkingDays: 5,
};

test.each([
  ["when the papers are due", { papersDueAt: at("2026-12-16T17:00:00Z") }, "2026-12-16T17:00:00Z"],
  ["papers that are due after the request's day", { papersDueAt: at("2027-01-08T17:00:00Z") }, "2027-01-08T17:00:00Z"],
  ["a level after its day, Christmas and the weekends left out", {}, "2026-12-30T00:00:00Z"],
  ["a level after the day it would have been due, where nobody was asked", { dueOn: null }, "2027-01-01T00:00:00Z"],
  ["on the other side of Easter and of the clocks going forward", { dueOn: "2027-03-19" }, "2027-03-30T23:00:00Z"],
])("it is frozen: %s", (_when, other, frozen) => {
  expect(frozenFrom({ ...asked, ...other }).toString()).toBe(frozen);
});

test("it is written until then, and again while somebody has opened it", () => {
  const frozen = at("2026-12-16T17:00:00Z");
  const opened = [{ until: at("2026-12-20T00:00:00Z") }];
  expect(isWritable(frozen, [], at("2026-12-16T16:59:59Z"))).toBe(true);
  expect(isWritable(frozen, [], frozen)).toBe(false);
  expect(isWritable(frozen, opened, frozen)).toBe(true);
  expect(isWritable(frozen, opened, at("2026-12-20T00:00:00Z"))).toBe(false);
});
