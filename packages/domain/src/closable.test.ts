import { expect, test } from "vitest";
import { type Closing, mayClose } from "./closable.ts";

const stands: Closing = {
  concern: "performance",
  standing: true,
  inCatalogue: true,
  withoutFigure: 0,
  byLimit: true,
  limited: true,
};
const cases: [string, Partial<Closing>, boolean][] = [
  ["a figure can still end it", {}, false],
  ["its figure is late by two months", { withoutFigure: 2 }, false],
  ["its figure has not come for three", { withoutFigure: 3 }, true],
  ["its limit was withdrawn", { limited: false }, true],
  ["no limit rates it and none ever raised it", { limited: false, byLimit: false }, false],
  ["its metric is gone", { inCatalogue: false }, true],
  ["a return may still come", { concern: "reporting", withoutFigure: 2, limited: false }, false],
  ["no return comes any more", { concern: "reporting", withoutFigure: 3 }, true],
  ["areas whose figures come", { concern: "several-areas", limited: false }, false],
  ["areas of which nothing comes", { concern: "several-areas", withoutFigure: 4 }, true],
  ["it has ended", { standing: false, withoutFigure: 9 }, false],
];

test.each(cases)("closing a case: %s", (_, facts, may) => {
  const found = mayClose({ ...stands, ...facts }, "monthly");
  expect(found.may).toBe(may);
  expect(found.why).toMatch(/^[A-Z].+\.$/);
});
