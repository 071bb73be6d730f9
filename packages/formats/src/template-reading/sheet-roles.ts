import { patternOf, type Template } from "../template.ts";
import type { SheetSeen } from "../reader.ts";

/** What a sheet is to a template; a sheet may be several. */
export interface SheetRole {
  table: boolean;
  notes: boolean;
  /** Text around the table that stands on another sheet. */
  cover: boolean;
}

/** Says what the sheets of a file are to a template, by their names. */
export class SheetRoles {
  readonly #template: Template;
  readonly #named: RegExp | null;
  readonly #notes: readonly RegExp[];
  readonly #covers: readonly RegExp[];

  constructor(template: Template) {
    const { sheets, notes, period, organisation, issued } = template;
    this.#template = template;
    this.#named = sheets.named === undefined ? null : patternOf(sheets.named);
    this.#notes = notes.map((one) => patternOf(one.sheets));
    this.#covers = [period, organisation, ...issued]
      .flatMap((source) => ("sheets" in source && source.sheets !== undefined ? [source.sheets] : []))
      .map(patternOf);
  }

  of({ name, hidden }: SheetSeen): SheetRole {
    const matches = (pattern: RegExp): boolean => pattern.test(name);
    return {
      table: this.#mayHoldTable(name, hidden),
      notes: name !== "" && this.#notes.some(matches),
      cover: name !== "" && this.#covers.some(matches),
    };
  }

  #mayHoldTable(name: string, hidden: boolean): boolean {
    const { sheets, period, organisation } = this.#template;
    if (name === "") return period.from !== "sheet" && organisation.from !== "sheet";
    return (sheets.hidden || !hidden) && (this.#named === null || this.#named.test(name));
  }
}
