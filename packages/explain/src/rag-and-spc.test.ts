import { asPeriod, seriesChart } from "@signalbox/domain";
import { expect, test } from "vitest";
import { ragAndSpc } from "./rag-and-spc.ts";

// Mean 80, moving range 1: process limits at 77.3 and 82.7.
const quiet = [80, 81, 80, 79, 80, 81, 80, 79, 80, 81, 80, 79];
const charted = (values: readonly number[], limits: { board: number; slt: number }) => ({
  chart: seriesChart({
    periods: values.map((_, at) => asPeriod(24_000 + at)),
    values: Float64Array.from(values),
    targets: new Float64Array(values.length).fill(NaN),
    better: "higher",
    newStarts: [],
  }),
  board: Float64Array.from(values, () => limits.board),
  slt: Float64Array.from(values, () => limits.slt),
});
const monthly = { frequency: "monthly" } as const;

test.each([
  [
    "red",
    { board: 90, slt: 79.8 },
    "Red and no special cause: about 4 months in 10 will miss the SLT limit as things are.",
  ],
  [
    "amber",
    { board: 95, slt: 60 },
    "Amber and no special cause: nearly every month will miss the board's limit as things are.",
  ],
  [
    "green",
    { board: 70, slt: 60 },
    "Green and no special cause: hardly any month will miss the board's limit as things are.",
  ],
  [
    "green",
    { board: 78.9, slt: 60 },
    "Green and no special cause: about 1 month in 10 will miss the board's limit as things are.",
  ],
  ["red", { board: NaN, slt: NaN }, "Red and no special cause."],
  ["unrated", { board: 90, slt: 80 }, "Not rated and no special cause."],
] as const)("%s with limits of %j", (rag, limits, said) => {
  expect(ragAndSpc({ ...monthly, rag }, charted(quiet, limits), "higher")).toBe(said);
});

test("says of a draft that it is one, and what is on watch", () => {
  const drafted = { ...monthly, rag: "red", provisional: true, watch: true } as const;
  expect(ragAndSpc(drafted, charted(quiet, { board: 90, slt: 79.8 }), "higher")).toBe(
    "Red by a draft limit, and no special cause: about 4 months in 10 will miss that draft as things are. " +
      "It is on watch: it got worse several times in a row, within its usual ups and downs.",
  );
});

test("says that a figure is worse than its usual ups and downs, and asks no more of chance", () => {
  expect(ragAndSpc({ ...monthly, rag: "red" }, charted([...quiet, 60], { board: 80, slt: 75 }), "higher")).toBe(
    "Red and special cause of concern: it is worse than its usual ups and downs.",
  );
});

test("counts quarters as quarters, and says nothing without a figure or a value", () => {
  const limits = { board: 90, slt: 80.25 };
  expect(ragAndSpc({ frequency: "quarterly", rag: "red" }, charted(quiet, limits), "higher")).toContain(
    "quarters in 10",
  );
  expect(ragAndSpc({ ...monthly, rag: "grey" }, charted(quiet, limits), "higher")).toBeNull();
  expect(ragAndSpc(undefined, charted([NaN], limits), "higher")).toBeNull();
});
