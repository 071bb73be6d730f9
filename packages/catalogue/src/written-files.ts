import type { Catalogue, Metric, Person } from "./catalogue.ts";
import { csvRow, monthCell, numberCell, periodCell, valueCell } from "./written-cells.ts";

/** The rows of a catalogue, or those that are at hand; a role is whatever is kept. */
export interface CatalogueRows extends Omit<Catalogue, "protocol" | "people"> {
  readonly people: readonly (Omit<Person, "role"> & { readonly role: string })[];
}
/** How a metric's values and periods are written, by its code. */
export type MetricNotation = (code: string) => Pick<Metric, "unit" | "scale" | "frequency">;

/** How a file of the catalogue is written; of two rows with the same cells in `key` one replaces the other. */
export interface WrittenFile {
  readonly file: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  rows(from: CatalogueRows, notation: MetricNotation): Iterable<readonly string[]>;
}

const yes = (is: boolean) => (is ? "yes" : "");
const UNKNOWN = { unit: "rate", scale: [], frequency: "monthly" } as const;

/** Every file of a catalogue but the protocol, in the order in which they are shown. */
export const writtenFiles: readonly WrittenFile[] = [
  {
    file: "organisations.csv",
    columns: ["code", "name", "kind", "parent", "opened", "closed", "sign_off"],
    key: ["code"],
    rows: ({ organisations }) =>
      organisations
        .values()
        .map((o) => [o.code, o.name, o.kind, o.parent ?? "", o.opened ?? "", o.closed ?? "", yes(o.signOff)]),
  },
  {
    file: "forums.csv",
    columns: ["code", "name", "tier", "parent"],
    key: ["code"],
    rows: ({ forums }) => forums.values().map((f) => [f.code, f.name, f.tier, f.parent ?? ""]),
  },
  {
    file: "people.csv",
    columns: ["email", "name", "role", "forum", "organisation"],
    key: ["email", "role", "forum", "organisation"],
    rows: ({ people }) => people.values().map((p) => [p.email, p.name, p.role, p.forum ?? "", p.organisation ?? ""]),
  },
  {
    file: "metrics.csv",
    columns: [
      "code",
      "name",
      "description",
      "area",
      "domain",
      "unit",
      "scale",
      "better",
      "frequency",
      "aggregation",
      "decimals",
      "definition_changes",
      "accumulates",
      "minimum_change",
      "due_working_day",
      "urgent",
      "plausible_from",
      "plausible_to",
      "plausible_jump",
      "zero_after",
      "implausible",
    ],
    key: ["code"],
    rows: ({ metrics }) => metrics.values().map(metricCells),
  },
  {
    file: "series.csv",
    columns: ["metric", "organisation", "owner", "author", "contract", "commissioner"],
    key: ["metric", "organisation"],
    rows: ({ seriesDetails }) =>
      seriesDetails
        .values()
        .map((s) => [s.metric, s.organisation, s.owner ?? "", s.author ?? "", s.contract ?? "", s.commissioner ?? ""]),
  },
  {
    file: "thresholds.csv",
    columns: [
      "metric",
      "organisation",
      "level",
      "basis",
      "board",
      "slt",
      "from",
      "to",
      "status",
      "approved_on",
      "minute",
    ],
    key: ["metric", "organisation", "level", "status", "from"],
    rows: ({ thresholds }, notation) =>
      thresholds.values().map((t) => {
        const limit = (value: number | null) =>
          t.basis === "value" ? valueCell(value, notation(t.metric)) : numberCell(value);
        return [
          t.metric,
          t.organisation ?? "",
          t.level ?? "",
          t.basis,
          limit(t.board),
          limit(t.slt),
          monthCell(t.from),
          monthCell(t.to),
          t.status,
          t.approvedOn ?? "",
          t.minute ?? "",
        ];
      }),
  },
  {
    file: "plans.csv",
    columns: ["metric", "organisation", "period", "value"],
    key: ["metric", "organisation", "period"],
    rows: ({ plans }, notation) =>
      plans.values().map((p) => {
        const metric = notation(p.metric);
        return [p.metric, p.organisation, periodCell(p.period, metric.frequency), valueCell(p.value, metric)];
      }),
  },
  {
    file: "targets.csv",
    columns: ["metric", "organisation", "value", "from", "to", "source"],
    key: ["metric", "organisation", "from"],
    rows: ({ targets }, notation) =>
      targets.values().map((t) => {
        const value = valueCell(t.value, notation(t.metric));
        return [t.metric, t.organisation ?? "", value, monthCell(t.from), monthCell(t.to), t.source ?? ""];
      }),
  },
  {
    file: "comparators.csv",
    columns: ["metric", "name", "period", "value"],
    key: ["metric", "period"],
    rows: ({ comparators }, notation) =>
      comparators.values().map((c) => {
        const metric = notation(c.metric);
        return [c.metric, c.name, periodCell(c.period, metric.frequency), valueCell(c.value, metric)];
      }),
  },
  {
    file: "sources.csv",
    columns: ["name", "organisation", "template", "url", "working_day"],
    key: ["name"],
    rows: ({ sources }) =>
      sources.values().map((s) => [s.name, s.organisation, s.template ?? "", s.url, numberCell(s.workingDay)]),
  },
  {
    file: "successors.csv",
    columns: ["organisation", "successor", "from"],
    key: ["organisation", "successor"],
    rows: ({ successors }) => successors.values().map((s) => [s.organisation, s.successor, monthCell(s.from)]),
  },
  {
    file: "parents.csv",
    columns: ["organisation", "parent", "from", "to"],
    key: ["organisation", "to"],
    rows: ({ formerParents }) =>
      formerParents.values().map((p) => [p.organisation, p.parent, monthCell(p.from), monthCell(p.to)]),
  },
];

export const PROTOCOL_FILE = "protocol.json";
/** Every file that a catalogue's folder may hold. */
export const CATALOGUE_FILES: readonly string[] = [...writtenFiles.map(({ file }) => file), PROTOCOL_FILE];

/** A catalogue's folder as it would be read again, file by file. */
export function writeCatalogue(catalogue: CatalogueRows & Pick<Catalogue, "protocol">): Map<string, Buffer> {
  const notation = notationOf(catalogue.metrics);
  const tables = writtenFiles.map((file): [string, Buffer] => [
    file.file,
    Buffer.from(textOf(file, file.rows(catalogue, notation))),
  ]);
  return new Map([...tables, [PROTOCOL_FILE, Buffer.from(`${JSON.stringify(catalogue.protocol, null, 2)}\n`)]]);
}

/** A file's text: its header and these rows. */
export function textOf({ columns }: WrittenFile, rows: Iterable<readonly string[]>): string {
  let text = csvRow(columns);
  for (const row of rows) text += csvRow(row);
  return text;
}

/** How the values of these metrics are written. */
export function notationOf(metrics: Iterable<Metric>): MetricNotation {
  const byCode = new Map(Iterator.from(metrics).map((metric) => [metric.code, metric]));
  return (code) => byCode.get(code) ?? UNKNOWN;
}

function metricCells(m: Metric): string[] {
  return [
    m.code,
    m.name,
    m.description,
    m.area,
    m.domain,
    m.unit,
    m.scale.join("|"),
    m.better,
    m.frequency,
    m.aggregation,
    numberCell(m.decimals),
    m.definitionChanges.map((period) => periodCell(period, m.frequency)).join(";"),
    m.accumulates,
    valueCell(m.minimumChange, m),
    numberCell(m.dueWorkingDay),
    yes(m.urgent),
    valueCell(m.plausibleFrom, m),
    valueCell(m.plausibleTo, m),
    numberCell(m.plausibleJump),
    valueCell(m.zeroAfter, m),
    // The word stands for nothing where there is no rule to break, and is refused there.
    m.implausible === "mark" ? "" : m.implausible,
  ];
}
