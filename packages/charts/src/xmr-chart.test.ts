import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asPeriod, seriesChart } from "@signalbox/domain";
import { expect, test } from "vitest";
import { type XmrDrawing, xmrChart } from "./xmr-chart.ts";

const values = [
  22.1,
  23.4,
  21.9,
  24,
  22.7,
  23.1,
  21.5,
  22.9,
  23.8,
  22.2,
  21.7,
  23.3,
  22.6,
  27.9,
  24.9,
  25.6,
  NaN,
  25.2,
];
const periods = values.map((_, at) => asPeriod(24_000 + at));
const chart = (own: readonly number[], better: "higher" | "lower" | "neither" = "lower") =>
  seriesChart({
    periods: periods.slice(0, own.length),
    values: Float64Array.from(own),
    targets: new Float64Array(own.length).fill(NaN),
    better,
    newStarts: [asPeriod(24_014)],
  });

const drawing: XmrDrawing = {
  id: "one",
  title: 'Waits <over> 6 weeks & "more"',
  description: "From January 2024 to June 2025",
  periods: values.map((_, at) => `M${at}`),
  points: chart(values).points,
  lines: [
    { name: "Target", sort: "target", values: new Float64Array(values.length).fill(20) },
    { name: "Plan", sort: "plan", values: Float64Array.from(values, (_, at) => (at < 9 ? NaN : 28 - at / 4)) },
  ],
  write: (value) => `${value.toFixed(1)}%`,
};

test("is drawn as it was when it was last looked at", () => {
  const golden = fileURLToPath(new URL("golden/xmr-chart.svg", import.meta.url));
  const drawn = `${xmrChart(drawing).replaceAll("><", ">\n<")}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, drawn);
  expect(drawn).toBe(readFileSync(golden, "utf8"));
});

test("has a title and a description that it is labelled by, and lets no markup in", () => {
  const svg = xmrChart(drawing);
  expect(svg).toContain('role="img" aria-labelledby="one-title one-description"');
  expect(svg).toContain('<title id="one-title">Waits &#60;over&#62; 6 weeks &#38; &#34;more&#34;</title>');
  expect(svg).not.toContain("<over>");
});

test("shows each kind of point by a shape of its own, and says which in its legend", () => {
  const jump = [10, 11, 10, 9, 10, 11, 10, 9, 10, 11, 10, 9, 10, 30];
  const shapeOf = (better: "higher" | "lower" | "neither") => {
    const svg = xmrChart({ ...drawing, lines: [], points: chart(jump, better).points.slice(0, 14) });
    return /<(\w+) [^>]*><title>M13: 30.0%, ([^<]+)</.exec(svg)?.slice(1);
  };
  expect(shapeOf("higher")).toEqual(["rect", "special cause: improvement"]);
  expect(shapeOf("lower")).toEqual(["path", "special cause: concern"]);
  expect(shapeOf("neither")).toEqual(["path", "special cause: higher"]);
});

test("leaves a gap where a value is missing, and draws a series of one value, of equal ones and of none", () => {
  const paths = (own: readonly number[]) => xmrChart({ ...drawing, lines: [], points: chart(own).points });
  expect(
    paths([1, 2, NaN, 3])
      .match(/<path d="(M[^"]+)"/)?.[1]
      ?.match(/M/g),
  ).toHaveLength(2);
  for (const own of [[5], [5, 5, 5], [0, 0], [], [NaN], [-3, -3.5]])
    expect(paths(own)).not.toMatch(/NaN|Infinity|undefined/);
});

test("names each line beside it, and in a narrow chart in its legend, within the picture", () => {
  const lines = [
    ...(drawing.lines ?? []),
    { name: "Board limit", sort: "board" as const, values: new Float64Array(values.length).fill(25) },
  ];
  for (const width of [320, 340, 760]) {
    const svg = xmrChart({ ...drawing, lines, width });
    for (const name of ["Mean", "Target 20.0%", "Board limit 25.0%"]) expect(svg).toContain(`>${name}`);
    const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"([^>]*)>([^<]*)</g)].map(
      ([, x, y, look, words = ""]) => ({ x: Number(x), y: Number(y), look, words }),
    );
    for (const { x, y, look, words } of texts) {
      const letters = words.replaceAll(/&#\d+;/g, "x").length * 6.2;
      const [from, to] = look?.includes("end")
        ? [x - letters, x]
        : look?.includes("middle")
          ? [x - 20, x + 20]
          : [x, x + letters];
      expect.soft(from, words).toBeGreaterThanOrEqual(-1);
      if (!look?.includes("bold")) expect.soft(to, words).toBeLessThanOrEqual(width + 2);
      expect.soft(y, words).toBeLessThanOrEqual(400);
    }
  }
});

test("wraps a long title, and leaves out of a narrow chart what the page says above it", () => {
  const title = "Waits over six weeks for a first appointment with any of our services, ".repeat(3);
  expect(xmrChart({ ...drawing, title }).match(/font-weight="bold"/g)).toHaveLength(3);
  expect(xmrChart({ ...drawing, title, width: 340 })).not.toContain("bold");
});

test("says once, of recalculations that lie close together, that limits were recalculated", () => {
  const anew = (...starts: number[]) => {
    const { points } = seriesChart({
      periods,
      values: Float64Array.from(values),
      targets: new Float64Array(values.length).fill(NaN),
      better: "lower",
      newStarts: starts.map((at) => asPeriod(24_000 + at)),
    });
    return xmrChart({ ...drawing, points }).match(/limits recalculated/g)?.length;
  };
  expect(anew(5, 6)).toBe(1);
  expect(anew(4, 12)).toBe(2);
});

test("draws what is expected with crosses of its own, ahead of the figures too, and names it in the legend of a telephone", () => {
  const expected = Float64Array.from(values, (_, at) => (at < 15 ? NaN : 25 - at / 10));
  const lines = [{ name: "Expected", sort: "expected" as const, values: expected }];
  const ahead = drawing.points.map((point, at) => (at > 16 ? null : point));
  const wide = xmrChart({ ...drawing, points: ahead, lines });
  expect(wide.match(/<title>M\d+: expected /g)).toEqual([15, 16, 17].map((at) => `<title>M${at}: expected `));
  expect(wide).toContain(">Expected 23.3%<");
  expect(wide).toContain(">Expected by the action plan<");
  expect(xmrChart(drawing)).not.toContain("action plan");
  expect(xmrChart({ ...drawing, lines, width: 340 })).toContain(">Expected 23.3%<");
});
