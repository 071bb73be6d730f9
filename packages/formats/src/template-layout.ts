import type { Findings, Layout } from "./findings.ts";
import { isBlank } from "./header.ts";
import { PeriodReader } from "./period-reader.ts";
import { FileRejected } from "./problem.ts";
import type { ReadRequest } from "./read-result.ts";
import { patternOf, type Template } from "./template.ts";
import { columnsIn, HeaderSearch, lacking, type TemplateColumns } from "./template-header.ts";
import { readTemplateRow, type Rules, type Table } from "./template-line.ts";
import { issuedAround, periodAround } from "./text-around.ts";

/** Another's layout, as a template describes it; one row of the file may give several canonical rows. */
export function templateLayout(request: ReadRequest, template: Template, found: Findings): Layout {
  const rules = compiled(request, template, found);
  const search = new HeaderSearch();
  const headings: string[] = [];
  let table: Table | null = null;
  let ended = false;
  return {
    onRow(cells, row) {
      if (ended || isBlank(cells)) return;
      if (table !== null) {
        ended = rules.endsAt.some((end) => end.test(cells.find((cell) => cell.trim() !== "")?.trim() ?? ""));
        if (!ended) readTemplateRow(rules, table, { cells, row }, found);
        return;
      }
      if (row > template.headerWithin) throw search.rejection() ?? noHeader(template);
      const missing = lacking(template, cells, row);
      if (missing.length === 0) {
        if (rules.metrics.length === 0) throw noMetricKnown(template);
        table = tableUnder(template, columnsIn(template, cells, row, found), cells.length, {
          filename: request.filename,
          headings,
        });
      } else {
        search.passed(cells, row, missing);
        headings.push(
          cells
            .map((cell) => cell.trim())
            .join(" ")
            .trim(),
        );
      }
    },
    end() {
      if (table === null) throw search.rejection() ?? noHeader(template);
    },
    issued: () => table?.issued ?? null,
  };
}

function compiled({ metrics, now }: ReadRequest, template: Template, found: Findings): Rules {
  const { period, passOver, endsAt } = template;
  const known: Rules["metrics"] = [];
  for (const of of template.metrics) {
    const notation = metrics.get(of.metric);
    if (notation !== undefined) known.push({ template: of, notation });
    else
      found.problems.add(
        "warning",
        "unknown-metric",
        "The template's metric is not in the catalogue and is left out.",
        { value: of.metric },
      );
  }
  return {
    template,
    metrics: known,
    periods: new PeriodReader(now),
    cellPattern: period.from === "cell" && period.pattern !== undefined ? patternOf(period.pattern) : null,
    passOver: passOver.map(({ column, pattern }) => ({ column, pattern: patternOf(pattern) })),
    endsAt: endsAt.map(patternOf),
  };
}

function tableUnder(
  template: Template,
  columns: TemplateColumns,
  width: number,
  around: Parameters<typeof issuedAround>[1],
): Table {
  const { period } = template;
  const ofFile = period.from === "cell" ? null : periodAround(period.from, period.pattern, around);
  if (period.from !== "cell" && ofFile === null) {
    const where = period.from === "filename" ? "file's name" : "lines above the header";
    throw new FileRejected(
      "no-period",
      `The ${where} must say which period this is, as the template ${template.name} expects.`,
    );
  }
  const last = Math.max(...[...columns.values()].map(({ place }) => place));
  return { columns, width, last, period: ofFile, issued: issuedAround(template, around) };
}

/** Said once the header is found: a file of another layout has another fault. */
function noMetricKnown({ name }: Template): FileRejected {
  return new FileRejected("unknown-metric", `None of the metrics of the template ${name} is in the catalogue.`);
}

function noHeader({ name, headerWithin }: Template): FileRejected {
  return new FileRejected(
    "missing-columns",
    `None of the first ${headerWithin} rows is the header that the template ${name} looks for.`,
  );
}
