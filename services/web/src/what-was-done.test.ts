import { expect, test } from "vitest";
import { saying, wasDone } from "./what-was-done.ts";

test("a page says what was done there, in words of its own alone", () => {
  const { searchParams } = new URL(saying("/escalations/1", "signed-off"), "http://localhost");
  expect(wasDone(Object.fromEntries(searchParams))).toBe("The case is signed off.");
  for (const did of ["", "toString", "<b>", ["accept"]]) expect(wasDone({ did })).toBeUndefined();
  expect(wasDone(null)).toBeUndefined();
});
