import type { Kind } from "@signalbox/domain";
import { element, escaped } from "./svg.ts";

/** The colours of Making Data Count and the NHS identity; each stands out from white and from the others in grey too. */
export const COLOURS = {
  text: "#212b32",
  quiet: "#4c6272",
  line: "#aeb7bd",
  grid: "#e8edee",
  band: "#f0f4f5",
  mean: "#212b32",
  limit: "#768692",
  target: "#d5281b",
  plan: "#330072",
  board: "#a15c00",
  slt: "#8a1538",
  expected: "#00703c",
  common: "#768692",
  concern: "#ed8b00",
  improvement: "#005eb8",
  neutral: "#7c2855",
} as const;

/** What each kind of point is called where it is drawn. */
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  common: "Common cause",
  concern: "Special cause: concern",
  improvement: "Special cause: improvement",
  "neutral-high": "Special cause: higher",
  "neutral-low": "Special cause: lower",
};

const RADIUS = 4.5;

/** A point: a circle, a triangle for concern, a square for improvement, a diamond or a triangle on its head where neither way is better. */
export function mark(kind: Kind, { x, y, says = "" }: { x: number; y: number; says?: string }): string {
  const title = says === "" ? "" : `<title>${escaped(says)}</title>`;
  const look = { fill: COLOURS[kind === "neutral-high" || kind === "neutral-low" ? "neutral" : kind], stroke: "#fff" };
  switch (kind) {
    case "common":
      return element("circle", { cx: x, cy: y, r: RADIUS, ...look }, title);
    case "concern":
      return element("path", { d: `M${place(x, y - 7)}l6.5 11.5h-13z`, ...look }, title);
    case "improvement":
      return element("rect", { x: x - 5, y: y - 5, width: 10, height: 10, ...look }, title);
    case "neutral-low":
      return element("path", { d: `M${place(x, y + 7)}l6.5 -11.5h-13z`, ...look }, title);
    case "neutral-high":
      return element("path", { d: `M${place(x, y - 6.5)}l6.5 6.5l-6.5 6.5l-6.5 -6.5z`, ...look }, title);
    default:
      throw new TypeError(`There is no kind ${String(kind satisfies never)}.`);
  }
}

/** A value that was promised, not measured: a cross, unlike every point. */
export function cross({ x, y, says = "" }: { x: number; y: number; says?: string }): string {
  const title = says === "" ? "" : `<title>${escaped(says)}</title>`;
  const d = `M${place(x - 4, y - 4)}l8 8M${place(x - 4, y + 4)}l8 -8`;
  return element("path", { d, fill: "none", stroke: COLOURS.expected, "stroke-width": 2 }, title);
}

/** Two coordinates as a path takes them. */
export function place(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
