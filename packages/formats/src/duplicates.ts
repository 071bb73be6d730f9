import { asPeriod, formatPeriod } from "@signalbox/domain";
import type { Columns } from "./columns.ts";
import type { Findings } from "./findings.ts";
import type { ReadRequest } from "./read-result.ts";

/**
 * Marks in `refused` every row that repeats another's period, organisation and metric: with the same value the later ones,
 * which are unchanged (how many is answered); with different values all of them, each with a problem.
 */
export function refuseDuplicates({ metrics }: ReadRequest, found: Findings, refused: Uint8Array): number {
  const { columns, length } = found.rows;
  const first = firstOfEach(columns, length, refused);
  const differing = new Set<number>();
  for (let place = 0; place < length; place++) {
    const other = first[place] ?? place;
    if (other !== place && !sameValue(columns, place, other)) differing.add(other);
  }
  let unchanged = 0;
  for (let place = 0; place < length; place++) {
    if (refused[place] === 1) continue;
    const other = first[place] ?? place;
    if (differing.has(other)) {
      refused[place] = 1;
      found.refused++;
      const code = found.rows.metrics.list[columns.metric[place] ?? -1] ?? "";
      const organisation = found.rows.organisations.list[columns.organisation[place] ?? -1] ?? "";
      const period = formatPeriod(asPeriod(columns.period[place] ?? 0), metrics.get(code)?.frequency ?? "monthly");
      const message = `The file gives different values for ${code} of ${organisation} in ${period}: none of them counts.`;
      const value = columns.value[place] ?? Number.NaN;
      const shown = Number.isNaN(value) ? null : String(value);
      found.problems.add("error", "duplicate-row", message, {
        row: columns.row[place] ?? null,
        column: null,
        value: shown,
      });
    } else if (other !== place) {
      refused[place] = 1;
      unchanged++;
    }
  }
  return unchanged;
}

/** For each row the place of the first with its period, organisation and metric: a hash table in one array, for speed. */
function firstOfEach(columns: Columns, length: number, refused: Uint8Array): Int32Array {
  const first = new Int32Array(length);
  const bits = Math.ceil(Math.log2(length + 1)) + 1;
  const slots = new Int32Array(2 ** bits).fill(-1);
  const { period, organisation, metric } = columns;
  for (let place = 0; place < length; place++) {
    first[place] = place;
    if (refused[place] === 1) continue;
    let slot = hash(organisation[place] ?? 0, metric[place] ?? 0, period[place] ?? 0) >>> (32 - bits);
    for (;;) {
      const other = slots[slot] ?? -1;
      if (other < 0) {
        slots[slot] = place;
        break;
      }
      if (
        period[other] === period[place] &&
        organisation[other] === organisation[place] &&
        metric[other] === metric[place]
      ) {
        first[place] = other;
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }
  return first;
}

function hash(organisation: number, metric: number, period: number): number {
  const mixed = Math.imul(Math.imul(organisation, 0x9e3779b1) ^ metric, 0x85ebca6b) ^ period;
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
}

function sameValue(columns: Columns, place: number, other: number): boolean {
  const value = columns.value[place] ?? Number.NaN;
  const before = columns.value[other] ?? Number.NaN;
  const same = value === before || (Number.isNaN(value) && Number.isNaN(before));
  return same && columns.reason[place] === columns.reason[other];
}
