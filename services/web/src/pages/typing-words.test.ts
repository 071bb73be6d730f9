import type { CurrentCatalogue } from "@signalbox/db";
import { expect, test } from "vitest";
import { withoutWhatHolds } from "./typing-words.ts";

const metric = { unit: "percent", scale: [], decimals: 1 };
const catalogue = { metrics: new Map([["sickness", metric]]) } as unknown as CurrentCatalogue;
const held = { value: 6.4327, noValue: null };
const row = { metric: "sickness", plan: null, held, last: [] };
const rows = [row];
const sickness = (value: string, comment = "") => ({ sickness: { answer: "value" as const, value, comment } });

test.each(["6.4", "6.4%", " 6.43 "])("%s typed over 6.4% is no correction", (value) => {
  expect(withoutWhatHolds(catalogue, rows, sickness(value)).sickness?.answer).toBe("leave");
});

test.each([["6.5"], ["6,4"], [""]])("%s typed over 6.4% is sent as it is", (value) => {
  expect(withoutWhatHolds(catalogue, rows, sickness(value))).toEqual(sickness(value));
});

test("a comment is sent, and so is what nothing holds for", () => {
  expect(withoutWhatHolds(catalogue, rows, sickness("6.4", "checked"))).toEqual(sickness("6.4", "checked"));
  expect(withoutWhatHolds(catalogue, [{ ...row, held: null }], sickness("6.4"))).toEqual(sickness("6.4"));
});
