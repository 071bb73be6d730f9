import type { Kind } from "@signalbox/domain";
import { COLOURS, mark } from "./marks.ts";
import { element, escaped } from "./svg.ts";

const WIDTH = 96;
const HEIGHT = 32;
const EDGE = 8;

/**
 * The last values as a small line that ends in a mark of the last one's kind; NaN leaves a gap. `says` is read aloud; without
 * it the picture is left out where a page is read, since the words beside it say the same. A hundred of them stand on one
 * page: under 350 characters for thirteen values.
 */
export function sparkline(values: Float64Array, { kind, says }: { kind: Kind; says?: string }): string {
  const known = values.filter((value) => !Number.isNaN(value));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (at: number): number => Math.round(EDGE + (at * (WIDTH - 2 * EDGE)) / Math.max(values.length - 1, 1));
  // From edge to edge: a line without an axis shows shape alone. What never moves runs through the middle.
  const y = (value: number): number =>
    most === least ? HEIGHT / 2 : Math.round(HEIGHT - EDGE - ((value - least) / (most - least)) * (HEIGHT - 2 * EDGE));
  let path = "";
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    const former = values[at - 1] ?? NaN;
    path += Number.isNaN(former)
      ? `M${x(at)} ${y(value)}`
      : `l${x(at) - x(at - 1)}${y(value) < y(former) ? "" : " "}${y(value) - y(former)}`;
  }
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  const end = last === -1 ? "" : mark(kind, { x: x(last), y: y(values[last] ?? NaN) });
  const line = path === "" ? "" : element("path", { d: path, fill: "none", stroke: COLOURS.limit });
  return element(
    "svg",
    {
      width: WIDTH,
      height: HEIGHT,
      ...(says === undefined ? { "aria-hidden": "true" } : { role: "img" }),
    },
    `${says === undefined ? "" : `<title>${escaped(says)}</title>`}${line}${end}`,
  );
}
