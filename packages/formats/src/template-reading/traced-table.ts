import type { Template } from "../template.ts";
import type { FoundHeader } from "./header-search.ts";
import type { SheetText } from "./text-around.ts";
import { joined } from "./text-around.ts";
import { addressOf, type Trace } from "./trace.ts";

/** Tells of a table whose header was found, and of the rows above it. */
export function tellTable(
  trace: Trace,
  {
    sheet,
    header,
    above,
    template,
  }: { sheet: string; header: FoundHeader; above: SheetText["rows"]; template: Template },
): void {
  for (const { cells, row } of above) trace.onPassed({ sheet, row, why: "above-the-table", text: joined(cells) });
  const across = template.period.from === "headers" ? "values of this period" : "values of this metric";
  const names = new Map<number, string[]>();
  for (const [name, { places }] of header.columns)
    for (const place of places) names.set(place, [...(names.get(place) ?? []), name]);
  for (const place of header.across) names.set(place, [...(names.get(place) ?? []), across]);
  trace.onTable({
    sheet,
    row: header.row,
    columns: header.headers.map(({ place, shown }) => {
      return { address: addressOf(place, header.row), header: shown, names: names.get(place) ?? [] };
    }),
  });
}
