import type { Kind } from "@signalbox/domain";
import { COLOURS, mark, place } from "./marks.ts";
import { scaleOver } from "./scale.ts";
import { element, escaped } from "./svg.ts";

const WIDTH = 96;
const HEIGHT = 28;
const EDGE = 8;

/** The last values as a small line that ends in a mark of the last one's kind; NaN leaves a gap. `says` is read aloud. */
export function sparkline(values: Float64Array, { kind, says }: { kind: Kind; says: string }): string {
  const scale = scaleOver([...values], { top: EDGE, bottom: HEIGHT - EDGE });
  const x = (at: number): number => EDGE + (at * (WIDTH - 2 * EDGE)) / Math.max(values.length - 1, 1);
  let path = "";
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    path += `${path === "" || Number.isNaN(values[at - 1] ?? NaN) ? "M" : "L"}${place(x(at), scale.y(value))}`;
  }
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  const end = last === -1 ? "" : mark(kind, { x: x(last), y: scale.y(values[last] ?? NaN) });
  const line =
    path === "" ? "" : element("path", { d: path, fill: "none", stroke: COLOURS.limit, "stroke-width": 1.5 });
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      width: WIDTH,
      height: HEIGHT,
      role: "img",
    },
    `<title>${escaped(says)}</title>${line}${end}`,
  );
}
