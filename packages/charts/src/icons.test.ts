import type { Assurance, Better, Kind } from "@signalbox/domain";
import { expect, test } from "vitest";
import { ASSURANCE_WORDS, assuranceIcon, iconSymbols, VARIATION_WORDS, variationIcon, variationMark } from "./icons.ts";

test.each<readonly [Kind, Better, letter: string | undefined, colour: string, says: string]>([
  ["common", "higher", undefined, "#768692", "Common cause, no real change"],
  ["concern", "higher", "L", "#ed8b00", "Special cause of concern, values are lower"],
  ["concern", "lower", "H", "#ed8b00", "Special cause of concern, values are higher"],
  ["improvement", "higher", "H", "#005eb8", "Special cause of improvement, values are higher"],
  ["improvement", "lower", "L", "#005eb8", "Special cause of improvement, values are lower"],
  ["neutral-high", "neither", undefined, "#7c2855", "Special cause, values are higher"],
  ["neutral-low", "neither", undefined, "#7c2855", "Special cause, values are lower"],
])("%s where %s is better has its own letter, colour and title", (kind, better, letter, colour, says) => {
  const svg = variationIcon(kind, better, "one");
  expect(/>([A-Z?])<\/text>/.exec(svg)?.[1]).toBe(letter);
  expect(svg).toContain(`stroke="${colour}"`);
  expect(svg).toContain('role="img" aria-labelledby="one"');
  expect(svg).toContain(`<title id="one">${says}</title>`);
});

test.each<readonly [Assurance, letter: string]>([
  ["pass", "P"],
  ["inconsistent", "?"],
  ["fail", "F"],
])("assurance %s has the letter %s and says it in words", (assurance, letter) => {
  const svg = assuranceIcon(assurance, "two");
  expect(/>([A-Z?])<\/text>/.exec(svg)?.[1]).toBe(letter);
  expect(svg).toContain(`<title id="two">${ASSURANCE_WORDS[assurance]}</title>`);
});

test("concern and improvement differ in shape, not in colour alone", () => {
  const shape = (kind: Kind, better: Better) => / d="([^"]+)"/.exec(variationIcon(kind, better, "x"))?.[1];
  expect(shape("concern", "lower")).not.toBe(shape("improvement", "higher"));
});

test("every mark uses a symbol that is there", () => {
  const symbols = iconSymbols();
  for (const kind of Object.keys(VARIATION_WORDS) as Kind[])
    for (const better of ["higher", "lower", "neither"] as const) {
      const name = /href="#([^"]+)"/.exec(variationMark(kind, better))?.[1];
      expect(symbols).toContain(`<symbol id="${name}"`);
    }
});
