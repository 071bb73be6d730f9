import type { Findings } from "../findings.ts";
import { NAMED_MISSING } from "../marks.ts";
import type { Template, TotalCheck } from "../template.ts";
import { meaningsOf } from "./cell-meanings.ts";
import { CellReader } from "./cell-reader.ts";
import { ColumnSum } from "./column-sum.ts";
import type { FoundColumns } from "./find-columns.ts";
import { allHold, compiledFilters, type CompiledFilter } from "./row-filters.ts";

/** A total that is not the sum of its parts. */
export interface TotalDiffers {
  check: TotalCheck;
  /** Our name for the column. */
  column: string;
  /** The text of `by`, "" where the total is the table's. */
  by: string;
}

interface Compared {
  row: number | null;
  text: string[];
  total: number[];
  parts: number[];
}

/** One check of total rows against the sum of their parts, in one table. */
export class CompiledTotals {
  readonly #check: TotalCheck;
  readonly #total: readonly CompiledFilter[];
  readonly #parts: readonly CompiledFilter[];
  readonly #by: number;
  readonly #sums: { name: string; header: string; sum: ColumnSum }[];
  readonly #compared = new Map<string, Compared>();

  constructor(check: TotalCheck, { template, columns }: { template: Template; columns: FoundColumns }) {
    this.#check = check;
    this.#total = compiledFilters(check.total, columns);
    this.#parts = compiledFilters(check.parts, columns);
    this.#by = columns.get(check.by ?? "")?.places[0] ?? -1;
    const means = meaningsOf(template.means);
    const reader = new CellReader({ value: { unit: "count", scale: [] }, fractions: false, scale: 1, means });
    this.#sums = check.columns.flatMap((name) => {
      const found = columns.get(name);
      if (found === undefined) return [];
      const sum = new ColumnSum({ plus: found.places, minus: [] }, reader, () => found.header);
      return [{ name, header: found.header, sum }];
    });
  }

  /** Looks at a row: a total, or a part. Without a word on which rows are parts, it is one that is read. */
  onRow(cells: readonly string[], row: number, isRead: boolean): void {
    const isTotal = allHold(this.#total, cells);
    if (!isTotal && !(this.#parts.length > 0 ? allHold(this.#parts, cells) : isRead)) return;
    const compared = this.#of(this.#by < 0 ? "" : (cells[this.#by]?.trim() ?? ""));
    if (isTotal) compared.row = row;
    for (const [at, { sum }] of this.#sums.entries()) {
      // A cell without a number leaves a sum that cannot be compared.
      sum.of(cells, []);
      if (isTotal) {
        // A provider may have several total rows, one a commissioner.
        compared.total[at] = (compared.total[at] ?? 0) + sum.value;
        compared.text[at] = sum.plus.length === 1 ? (cells[sum.plus[0] ?? -1]?.trim() ?? "") : plain(sum.value);
      } else compared.parts[at] = (compared.parts[at] ?? 0) + (countsForNothing(sum) ? 0 : sum.value);
    }
  }

  /** Warns of each total that differs, and answers them. */
  end(where: string, { problems }: Findings): TotalDiffers[] {
    const differing: TotalDiffers[] = [];
    const { tolerance } = this.#check;
    for (const [by, { row, total, parts, text }] of this.#compared) {
      for (const [at, { name, header, sum: columnSum }] of this.#sums.entries()) {
        const said = total[at];
        const sum = parts[at];
        if (row === null || said === undefined || sum === undefined) continue;
        if (Number.isNaN(said - sum) || Math.abs(said - sum) <= tolerance + 1e-9 * Math.abs(said)) continue;
        differing.push({ check: this.#check, column: name, by });
        const { length } = columnSum.plus;
        const across = length === 1 ? "" : ` over ${length} columns, this one the first,`;
        const message = `${where}The total${by === "" ? "" : ` of ${by}`}${across} is ${plain(said)}, but its parts add up to ${plain(sum)}.`;
        problems.add("warning", "total-differs", message, { row, column: header, value: text[at] ?? null });
      }
    }
    return differing;
  }

  #of(by: string): Compared {
    const known = this.#compared.get(by);
    if (known !== undefined) return known;
    const compared: Compared = { row: null, text: [], total: [], parts: [] };
    this.#compared.set(by, compared);
    return compared;
  }
}

/** Whether a part has nothing in these columns, or nothing was submitted of it: the total then holds nothing of it either. */
function countsForNothing({ nothing, none }: ColumnSum): boolean {
  return nothing || none === NAMED_MISSING;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(12)));
}
