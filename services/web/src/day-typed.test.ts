import { expect, test } from "vitest";
import { dayTyped } from "./day-typed.ts";

test.each(["8/12/2026", "08/12/2026", " 8 December 2026 ", "8 dec 2026", "2026-12-08"])("%s is a day", (text) => {
  expect(dayTyped(text)?.toString()).toBe("2026-12-08");
});

test.each(["", "31/2/2026", "31 June 2026", "8 Decade 2026", "8 xyz 2026", "December 2026", "8/13/2026"])(
  "%j is none",
  (text) => {
    expect(dayTyped(text)).toBeNull();
  },
);
