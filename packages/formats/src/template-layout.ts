import type { Frequency } from "@signalbox/domain";
import type { Findings, Layout } from "./findings.ts";
import { isBlank } from "./header.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";
import type { SheetSeen } from "./reader.ts";
import type { Template } from "./template.ts";
import { applyNotes } from "./template-reading/apply-notes.ts";
import { dateOf, dateOfParts } from "./template-reading/date-text.ts";
import { HeaderSearch } from "./template-reading/header-search.ts";
import { type SheetRole, SheetRoles } from "./template-reading/sheet-roles.ts";
import { unknownMetrics } from "./template-reading/table-metrics.ts";
import type { Reading } from "./template-reading/table-setting.ts";
import { TablePeriods } from "./template-reading/table-periods.ts";
import { type PeriodSaid, TemplateTable } from "./template-reading/template-table.ts";
import { plainFilename, type SheetText, type TextAround, textsOf } from "./template-reading/text-around.ts";
import type { Trace } from "./template-reading/trace.ts";
import { tellTable } from "./template-reading/traced-table.ts";

const MOST_TEXT = 2_000;

/** Another's layout, as a template describes it; one row of the file may give several canonical rows. */
export class TemplateLayout implements Layout {
  readonly name: string;
  readonly #reading: Reading;
  readonly #roles: SheetRoles;
  readonly #search: HeaderSearch;
  readonly #filename: string;
  readonly #others: SheetText[] = [];
  readonly #names = new Map<string, string>();
  readonly #frequencies = new Map<string, Frequency>();
  readonly #said: PeriodSaid;
  #sheet: (SheetText & { role: SheetRole }) | null = null;
  #table: TemplateTable | null = null;
  /** What stood around the first table: the issue date is looked for there. */
  #around: TextAround | null = null;
  #hiddenRows = 0;
  /** Whether the header can no longer come on this sheet. */
  #pastWindow = false;

  constructor(
    { metrics, now, filename }: ReadRequest,
    template: Template,
    { found, trace }: { found: Findings; trace: Trace | null },
  ) {
    this.name = template.name;
    this.#reading = { template, metrics, now, found, trace };
    this.#roles = new SheetRoles(template);
    this.#filename = plainFilename(filename);
    this.#search = new HeaderSearch(this.#reading, this.#filename);
    this.#said = saidInName(this.#filename, this.#reading);
  }

  get fits(): boolean {
    return this.#around !== null;
  }

  get idle(): boolean {
    const role = this.#sheet?.role;
    return role === undefined || (this.#table === null && this.#pastWindow && !role.notes && !role.cover);
  }

  get readSheet(): string | null {
    return this.#reading.template.sheets.every ? null : (this.#around?.sheet ?? null);
  }

  wants(sheet: SheetSeen): boolean {
    const role = this.#roles.of(sheet);
    if (this.fits && !this.#reading.template.sheets.every) role.table = false;
    const wanted = role.table || role.notes || role.cover;
    this.#sheet = wanted ? { name: sheet.name, rows: [], role } : null;
    this.#pastWindow = false;
    this.#search.sheetBegins();
    return wanted;
  }

  onRow(cells: readonly string[], row: number, hidden: boolean): void {
    const sheet = this.#sheet;
    if (sheet === null) return;
    if (this.#table !== null) {
      if (hidden && this.#reading.template.sheets.rows === "shown") return;
      if (hidden) this.#hiddenRows++;
      this.#table.onRow(cells, row);
    } else if (!this.#tableBegins(sheet, cells, row)) keepText(sheet, cells, row);
  }

  sheetEnds(): void {
    this.#table?.end();
    for (const { code, notation } of this.#table?.metrics.met() ?? []) this.#frequencies.set(code, notation.frequency);
    const sheet = this.#sheet;
    if (sheet !== null && (sheet.role.notes || sheet.role.cover)) this.#others.push(sheet);
    this.#table = null;
    this.#sheet = null;
  }

  end(): void {
    if (!this.fits) throw this.rejection();
    const { template, found, now } = this.#reading;
    if (this.#hiddenRows > 0) {
      const message = `${this.#hiddenRows} hidden rows were read like the others. Delete them where they are not meant.`;
      found.problems.add("warning", "hidden-rows", message, {});
    }
    const organisations = new Set(found.rows.organisations.list);
    const { quarterBy } = template.period;
    const known = { names: this.#names, organisations, template: template.name, now, quarterBy };
    applyNotes(this.#others, { template, found, metrics: this.#frequencies, known });
  }

  rejection(): FileRejected {
    return this.#search.rejection();
  }

  get had(): number {
    const required = Object.values(this.#reading.template.columns).filter(({ optional }) => !optional).length;
    return Math.max(0, required - (this.#search.nearest?.missing.length ?? required));
  }

  issued(): string | null {
    const around = this.#around;
    if (around === null) return null;
    for (const source of this.#reading.template.issued) {
      const pattern = source.pattern === undefined ? null : new RegExp(source.pattern, "iu");
      for (const text of textsOf(source, { ...around, others: this.#others })) {
        const parts = pattern?.exec(text)?.groups;
        const date = parts === undefined ? dateOf(text) : dateOfParts(parts);
        if (date !== null) return date.toString();
      }
    }
    return null;
  }

  #tableBegins(sheet: SheetText & { role: SheetRole }, cells: readonly string[], row: number): boolean {
    const { template, metrics, found } = this.#reading;
    this.#pastWindow ||= !sheet.role.table || !this.#search.within(row);
    if (this.#pastWindow) return false;
    const header = this.#search.at(cells, row, { sheet: sheet.name, above: sheet.rows });
    if (header === null) return false;
    const unknown = unknownMetrics(template, metrics);
    if (Array.isArray(template.metrics) && unknown.length === template.metrics.length) throw noMetricKnown(template);
    const around = { filename: this.#filename, sheet: sheet.name, above: sheet.rows, others: this.#others };
    if (this.#around === null) {
      for (const value of unknown)
        found.problems.add(
          "warning",
          "unknown-metric",
          "The template's metric is not in the catalogue and is left out.",
          { value },
        );
    }
    this.#around ??= around;
    const { trace } = this.#reading;
    if (trace !== null) tellTable(trace, { sheet: sheet.name, header, above: sheet.rows, template });
    const where = template.sheets.every && sheet.name !== "" ? `Sheet ${sheet.name}: ` : "";
    const names = template.notes.length > 0 ? this.#names : null;
    const setting = { reading: this.#reading, columns: header.columns, headers: header.headers, around, where };
    this.#table = new TemplateTable(setting, { said: this.#said, names });
    return true;
  }
}

/** What the file's name says of the period, where the template reads it there. */
function saidInName(filename: string, { template, now }: Reading): PeriodSaid {
  if (template.filename === undefined) return () => null;
  const { quarterBy } = template.period;
  const periods = new TablePeriods(
    { pattern: template.filename, quarterBy, anyDay: true },
    { template: template.name, now },
  );
  const said = { monthly: periods.plainly(filename, "monthly"), quarterly: periods.plainly(filename, "quarterly") };
  return (frequency) => said[frequency];
}

function keepText(sheet: SheetText, cells: readonly string[], row: number): void {
  if (!isBlank(cells) && sheet.rows.length < MOST_TEXT) sheet.rows.push({ cells: [...cells], row });
}

/** Said once the header is found: a file of another layout has another fault. */
function noMetricKnown({ name }: Template): FileRejected {
  return new FileRejected("unknown-metric", `None of the metrics of the template ${name} is in the catalogue.`);
}
