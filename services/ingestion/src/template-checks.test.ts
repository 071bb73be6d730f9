/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import type { Template } from "@signalbox/formats";
import { expect, test } from "vitest";
import { templateChecks } from "./template-checks.ts";

const said = [
  { check: "range", from: 0, to: 100, then: "mark" },
  { check: "jump", times: 12, then: "keep-out" },
  { check: "sudden-zero", after: 1000, then: "mark" },
];
const asked = { range: null, jump: { times: 12, outcome: "keep-out" }, zero: { after: 1000, outcome: "mark" } };

test("a template's checks are kept by metric; one that finds metrics in cells says the same of each", () => {
  const list = {
    metrics: [
      { metric: "beds", checks: said },
      { metric: "falls", checks: [] },
    ],
  } as unknown as Template;
  expect(templateChecks(list, ["beds", "falls"])).toEqual({ beds: asked });
  const found = { metrics: { from: "cell", checks: said } } as unknown as Template;
  expect(templateChecks(found, ["beds", "falls"])).toEqual({ beds: asked, falls: asked });
  expect(templateChecks(null, ["beds"])).toEqual({});
});
