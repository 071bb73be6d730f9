/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { parseTemplate } from "@signalbox/formats";
import { expect, test } from "vitest";
import { templateChecks } from "./template-checks.ts";

const said = [
  { check: "range", from: 0, to: 100, then: "mark" },
  { check: "jump", times: 12, then: "keep-out" },
  { check: "sudden-zero", after: 1000, then: "mark" },
];
const asked = { range: null, jump: { times: 12, outcome: "keep-out" }, zero: { after: 1000, outcome: "mark" } };

function templateWith(metrics: unknown) {
  const read = parseTemplate({
    name: "beds",
    title: "Beds",
    columns: {
      month: { headers: ["Month"] },
      code: { headers: ["Code"] },
      beds: { headers: ["Beds"] },
      what: { headers: ["What"] },
    },
    period: { from: "cell", columns: ["month"] },
    organisation: { from: "cell", column: "code" },
    metrics,
  });
  if (!("template" in read)) throw new Error(read.faults.join("\n"));
  return read.template;
}

test("a template's checks are kept by metric; one that finds metrics in cells says the same of each", () => {
  const value = { plus: ["beds"] };
  const list = templateWith([
    { metric: "beds", value, checks: said },
    { metric: "falls", value },
  ]);
  expect(templateChecks(list, ["beds", "falls"])).toEqual({ beds: asked });
  const found = templateWith({ from: "cell", column: "what", value, checks: said });
  expect(templateChecks(found, ["beds", "falls"])).toEqual({ beds: asked, falls: asked });
  expect(templateChecks(null, ["beds"])).toEqual({});
});
