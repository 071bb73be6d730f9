import { expect, test } from "vitest";
import { isAnswer, NAMED_MISSING } from "./no-value.ts";

test.each(["empty", "suppressed", "suspect", "denominator 0", "nil return", "N/A"])(
  "%s answers for a period",
  (reason) => {
    expect(isAnswer(reason)).toBe(true);
  },
);

test("being named as missing by the publisher answers for nothing", () => {
  expect(isAnswer(NAMED_MISSING)).toBe(false);
});
