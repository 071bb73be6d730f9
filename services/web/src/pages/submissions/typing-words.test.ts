import type { CurrentCatalogue } from "@signalbox/db";
import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { canonicalFile, faultOf, isSent } from "./typed-figures.ts";
import { withoutWhatHolds } from "./typing-words.ts";

const metric = { unit: "percent", scale: [], decimals: 1 };
const catalogue = { metrics: new Map([["sickness", metric]]) } as unknown as CurrentCatalogue;
const held = { value: 6.4327, noValue: null };
const row = { metric: "sickness", plan: null, held, last: [] };
const rows = [row];
const sickness = (value: string, comment = "") => ({
  sickness: { answer: "value" as const, value, numerator: "", denominator: "", comment },
});

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

const parts = (numerator: string, denominator: string, value = "") => ({
  ...sickness(value).sickness,
  numerator,
  denominator,
});
const named = { name: "Sickness", unit: "percent", scale: [] } as const;

test("a ratio is sent by its parts, with a value or without", () => {
  expect([isSent(parts("12", "240")), isSent(parts("", ""))]).toEqual([true, false]);
  const figures = { sickness: parts("1,204", "24000") };
  const { bytes } = canonicalFile({ organisation: "RA", period: asPeriod(12 * 2024 + 2), figures }, "monthly");
  expect(String(bytes).split("\r\n")).toEqual([
    "period,organisation,metric,value,numerator,denominator,comment",
    '2024-03,RA,sickness,,"1,204",24000,',
    "",
  ]);
  expect(withoutWhatHolds(catalogue, rows, { sickness: parts("64", "1000", "6.4") }).sickness?.answer).toBe("value");
});

test.each([
  ["12", "", "denominator"],
  ["", "12", "numerator"],
  ["twelve", "12", "numerator"],
  ["12", "=1+1", "denominator"],
  ["12", "9".repeat(101), "denominator"],
])("parts %s and %s are no ratio", (numerator, denominator, field) => {
  expect(faultOf(parts(numerator, denominator), named)?.field).toBe(field);
});

test("whole parts are, and none go with a nil return", () => {
  expect(faultOf(parts("12", "240.5"), named)).toBeNull();
  expect(faultOf({ ...parts("12", "240"), answer: "nil" }, named)?.field).toBe("value");
});
