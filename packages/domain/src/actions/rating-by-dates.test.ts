import { expect, test } from "vitest";
import { embeddingDue, ratingByDates } from "./rating-by-dates.ts";

const day = (text: string) => Temporal.PlainDate.from(text);

test.for([
  // due, done, today, rating
  ["2024-05-10", null, "2024-01-01", "on-track"],
  ["2024-05-10", null, "2024-05-10", "on-track"],
  ["2024-05-10", null, "2024-05-11", "off-track"],
  ["2024-05-10", null, "2024-06-10", "off-track"],
  ["2024-05-10", null, "2024-06-11", "overdue"],
  ["2024-01-31", null, "2024-02-29", "off-track"],
  ["2024-01-31", null, "2024-03-01", "overdue"],
  ["2023-01-31", null, "2023-02-28", "off-track"],
  ["2023-01-31", null, "2023-03-01", "overdue"],
  ["2023-12-31", null, "2024-01-31", "off-track"],
  ["2024-02-29", null, "2024-03-30", "overdue"],
  ["2024-05-10", "2024-05-01", "2024-05-01", "complete"],
  ["2024-05-10", "2024-09-01", "2024-10-01", "complete"],
  ["2024-05-10", "2024-09-01", "2024-08-31", "overdue"],
  [null, null, "2044-01-01", "on-track"],
  [null, "2024-05-01", "2024-05-02", "complete"],
] as const)("due %s, done %s, on %s it is %s", ([dueOn, doneOn, today, expected]) => {
  const dates = { dueOn: dueOn === null ? null : day(dueOn), doneOn: doneOn === null ? null : day(doneOn) };
  expect(ratingByDates(dates, day(today))).toBe(expected);
});

test("should be normal practice so many working days after it was delivered, over Easter", () => {
  expect(embeddingDue(day("2024-03-28"), 2)?.toString()).toBe("2024-04-03");
  expect(embeddingDue(day("2024-03-28"), undefined)).toBe(null);
});
