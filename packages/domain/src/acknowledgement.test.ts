import { expect, test } from "vitest";
import { runsOut } from "./acknowledgement.ts";

test.each([
  ["in winter", "2024-01-10T10:00:00Z", 10, "2024-01-24", "2024-01-25T08:00:00Z"],
  ["over a weekend", "2024-01-12T10:00:00Z", 1, "2024-01-15", "2024-01-16T08:00:00Z"],
  ["over Easter and the clock change", "2024-03-22T10:00:00Z", 5, "2024-04-02", "2024-04-03T07:00:00Z"],
  ["over Christmas", "2024-12-23T10:00:00Z", 3, "2024-12-30", "2024-12-31T08:00:00Z"],
  ["given after midnight in summer time", "2024-07-01T23:30:00Z", 1, "2024-07-03", "2024-07-04T07:00:00Z"],
  ["given on a Sunday", "2024-07-07T10:00:00Z", 1, "2024-07-08", "2024-07-09T07:00:00Z"],
] as const)("an acknowledgement runs out %s", (_when, at, days, expiresOn, lookedAt) => {
  const found = runsOut(Temporal.Instant.from(at), days);
  expect([found.expiresOn.toString(), found.lookedAt.toString()]).toEqual([expiresOn, lookedAt]);
});

test("none lasts no day at all", () => {
  expect(() => runsOut(Temporal.Instant.from("2024-01-10T10:00:00Z"), 0)).toThrow(RangeError);
});
