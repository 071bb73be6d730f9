import { type Frame, frameOf, LEGEND_LINE, TITLE_LINE, type XmrDrawing } from "./frame.ts";
import { type Label, movedApart } from "./labels.ts";
import { legend, lookOf } from "./legend.ts";
import { COLOURS, cross, KIND_WORDS, mark, place } from "./marks.ts";
import { element, escaped, textElement } from "./svg.ts";

export type { ReferenceLine, XmrDrawing } from "./frame.ts";

const LABEL_LINE = 14;
const FEWEST_PX_A_LABEL = 46;
const RECALCULATED = "limits recalculated";
const RECALCULATED_PX = 108;

/** An XmR chart as an SVG document: points, mean and limits a group, thresholds, target and plan, and a legend. */
export function xmrChart(drawing: XmrDrawing): string {
  const { id, title, description } = drawing;
  const frame = frameOf(drawing);
  const { width, height } = frame;
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
      element("title", { id: `${id}-title` }, escaped(title)),
      element("desc", { id: `${id}-description` }, escaped(description)),
      element("rect", { width, height, fill: "#fff" }),
      heading(frame),
      bands(frame),
      grid(frame),
      groups(frame),
      references(frame),
      expectations(frame),
      series(frame),
      labels(frame),
      legend(frame, LEGEND_LINE),
    ].join(""),
  );
}

function heading({ title }: Frame): string {
  const look = { x: 12, "font-size": 16, "font-weight": "bold", fill: COLOURS.text };
  return title.map((line, at) => textElement({ ...look, y: 24 + at * TITLE_LINE }, line)).join("");
}

function grid({ drawing: { periods, write }, scale, left, right, bottom, x }: Frame): string {
  const across = scale.ticks.map((tick) => {
    const y = scale.y(tick);
    const line = element("line", { x1: left, x2: right, y1: y, y2: y, stroke: COLOURS.grid });
    return line + textElement({ x: left - 6, y: y + 4, "text-anchor": "end", fill: COLOURS.quiet }, write(tick));
  });
  const every = Math.max(1, Math.ceil((periods.length * FEWEST_PX_A_LABEL) / (right - left)));
  const below = periods.flatMap((period, at) =>
    (periods.length - 1 - at) % every === 0
      ? textElement({ x: x(at), y: bottom + 18, "text-anchor": "middle", fill: COLOURS.quiet }, period)
      : [],
  );
  return across.join("") + below.join("");
}

/** Each group's points have limits of their own. */
function groupsOf({ drawing: { points }, x }: Frame) {
  const places = points.flatMap((point, at) => (point ? [{ point, at }] : []));
  return [...Map.groupBy(places, ({ point }) => point.group)].flatMap(([group, own]) => {
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return [{ group, from: first.at, x1: x(first.at - 0.5), x2: x(last.at + 0.5), ...first.point.limits }];
  });
}

function bands(frame: Frame): string {
  const { scale } = frame;
  return groupsOf(frame)
    .map(({ x1, x2, lower, upper }) => {
      if (Number.isNaN(upper - lower)) return "";
      const [y, height] = [scale.y(upper), scale.y(lower) - scale.y(upper)];
      return element("rect", { x: x1, width: x2 - x1, y, height, fill: COLOURS.band });
    })
    .join("");
}

function groups(frame: Frame): string {
  const { scale, top, bottom, right, isNarrow } = frame;
  let free = -Infinity;
  return groupsOf(frame)
    .flatMap(({ group, from, x1, x2, mean, lower, upper }) => {
      const level = (value: number, look: Readonly<Record<string, string | number>>) =>
        Number.isNaN(value) ? "" : element("line", { x1, x2, y1: scale.y(value), y2: scale.y(value), ...look });
      const drawn = [level(mean, lookOf("mean")), level(upper, lookOf("limit")), level(lower, lookOf("limit"))];
      // What began before the picture does has no line in it.
      if (group === 0 || (from === 0 && frame.drawing.points[0]?.group === group)) return drawn;
      const cut = { x1, x2: x1, y1: top - 6, y2: bottom, stroke: COLOURS.limit, "stroke-dasharray": "2 3" };
      drawn.push(element("line", cut));
      // Where it would run over the edge it stands to the left of its line, and where another does, not at all.
      const isLeft = x1 + RECALCULATED_PX > right + (isNarrow ? 0 : 60);
      const starts = isLeft ? x1 - RECALCULATED_PX : x1;
      if (starts < free) return drawn;
      free = starts + RECALCULATED_PX + 8;
      const side = isLeft ? { x: x1 - 4, "text-anchor": "end" } : { x: x1 + 4 };
      return [...drawn, textElement({ ...side, y: top - 8, "font-size": 11, fill: COLOURS.quiet }, RECALCULATED)];
    })
    .join("");
}

/** Lines that have steps: each value holds for the whole width of its period. */
function references({ drawing: { lines = [] }, scale, x }: Frame): string {
  return lines
    .filter(({ sort }) => sort !== "expected")
    .map(({ sort, values }) => {
      let path = "";
      for (let at = 0; at < values.length; at++) {
        const value = values[at] ?? NaN;
        if (Number.isNaN(value)) continue;
        const goesOn = path !== "" && !Number.isNaN(values[at - 1] ?? NaN);
        path += `${goesOn ? "L" : "M"}${place(x(at - 0.5), scale.y(value))}L${place(x(at + 0.5), scale.y(value))}`;
      }
      return path === "" ? "" : element("path", { d: path, fill: "none", ...lookOf(sort) });
    })
    .join("");
}

/** What action plans expect: a line from one period to the next, with a cross at each, ahead of the figures and beside them. */
function expectations({ drawing: { lines = [], periods, write }, scale, x }: Frame): string {
  return lines
    .filter(({ sort }) => sort === "expected")
    .map(({ name, values }) => {
      const promised = [...values].flatMap((value, at) => (Number.isNaN(value) ? [] : [{ value, at }]));
      const d = promised
        .map(({ value, at }, nth) => `${nth === 0 ? "M" : "L"}${place(x(at), scale.y(value))}`)
        .join("");
      const crosses = promised.map(({ value, at }) =>
        cross({ x: x(at), y: scale.y(value), says: `${periods[at] ?? ""}: ${name.toLowerCase()} ${write(value)}` }),
      );
      return d === "" ? "" : element("path", { d, fill: "none", ...lookOf("expected") }) + crosses.join("");
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

/** The lines' names and last values, at the right; a narrow chart has them in its legend. */
function labels({
  drawing: { points, lines = [], write, writeLimit = write },
  scale,
  right,
  bottom,
  isNarrow,
}: Frame): string {
  if (isNarrow) return "";
  const last = points.findLast((point) => point !== null)?.limits;
  const of = (name: string, value: number | undefined, colour: string, written = writeLimit): Label[] =>
    value === undefined || Number.isNaN(value)
      ? []
      : [{ text: `${name} ${written(value)}`, y: scale.y(value) + 4, colour }];
  const all = [
    ...of("Upper limit", last?.upper, COLOURS.quiet),
    ...of("Mean", last?.mean, COLOURS.mean),
    ...of("Lower limit", last?.lower, COLOURS.quiet),
    ...lines.flatMap(({ name, sort, values }) =>
      of(
        name,
        values.findLast((value) => !Number.isNaN(value)),
        COLOURS[sort],
        write,
      ),
    ),
  ];
  return movedApart(all, { line: LABEL_LINE, lowest: bottom + 4 })
    .map(({ text, y, colour }) => textElement({ x: right + 6, y, "font-size": 11, fill: colour }, text))
    .join("");
}
