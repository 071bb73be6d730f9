import { expect, test } from "vitest";
import type { Period } from "../period.ts";
import { seriesChart } from "./series-chart.ts";

const from = (2024 * 12) as Period;
const quiet = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9];
const of = (values: (number | null)[], changes: { target?: number; newStarts?: number[] } = {}) => ({
  periods: values.map((_, at) => (from + at) as Period),
  values: Float64Array.from(values, (value) => value ?? NaN),
  targets: new Float64Array(values.length).fill(changes.target ?? NaN),
  better: "higher" as const,
  newStarts: (changes.newStarts ?? []).map((at) => (from + at) as Period),
});

test("runs from the first to the last value; empty periods between are missing values, those about it are none", () => {
  const { points } = seriesChart(of([null, ...quiet, null, 10, null, null]));
  expect(points.map((point) => (point === null ? "-" : Number.isNaN(point.value) ? "?" : "o")).join("")).toBe(
    "-oooooooooooo?o--",
  );
});

test("begins anew at a definition change or recalculation, at the first period from it on", () => {
  const { points } = seriesChart(of([...quiet, ...quiet], { newStarts: [-5, 12, 99] }));
  expect(points.map((point) => point?.group).join("")).toBe("0".repeat(12) + "1".repeat(12));
});

test("says how the last value varies and whether its target will be met", () => {
  expect(seriesChart(of([...quiet, 20, null], { target: 99 }))).toMatchObject({
    variation: "improvement",
    assurance: "fail",
  });
});

test("says nothing of a series without a value", () => {
  expect(seriesChart(of([null, null], { target: 99 }))).toEqual({
    points: [null, null],
    variation: null,
    assurance: null,
  });
});
