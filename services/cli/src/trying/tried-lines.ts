import { formatValue } from "@signalbox/domain";
import type { PassedRow, TracedRow, TracedTable } from "@signalbox/formats";
import { columns } from "@signalbox/explain/columns";
import { sourcesOf } from "./sources-in-words.ts";
import { passedBecause, problemLine, shownOf, type Tried, unknownOrganisations, wouldBeRejected } from "./tried.ts";

const CELLS = 4;
const WIDEST = 40;

/** What would become of a file, as a person reads it: by what it was read, what was found where, row by row, what is wrong. */
export function triedLines(tried: Tried): string[] {
  const { traced, rows } = tried;
  const { became, passed, result } = traced;
  const problems = shownOf(result.problems, rows);
  return [
    ...headLines(tried),
    ...traced.tables.flatMap(tableLines),
    ...section("What the cells become", became, { rows, lines: (shown) => cellLines(shown, tried) }),
    ...section("Rows that give nothing", passed, { rows, lines: passedLines }),
    ...(problems.shown.length === 0 ? [] : ["", "Problems:"]),
    ...problems.shown.map((problem) => `  ${problemLine(problem)}`),
    ...more(problems.more),
    "",
    ...countLines(tried),
  ];
}

function headLines(tried: Tried): string[] {
  const { file, template, named, known, traced } = tried;
  const how = named
    ? "as named"
    : template === null
      ? "it has their header"
      : "found: the file has the header of no other template";
  const by = template === null ? "the canonical columns" : `${template.name} (${template.title})`;
  const { rejected, issued } = traced.result;
  const fits = rejected === null || traced.tables.length > 0;
  return [
    ...columns([
      ["File", file.filename],
      ["Read by", fits ? `${by}, ${how}` : "nothing"],
      ["Metrics", known.from],
      ...(template === null || !fits ? [] : sourcesOf(template)),
      ["Issued", issued ?? "the file does not say"],
    ]),
  ];
}

function tableLines({ sheet, row, columns: found }: TracedTable): string[] {
  const title = sheet === "" ? "Table" : `Sheet ${sheet}`;
  const used = found.filter(({ names }) => names.length > 0);
  const unused = found.length - used.length;
  const lines = used.map(({ address, header, names }) => [address, cut(header), names.join(", ")]);
  return [
    "",
    `${title}: the header ends in row ${row}; ${used.length} of its ${found.length} columns are used:`,
    ...columns(lines, "  "),
    ...(unused === 0 ? [] : [`  not used: ${unusedHeaders(found)}`]),
  ];
}

function unusedHeaders(found: TracedTable["columns"]): string {
  const { shown, more: left } = shownOf(
    found.filter(({ names }) => names.length === 0),
    8,
  );
  const names = shown.map(({ address, header }) => `${cut(header)} (${address})`);
  return [...names, ...(left > 0 ? [`${left} more`] : [])].join(", ");
}

function cellLines(shown: readonly TracedRow[], { known }: Tried): string[] {
  const lines = shown.map((row) => {
    const metric = known.metrics.get(row.metric);
    const value = metric === undefined ? String(row.value) : formatValue(row.value, metric);
    const became = row.refused ?? (row.value === null ? `no value: ${row.noValue}` : value);
    const where = row.cells.map(({ address, text }) => (text === "" ? `${address} empty` : `${address} ${cut(text)}`));
    const cells = [...where.slice(0, CELLS), ...(where.length > CELLS ? [`${where.length - CELLS} more`] : [])];
    return [
      row.sheet === "" ? `row ${row.row}` : `${row.sheet}, row ${row.row}`,
      row.organisation ?? "?",
      row.period ?? "?",
      row.metric,
      `${row.refused === null ? "" : "refused: "}${became}${row.mark === null ? "" : ` (${row.mark})`}`,
      `from ${cells.join(", ")}`,
    ];
  });
  return columns(lines, "  ");
}

function passedLines(shown: readonly PassedRow[]): string[] {
  const lines = shown.map(({ sheet, row, why, text }) => [
    sheet === "" ? `row ${row}` : `${sheet}, row ${row}`,
    passedBecause[why],
    cut(text, 2 * WIDEST),
  ]);
  return columns(lines, "  ");
}

function countLines(tried: Tried): string[] {
  const { result } = tried.traced;
  const { read, unchanged, refused, rejected, rows } = result;
  const unknown = shownOf(unknownOrganisations(tried), 10);
  const named = [...unknown.shown, ...(unknown.more > 0 ? [`${unknown.more} more`] : [])].join(", ");
  return [
    ...(rejected === null
      ? [`Would be read: ${read} rows: ${rows.length} accepted, ${unchanged} given twice, ${refused} refused.`]
      : [`Would be rejected: ${rejected.message}`]),
    ...(named === "" ? [] : [`Not in the catalogue, so that their rows would be refused: ${named}.`]),
    ...(named !== "" && wouldBeRejected(tried) ? ["No row would be left: submitting the file would reject it."] : []),
    "Nothing was kept. Whether the values are plausible beside earlier ones, and whose rows a submitter may send, is judged when it is submitted.",
  ];
}

function section<T>(
  title: string,
  list: readonly T[],
  { rows, lines }: { rows: number; lines: (shown: readonly T[]) => string[] },
): string[] {
  if (list.length === 0) return [];
  const { shown, more: left } = shownOf(list, rows);
  const counted = left > 0 ? `, the first ${shown.length} of ${list.length.toLocaleString("en-GB")}` : "";
  return ["", `${title}${counted}:`, ...lines(shown), ...more(left)];
}

function more(left: number): string[] {
  return left === 0 ? [] : [`  and ${left.toLocaleString("en-GB")} more: --rows all shows them`];
}

function cut(text: string, widest = WIDEST): string {
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}
