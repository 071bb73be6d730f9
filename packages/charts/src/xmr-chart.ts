import type { ChartPoint } from "@signalbox/domain";
import { type Label, movedApart } from "./labels.ts";
import { COLOURS, KIND_WORDS, mark, place } from "./marks.ts";
import { type Scale, scaleOver } from "./scale.ts";
import { element, escaped, textElement } from "./svg.ts";

/** A line across the chart: the target, a limit of a board, or a plan by period. NaN where it is not in force. */
export interface ReferenceLine {
  readonly name: string;
  readonly sort: "target" | "plan" | "board" | "slt";
  readonly values: Float64Array;
}

/** What is drawn; `points` has one entry a period, null where there is nothing to draw. */
export interface XmrDrawing {
  /** Unlike any other on the page: ids within the picture begin with it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** How each period is written under the chart, shortly: "Mar 24". */
  readonly periods: readonly string[];
  readonly points: readonly (ChartPoint | null)[];
  readonly lines?: readonly ReferenceLine[];
  /** A value with its unit: "94.6%". */
  readonly write: (value: number) => string;
  readonly width?: number;
  readonly height?: number;
}

const MARGIN = { left: 56, right: 132, top: 48, bottom: 66 };
const LABEL_LINE = 14;
const FEWEST_PX_A_LABEL = 46;
const DASHES = { target: "2 3", plan: "8 3 2 3", board: "5 3", slt: "1 3" } as const;

interface Frame {
  readonly drawing: XmrDrawing;
  readonly scale: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(at: number): number;
}

/** An XmR chart as an SVG document: points, mean and limits a group, thresholds, target and plan, and a legend. */
export function xmrChart(drawing: XmrDrawing): string {
  const { width = 760, height = 400, id, title, description, points, lines = [] } = drawing;
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom];
  const values = points.flatMap((point) => (point ? [point.value, point.limits.lower, point.limits.upper] : []));
  const scale = scaleOver([...values, ...lines.flatMap((line) => [...line.values])], { top, bottom });
  const x = (at: number): number => left + ((at + 0.5) * (right - left)) / Math.max(points.length, 1);
  const frame: Frame = { drawing, scale, left, right, top, bottom, x };
  const name = element("title", { id: `${id}-title` }, escaped(title));
  const says = element("desc", { id: `${id}-description` }, escaped(description));
  const paper = element("rect", { width, height, fill: "#fff" });
  const heading = textElement({ x: 12, y: 24, "font-size": 16, "font-weight": "bold", fill: COLOURS.text }, title);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-description`,
      "font-family": "Frutiger W01, Arial, DejaVu Sans, sans-serif",
      "font-size": 12,
    },
    [
      name,
      says,
      paper,
      heading,
      grid(frame),
      groups(frame),
      references(frame),
      series(frame),
      labels(frame),
      legend(frame, height),
    ].join(""),
  );
}

function grid({ drawing: { periods, write }, scale, left, right, bottom, x }: Frame): string {
  const across = scale.ticks.map((tick) => {
    const y = scale.y(tick);
    const line = element("line", { x1: left, x2: right, y1: y, y2: y, stroke: COLOURS.grid });
    return line + textElement({ x: left - 6, y: y + 4, "text-anchor": "end", fill: COLOURS.quiet }, write(tick));
  });
  const every = Math.max(1, Math.ceil((periods.length * FEWEST_PX_A_LABEL) / (right - left)));
  const below = periods.flatMap((period, at) =>
    at % every === 0
      ? textElement({ x: x(at), y: bottom + 18, "text-anchor": "middle", fill: COLOURS.quiet }, period)
      : [],
  );
  return across.join("") + below.join("");
}

function groups(frame: Frame): string {
  const { drawing, scale, top, bottom, x } = frame;
  const drawn: string[] = [];
  const places = drawing.points.flatMap((point, at) => (point ? [{ point, at }] : []));
  for (const [group, own] of Map.groupBy(places, ({ point }) => point.group)) {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) continue;
    const { mean, lower, upper } = first.point.limits;
    const ends = { x1: x(first.at - 0.5), x2: x(last.at + 0.5) };
    const level = (value: number, look: Record<string, string | number>) =>
      Number.isNaN(value) ? "" : element("line", { ...ends, y1: scale.y(value), y2: scale.y(value), ...look });
    if (!Number.isNaN(upper - lower)) {
      const band = { x: ends.x1, width: ends.x2 - ends.x1, y: scale.y(upper), height: scale.y(lower) - scale.y(upper) };
      drawn.push(element("rect", { ...band, fill: COLOURS.band }));
    }
    drawn.push(level(mean, { stroke: COLOURS.mean, "stroke-width": 1.5 }));
    for (const limit of [upper, lower])
      drawn.push(level(limit, { stroke: COLOURS.limit, "stroke-width": 1.5, "stroke-dasharray": "6 4" }));
    if (group === 0) continue;
    drawn.push(
      element("line", {
        x1: ends.x1,
        x2: ends.x1,
        y1: top - 6,
        y2: bottom,
        stroke: COLOURS.line,
        "stroke-dasharray": "2 3",
      }),
    );
    drawn.push(
      textElement({ x: ends.x1 + 4, y: top - 8, "font-size": 11, fill: COLOURS.quiet }, "limits recalculated"),
    );
  }
  return drawn.join("");
}

/** Lines that have steps: each value holds for the whole width of its period. */
function references({ drawing: { lines = [] }, scale, x }: Frame): string {
  return lines
    .map(({ sort, values }) => {
      let path = "";
      for (let at = 0; at < values.length; at++) {
        const value = values[at] ?? NaN;
        if (Number.isNaN(value)) continue;
        const goesOn = path !== "" && !Number.isNaN(values[at - 1] ?? NaN);
        path += `${goesOn ? "L" : "M"}${place(x(at - 0.5), scale.y(value))}L${place(x(at + 0.5), scale.y(value))}`;
      }
      const look = { fill: "none", stroke: COLOURS[sort], "stroke-width": 1.5, "stroke-dasharray": DASHES[sort] };
      return path === "" ? "" : element("path", { d: path, ...look });
    })
    .join("");
}

function series({ drawing: { points, periods, write }, scale, x }: Frame): string {
  let path = "";
  let before = false;
  for (const [at, point] of points.entries()) {
    const there = point !== null && !Number.isNaN(point.value);
    if (there) path += `${before ? "L" : "M"}${place(x(at), scale.y(point.value))}`;
    before = there;
  }
  const line = element("path", { d: path, fill: "none", stroke: COLOURS.line, "stroke-width": 2 });
  const marks = points.map((point, at) => {
    if (point === null || Number.isNaN(point.value)) return "";
    const says = `${periods[at] ?? ""}: ${write(point.value)}${point.kind === "common" ? "" : `, ${KIND_WORDS[point.kind].toLowerCase()}`}`;
    return mark(point.kind, { x: x(at), y: scale.y(point.value), says });
  });
  return (path === "" ? "" : line) + marks.join("");
}

/** The lines' names and last values, at the right. */
function labels({ drawing: { points, lines = [], write }, scale, right, bottom }: Frame): string {
  const last = points.findLast((point) => point !== null)?.limits;
  const of = (name: string, value: number | undefined, colour: string): Label[] =>
    value === undefined || Number.isNaN(value)
      ? []
      : [{ text: `${name} ${write(value)}`, y: scale.y(value) + 4, colour }];
  const all = [
    ...of("Upper limit", last?.upper, COLOURS.quiet),
    ...of("Mean", last?.mean, COLOURS.mean),
    ...of("Lower limit", last?.lower, COLOURS.quiet),
    ...lines.flatMap(({ name, sort, values }) =>
      of(
        name,
        values.findLast((value) => !Number.isNaN(value)),
        COLOURS[sort],
      ),
    ),
  ];
  return movedApart(all, { line: LABEL_LINE, lowest: bottom + 4 })
    .map(({ text, y, colour }) => textElement({ x: right + 6, y, "font-size": 11, fill: colour }, text))
    .join("");
}

const LETTER = 7.4;

/** The kinds of points that the chart has, common cause first. */
function legend({ drawing: { points }, left }: Frame, height: number): string {
  const kinds = new Set(points.flatMap((point) => (point && !Number.isNaN(point.value) ? point.kind : [])));
  let at = left;
  const drawn = (["common", "concern", "improvement", "neutral-high", "neutral-low"] as const).flatMap((kind) => {
    if (!kinds.has(kind)) return [];
    const words = KIND_WORDS[kind];
    const entry =
      mark(kind, { x: at + 6, y: height - 20 }) +
      textElement({ x: at + 16, y: height - 16, fill: COLOURS.text }, words);
    at += 34 + words.length * LETTER;
    return entry;
  });
  return drawn.join("");
}
