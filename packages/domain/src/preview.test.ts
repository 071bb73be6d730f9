import { describe, expect, test } from "vitest";
import { previewEnds, unsignedFrom } from "./preview.ts";

const london = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/London]`).toInstant();
const shown = (moment: Temporal.Instant) =>
  moment.toZonedDateTimeISO("Europe/London").toString({ timeZoneName: "never", offset: "never" }).slice(0, 16);

test.each([
  ["at once without one", "2024-01-15T10:00", 0, "2024-01-15T10:00"],
  ["after so many working days, at the same time", "2024-01-15T10:00", 2, "2024-01-17T10:00"],
  ["over a weekend", "2024-01-19T10:00", 2, "2024-01-23T10:00"],
  ["over Christmas", "2024-12-24T16:30", 2, "2024-12-30T16:30"],
  ["by London's clock, over the change to summer time", "2024-03-28T10:00", 2, "2024-04-03T10:00"],
])("a preview ends %s", (_, read, days, ends) => {
  expect(shown(previewEnds(london(read), days))).toBe(ends);
});

describe("what nobody signs off is released", () => {
  const rules = { preview: { workingDays: 2 }, reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 } };
  test("a level's working days after the preview", () => {
    expect(shown(unsignedFrom(london("2024-01-15T10:00"), rules))).toBe("2024-01-24T10:00");
  });
  test("in the end, whatever the protocol leaves out", () => {
    expect(shown(unsignedFrom(london("2024-01-15T10:00"), { preview: { workingDays: 0 } }))).toBe("2024-01-22T10:00");
    const none = { ...rules, reminders: { workingDaysBefore: 0, workingDaysPerLevel: 0 } };
    expect(shown(unsignedFrom(london("2024-01-15T10:00"), none))).toBe("2024-01-18T10:00");
  });
});
