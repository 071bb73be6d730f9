import type { ChartPoint, Kind } from "@signalbox/domain";
import type { Frame, ReferenceLine, XmrDrawing } from "./frame.ts";
import { COLOURS, cross, KIND_WORDS, mark } from "./marks.ts";
import { element, textElement } from "./svg.ts";

/** One entry of a legend: a mark or a piece of a line, and its words. */
export interface Key {
  readonly words: string;
  readonly kind?: Kind;
  readonly line?: Readonly<Record<string, string | number>>;
  /** Whether the line has a cross at each period. */
  readonly isCrossed?: boolean;
}

export const DASHES = { target: "2 3", plan: "8 3 2 3", board: "5 3", slt: "1 3", expected: "10 3" } as const;
const EXPECTED = "Expected by the action plan";
const LETTER = 7.1;
const SAMPLE = 22;
const BETWEEN = 18;
const KINDS = ["common", "concern", "improvement", "neutral-high", "neutral-low"] as const;

/** What a line looks like, in the chart and in its legend. */
export function lookOf(sort: ReferenceLine["sort"] | "mean" | "limit"): Readonly<Record<string, string | number>> {
  const stroke = { stroke: COLOURS[sort], "stroke-width": 1.5 };
  if (sort === "mean") return stroke;
  return { ...stroke, "stroke-dasharray": sort === "limit" ? "6 4" : DASHES[sort] };
}

/** The kinds of points that a chart has, common cause first; where names have no room beside the lines, the lines too. */
export function keysOf(
  { points, lines = [], isPlain = false, write, writeLimit = write }: XmrDrawing,
  withLines: boolean,
): Key[] {
  const kinds = new Set(points.flatMap((point) => (point && !Number.isNaN(point.value) ? point.kind : [])));
  const marks = KINDS.filter((kind) => !isPlain && kinds.has(kind)).map((kind): Key => ({
    words: KIND_WORDS[kind],
    kind,
  }));
  const promised = lines.filter(
    ({ sort, values }) => sort === "expected" && values.some((value) => !Number.isNaN(value)),
  );
  // Its mark is none of a figure's, so that its name stands in every legend.
  if (!withLines)
    return [...marks, ...promised.map((): Key => ({ words: EXPECTED, line: lookOf("expected"), isCrossed: true }))];
  const last = points.findLast((point): point is ChartPoint => point !== null)?.limits;
  const named = (words: string, sort: Parameters<typeof lookOf>[0], there: boolean): Key[] =>
    there ? [{ words, line: lookOf(sort), isCrossed: sort === "expected" }] : [];
  const mean = last?.mean ?? NaN;
  const range = (last?.upper ?? NaN) - (last?.lower ?? NaN);
  return [
    ...marks,
    ...named(`Mean ${writeLimit(mean)}`, "mean", !Number.isNaN(mean)),
    ...named(
      `Limits ${writeLimit(last?.lower ?? NaN)} to ${writeLimit(last?.upper ?? NaN)}`,
      "limit",
      !Number.isNaN(range),
    ),
    ...lines.flatMap(({ name, sort, values }) => {
      const value = values.findLast((one) => !Number.isNaN(one));
      return value === undefined ? [] : named(`${name} ${write(value)}`, sort, true);
    }),
  ];
}

function widthOf({ words }: Key): number {
  return SAMPLE + words.length * LETTER + BETWEEN;
}

/** The entries in rows that fit. */
export function rowsOf(keys: readonly Key[], width: number): Key[][] {
  const rows: Key[][] = [];
  let used = Infinity;
  for (const key of keys) {
    if (used + widthOf(key) > width + BETWEEN) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(key);
    used += widthOf(key);
  }
  return rows;
}

/** The rows below the chart. */
export function legend({ legend: rows, height, isNarrow }: Frame, line: number): string {
  return rows
    .flatMap((row, place) => {
      let x = isNarrow ? 6 : 12;
      const y = height - 8 - (rows.length - place - 1) * line;
      return row.map((key) => {
        const drawn = sample(key, x, y - 4) + textElement({ x: x + SAMPLE, y, fill: COLOURS.text }, key.words);
        x += widthOf(key);
        return drawn;
      });
    })
    .join("");
}

function sample({ kind, line, isCrossed = false }: Key, x: number, y: number): string {
  if (kind !== undefined) return mark(kind, { x: x + 9, y });
  const crossed = isCrossed ? cross({ x: x + 8, y }) : "";
  return crossed + element("line", { x1: x, x2: x + SAMPLE - 5, y1: y, y2: y, ...line });
}
