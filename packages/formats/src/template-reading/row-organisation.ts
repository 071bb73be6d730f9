import { FileRejected } from "../problem.ts";
import { type OrganisationSource, patternOf } from "../template.ts";
import { wholeText } from "./header-text.ts";
import type { TableSetting } from "./table-setting.ts";
import { textsOf } from "./text-around.ts";

const LONGEST = 500;

/** Says which organisation a row of a table is about. Each text met is understood once. */
export class RowOrganisation {
  readonly place: number;
  readonly #codes: ReadonlyMap<string, string>;
  readonly #pattern: RegExp | null;
  readonly #known = new Map<string, string>();
  readonly #ofTable: string | null;

  /** Throws FileRejected where the whole table is one organisation's, and nothing says whose. */
  constructor(source: OrganisationSource, setting: TableSetting) {
    this.#codes = new Map(Object.entries(source.codes).map(([text, code]) => [wholeText(text), code]));
    this.#pattern = source.pattern === undefined ? null : patternOf(source.pattern);
    this.place = source.from === "cell" ? (setting.columns.get(source.column)?.places[0] ?? -1) : -1;
    this.#ofTable = source.from === "cell" ? null : this.#around(source, setting);
  }

  /** The code; "" where the row names none. */
  of(cells: readonly string[]): string {
    if (this.#ofTable !== null) return this.#ofTable;
    const text = cells[this.place] ?? "";
    const before = this.#known.get(text);
    if (before !== undefined) return before;
    const code = this.codeOf(text);
    this.#known.set(text, code);
    return code;
  }

  /** The code that a text stands for; "" where there is none. */
  codeOf(text: string): string {
    const plain = text.slice(0, LONGEST).trim();
    const picked = this.#pattern === null ? plain : (this.#pattern.exec(plain)?.groups?.["code"]?.trim() ?? "");
    return this.#codes.get(wholeText(picked)) ?? this.#codes.get(wholeText(plain)) ?? picked;
  }

  #around(source: Exclude<OrganisationSource, { from: "cell" }>, { around, where, reading }: TableSetting): string {
    for (const text of textsOf(source, around)) {
      const code = this.codeOf(text);
      if (code !== "") return code;
    }
    const places = {
      filename: "file's name",
      sheet: "sheet's name",
      heading: "rows above the header",
      label: "rows above the header",
    };
    const label = source.from === "label" ? ` beside "${source.label}"` : "";
    const message = `${where}The ${places[source.from]} must say${label} whose figures these are, as the template ${reading.template.name} expects.`;
    throw new FileRejected("no-organisation", message);
  }
}
