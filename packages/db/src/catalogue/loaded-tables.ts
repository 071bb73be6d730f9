import type { CopyValue } from "../copy.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";

/** How a file of the catalogue becomes a table: `key` tells one row from another, of both a row has all `columns`. */
export interface LoadedTable {
  readonly file: string;
  readonly table: string;
  readonly key: readonly string[];
  /** In the order of `rows`; the first is never null. */
  readonly columns: readonly string[];
  /** Which rows in force (`o`) stay though the file lacks them; without it none. */
  readonly keptWhenAbsent?: string;
  rows(catalogue: CatalogueRows): Iterable<readonly CopyValue[]>;
}

/** Every file of a catalogue, in the order in which differences are shown. */
export const loadedTables: readonly LoadedTable[] = [
  {
    file: "organisations.csv",
    table: "organisation",
    key: ["code"],
    columns: ["code", "name", "kind", "parent", "opened", "closed", "sign_off"],
    rows: (from) =>
      from.organisations.values().map((o) => [o.code, o.name, o.kind, o.parent, o.opened, o.closed, o.signOff]),
  },
  {
    file: "forums.csv",
    table: "forum",
    key: ["code"],
    columns: ["code", "name", "tier", "parent"],
    rows: (from) => from.forums.values().map((f) => [f.code, f.name, f.tier, f.parent]),
  },
  {
    file: "people.csv",
    table: "person",
    key: ["email", "role", "forum", "organisation"],
    columns: ["email", "name", "role", "forum", "organisation"],
    rows: (from) => from.people.values().map((p) => [p.email, p.name, p.role, p.forum, p.organisation]),
  },
  {
    file: "metrics.csv",
    table: "metric",
    key: ["code"],
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
    rows: (from) =>
      from.metrics
        .values()
        .map((m) => [
          m.code,
          m.name,
          m.description,
          m.area,
          m.domain,
          m.unit,
          m.scale,
          m.better,
          m.frequency,
          m.aggregation,
          m.decimals,
          m.definitionChanges,
          m.accumulates,
          m.minimumChange,
          m.dueWorkingDay,
          m.urgent,
          m.plausibleFrom,
          m.plausibleTo,
          m.plausibleJump,
          m.zeroAfter,
          m.implausible,
        ]),
  },
  {
    file: "series.csv",
    table: "series_detail",
    key: ["metric", "organisation"],
    columns: ["metric", "organisation", "owner", "author", "contract", "commissioner"],
    rows: (from) =>
      from.seriesDetails.values().map((s) => [s.metric, s.organisation, s.owner, s.author, s.contract, s.commissioner]),
  },
  {
    file: "thresholds.csv",
    table: "threshold",
    key: ["metric", "organisation", "level", "status", "from_period"],
    columns: [
      "metric",
      "organisation",
      "level",
      "status",
      "from_period",
      "to_period",
      "basis",
      "board",
      "slt",
      "approved_on",
      "minute",
    ],
    // Limits approved on the web are in no folder until somebody takes them into it; of what is gone they go too.
    keptWhenAbsent: `o.kept_by_web and o.metric in (select code from staged_metric)
      and (o.organisation is null or o.organisation in (select code from staged_organisation))`,
    rows: (from) =>
      from.thresholds
        .values()
        .map((t) => [
          t.metric,
          t.organisation,
          t.level,
          t.status,
          t.from,
          t.to,
          t.basis,
          t.board,
          t.slt,
          t.approvedOn,
          t.minute,
        ]),
  },
  {
    file: "plans.csv",
    table: "plan",
    key: ["metric", "organisation", "period"],
    columns: ["metric", "organisation", "period", "value"],
    rows: (from) => from.plans.values().map((p) => [p.metric, p.organisation, p.period, p.value]),
  },
  {
    file: "targets.csv",
    table: "target",
    key: ["metric", "organisation", "from_period"],
    columns: ["metric", "organisation", "from_period", "to_period", "value", "source"],
    rows: (from) => from.targets.values().map((t) => [t.metric, t.organisation, t.from, t.to, t.value, t.source]),
  },
  {
    file: "comparators.csv",
    table: "comparator",
    key: ["metric", "period"],
    columns: ["metric", "period", "name", "value"],
    rows: (from) => from.comparators.values().map((c) => [c.metric, c.period, c.name, c.value]),
  },
  {
    file: "sources.csv",
    table: "source",
    key: ["name"],
    columns: ["name", "organisation", "template", "url", "working_day"],
    rows: (from) => from.sources.values().map((s) => [s.name, s.organisation, s.template, s.url, s.workingDay]),
  },
  {
    file: "successors.csv",
    table: "successor",
    key: ["organisation", "successor"],
    columns: ["organisation", "successor", "from_period"],
    rows: (from) => from.successors.values().map((s) => [s.organisation, s.successor, s.from]),
  },
  {
    file: "parents.csv",
    table: "organisation_parent",
    key: ["organisation", "to_period"],
    columns: ["organisation", "to_period", "from_period", "parent"],
    rows: (from) => from.formerParents.values().map((p) => [p.organisation, p.to, p.from, p.parent]),
  },
  {
    file: "protocol.json",
    table: "protocol",
    key: [],
    columns: ["body"],
    rows: (from) => [[JSON.stringify(from.protocol)]],
  },
];
