import type { CatalogueFiles } from "./catalogue-files.ts";
import {
  ACCUMULATIONS,
  AGGREGATIONS,
  BETTER,
  type Frequency,
  type MetricRules,
  parsePeriod,
  type Period,
  UNITS,
} from "@signalbox/domain";
import type { Forum, Metric } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import { Codes } from "./codes.ts";
import { numberIn } from "./numbers.ts";
import { PLAUSIBILITY_COLUMNS, plausibilityIn } from "./plausibility.ts";
import { readTable, type TableRead } from "./read-table.ts";

const mayLack = [
  "definition_changes",
  "accumulates",
  "minimum_change",
  "due_working_day",
  "urgent",
  ...PLAUSIBILITY_COLUMNS,
] as const;
const columns = [
  ...([
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
  ] as const),
  ...mayLack,
] as const;
const shape = { file: "metrics.csv", columns, mayLack } as const;
type Row = Cells<(typeof columns)[number]>;

/** Reads the metrics; each belongs to one board, its area. */
export async function readMetrics(
  files: CatalogueFiles,
  forums: Codes<Forum>,
): Promise<TableRead & { metrics: Codes<Metric> }> {
  const metrics = new Codes<Metric>("metric");
  const read = await readTable(files, shape, (cells) => {
    const row = metricOf(cells, forums);
    const code = row?.code ?? cells.text("code");
    if (code !== null) metrics.add(cells, "code", { code, row });
  });
  metrics.whole = read.whole;
  return { ...read, metrics };
}

/** The metric, whole enough to read values by even where a cell has a problem, for then no catalogue comes of it. */
function metricOf(cells: Row, forums: Codes<Forum>): Metric | null {
  const code = cells.newCode("code");
  const name = cells.needed("name");
  const area = areaIn(cells, forums);
  const better = cells.choice("better", BETTER);
  const frequency = cells.choice("frequency", ["monthly", "quarterly"]);
  const notation = notationIn(cells);
  const aggregation = cells.choice("aggregation", AGGREGATIONS, "none");
  const decimals = cells.integer("decimals", 0, 9) ?? 0;
  const definitionChanges = frequency === null ? [] : changesIn(cells, frequency);
  const accumulates = cells.choice("accumulates", ACCUMULATIONS, "none");
  const minimumChange = notation === null ? null : numberIn(cells, "minimum_change", notation);
  const dueWorkingDay = cells.integer("due_working_day", 1, 250);
  const urgent = cells.choice("urgent", ["yes", "no"], "no") === "yes";
  const plausibility = plausibilityIn(cells, notation);
  const [description, domain] = [cells.prose("description"), cells.text("domain") ?? ""];
  if (minimumChange !== null && minimumChange < 0) cells.problem("minimum_change", "is below 0");
  if ((notation?.unit === "ordinal" || notation?.unit === "yesno") && aggregation !== null && aggregation !== "none") {
    cells.problem("aggregation", `values of unit ${notation.unit} have no ${aggregation}; write none`);
  }
  if (code === null || better === null || frequency === null || notation === null) return null;
  return {
    code,
    name: name ?? "",
    description,
    area: area ?? "",
    domain,
    ...notation,
    better,
    frequency,
    aggregation: aggregation ?? "none",
    decimals,
    definitionChanges,
    accumulates: accumulates ?? "none",
    minimumChange,
    dueWorkingDay,
    urgent,
    ...plausibility,
  };
}

function areaIn(cells: Row, forums: Codes<Forum>): string | null {
  const area = forums.neededIn(cells, "area");
  if (area === null || (forums.get(area)?.tier ?? "board") === "board") return area;
  return cells.problem("area", `${quoted(area)} is no board`);
}

/** The unit with its scale: an ordinal has one, of two grades or more; no other unit has. */
function notationIn(cells: Row): (Pick<MetricRules, "unit"> & { readonly scale: readonly string[] }) | null {
  const unit = cells.choice("unit", UNITS);
  const scale =
    cells
      .text("scale")
      ?.split("|")
      .map((grade) => grade.trim()) ?? [];
  if (unit === null) return null;
  if (unit !== "ordinal")
    return scale.length === 0
      ? { unit, scale }
      : cells.problem("scale", `only ordinals have a scale, not unit ${unit}`);
  if (scale.length < 2) return cells.problem("scale", "an ordinal needs its grades, worst first, such as P|A|G|E");
  if (scale.includes("")) return cells.problem("scale", "a grade is empty");
  const grades = new Set(scale.map((grade) => grade.toLowerCase()));
  return grades.size === scale.length ? { unit, scale } : cells.problem("scale", "a grade is given twice");
}

function changesIn(cells: Row, frequency: Frequency): Period[] {
  const texts = cells.text("definition_changes")?.split(";") ?? [];
  const periods = new Set<Period>();
  for (const text of texts.map((part) => part.trim()).filter((part) => part !== "")) {
    const period = parsePeriod(text, frequency);
    if (period !== null) periods.add(period);
    else
      cells.problem(
        "definition_changes",
        `${quoted(text)} is no ${frequency === "monthly" ? "month such as 2024-03" : "quarter such as 2023/24 Q4"}`,
      );
  }
  return [...periods].toSorted((a, b) => a - b);
}
