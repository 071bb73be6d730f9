import { asPeriod } from "@signalbox/domain";
import type { DecidedEvent } from "@signalbox/evaluation";
import { expect, test } from "vitest";
import { nowSaid, wronglyTold } from "./wrongly-told.ts";

function holds(period: number, event: string, tier: DecidedEvent["tier"]): DecidedEvent {
  return { period: asPeriod(period), event, tier, reasons: [], metrics: [], areas: [], restated: false };
}

const told = (...said: { period: number; event: string; tier: string }[]) => ({ said });
const raised = { period: 1, event: "raised", tier: "slt" };

test("is silent while what was said holds", () => {
  expect(wronglyTold(told(raised), [holds(1, "raised", "slt"), holds(2, "continued", "slt")])).toBeNull();
});

test("corrects a case that should not have stood, once", () => {
  expect(wronglyTold(told(raised), [])).toEqual(raised);
  const says = nowSaid(told(raised), []);
  expect(wronglyTold({ said: says }, [])).toBeNull();
});

test("corrects again what was corrected wrongly", () => {
  expect(wronglyTold(told({ period: 1, event: "none", tier: "none" }), [holds(1, "raised", "slt")])).toMatchObject({
    event: "none",
  });
});

test("corrects another tier", () => {
  expect(wronglyTold(told(raised), [holds(1, "raised", "board")])).toEqual(raised);
});

test("does not trouble people over continued or held", () => {
  expect(wronglyTold(told({ period: 2, event: "continued", tier: "slt" }), [holds(2, "held", "slt")])).toBeNull();
});

test("names the latest of several wrongs and sets all of them right", () => {
  const said = told(raised, { period: 3, event: "resolved", tier: "none" });
  const now = [holds(2, "raised", "board"), holds(3, "continued", "board")];
  expect(wronglyTold(said, now)).toMatchObject({ period: 3 });
  expect(nowSaid(said, now)).toEqual([
    { period: 1, event: "none", tier: "none" },
    { period: 3, event: "continued", tier: "board" },
  ]);
});
