import type { Assurance, Better, Kind } from "@signalbox/domain";
import { COLOURS } from "./marks.ts";
import { element, escaped } from "./svg.ts";

/** What each kind of variation is called beside its icon. */
export const VARIATION_WORDS: Readonly<Record<Kind, string>> = {
  common: "Common cause, no real change",
  concern: "Special cause of concern",
  improvement: "Special cause of improvement",
  "neutral-high": "Special cause, values are higher",
  "neutral-low": "Special cause, values are lower",
};

/** What each kind of assurance is called beside its icon. */
export const ASSURANCE_WORDS: Readonly<Record<Assurance, string>> = {
  pass: "Target is usually met",
  inconsistent: "Target is met or missed by chance",
  fail: "Target is usually missed",
};

type VariationName = "common" | `${"concern" | "improvement" | "neutral"}-${"high" | "low"}`;
type IconName = `variation-${VariationName}` | `assurance-${Assurance}`;

const SIZE = 40;
const RISING = [26, 21, 15] as const;
const FALLING = [15, 21, 26] as const;

/** Our own drawings in the manner of Making Data Count: a ring, points that rise or fall, and a letter: H or L, P, F or ?. */
const DRAWINGS: Readonly<Record<IconName, string>> = {
  "variation-common": ring(COLOURS.common) + wave(COLOURS.common, 20),
  "variation-concern-high": special("concern", "H", RISING),
  "variation-concern-low": special("concern", "L", FALLING),
  "variation-improvement-high": special("improvement", "H", RISING),
  "variation-improvement-low": special("improvement", "L", FALLING),
  "variation-neutral-high": ring(COLOURS.neutral) + arrow("M20 31V10M13 17l7-7l7 7"),
  "variation-neutral-low": ring(COLOURS.neutral) + arrow("M20 9v21M13 23l7 7l7-7"),
  "assurance-pass": ring(COLOURS.improvement) + letter("P", 16) + wave(COLOURS.improvement, 23.5) + level(29),
  "assurance-inconsistent": ring(COLOURS.common) + letter("?", 17) + wave(COLOURS.common, 26) + level(26.5),
  "assurance-fail": ring(COLOURS.concern) + letter("F", 16) + level(20.5) + wave(COLOURS.concern, 29),
};

/** The variation of a last value as a small picture; words from `VARIATION_WORDS` belong beside it. `id` is its own on the page. */
export function variationIcon(kind: Kind, better: Better, id: string): string {
  return icon(nameOfVariation(kind, better), variationSaid(kind, better), id);
}

/** Whether the target will be met as a small picture; words from `ASSURANCE_WORDS` belong beside it. */
export function assuranceIcon(assurance: Assurance, id: string): string {
  return icon(`assurance-${assurance}`, ASSURANCE_WORDS[assurance], id);
}

/** All icons as hidden symbols: put them once into a page whose table has many, and `variationMark` for each. */
export function iconSymbols(): string {
  const symbols = Object.entries(DRAWINGS).map(([name, drawing]) =>
    element("symbol", { id: `icon-${name}`, viewBox: `0 0 ${SIZE} ${SIZE}` }, drawing),
  );
  return element("svg", { width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, symbols.join(""));
}

/** A variation's icon out of `iconSymbols`, in some hundred characters; it is read by the words beside it alone. */
export function variationMark(kind: Kind, better: Better): string {
  return use(nameOfVariation(kind, better));
}

/** An assurance's icon out of `iconSymbols`. */
export function assuranceMark(assurance: Assurance): string {
  return use(`assurance-${assurance}`);
}

/** "Special cause of concern, values are low" */
export function variationSaid(kind: Kind, better: Better): string {
  const words = VARIATION_WORDS[kind];
  if (kind !== "concern" && kind !== "improvement") return words;
  return `${words}, values are ${isHigh(kind, better) ? "higher" : "lower"}`;
}

/** Where higher is better, a concern is low and an improvement is high. */
function isHigh(kind: "concern" | "improvement", better: Better): boolean {
  return (kind === "improvement") === (better === "higher");
}

function nameOfVariation(kind: Kind, better: Better): `variation-${VariationName}` {
  if (kind === "common" || kind === "neutral-high" || kind === "neutral-low") return `variation-${kind}`;
  return `variation-${kind}-${isHigh(kind, better) ? "high" : "low"}`;
}

function icon(name: IconName, says: string, id: string): string {
  return element(
    "svg",
    {
      class: "signalbox-icon",
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${SIZE} ${SIZE}`,
      width: SIZE,
      height: SIZE,
      role: "img",
      "aria-labelledby": id,
    },
    element("title", { id }, escaped(says)) + DRAWINGS[name],
  );
}

function use(name: IconName): string {
  return `<svg class="signalbox-icon" width="${SIZE}" height="${SIZE}" aria-hidden="true"><use href="#icon-${name}"/></svg>`;
}

function ring(colour: string): string {
  return element("circle", { cx: 20, cy: 20, r: 17.5, fill: "#fff", stroke: colour, "stroke-width": 3.5 });
}

/** As on the chart itself a concern is of triangles and an improvement of squares. */
function special(kind: "concern" | "improvement", sign: string, heights: readonly [number, number, number]): string {
  const d = heights.map((y, at) => {
    const x = 21.5 + at * 4.5;
    return kind === "concern" ? `M${x} ${y - 3}l3 5.5h-6z` : `M${x - 2} ${y - 2}h4.5v4.5h-4.5z`;
  });
  const colour = COLOURS[kind];
  return ring(colour) + element("path", { d: d.join(""), fill: colour }) + letter(sign, 26, 12);
}

function letter(sign: string, y: number, x = 20): string {
  const look = { "font-family": "Arial, DejaVu Sans, sans-serif", "font-size": 14, "font-weight": "bold" };
  return element("text", { x, y, "text-anchor": "middle", ...look, fill: COLOURS.text }, sign);
}

/** Points that go up and down by chance. */
function wave(colour: string, y: number): string {
  return element("path", { d: `M9 ${y}l5.5-3l5.5 5l5.5-5l5.5 4`, fill: "none", stroke: colour, "stroke-width": 2.5 });
}

/** The target's line. */
function level(y: number): string {
  const look = { stroke: COLOURS.text, "stroke-width": 1.5, "stroke-dasharray": "2.5 1.5" };
  return element("line", { x1: 8, x2: 32, y1: y, y2: y, ...look });
}

function arrow(d: string): string {
  return element("path", { d, fill: "none", stroke: COLOURS.neutral, "stroke-width": 3.5 });
}
