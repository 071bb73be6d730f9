import type { Template } from "@signalbox/formats";

/** Where a template takes period and organisation from, in words. */
export function sourcesOf({ period, organisation, issued }: Template): string[][] {
  return [
    ["Period", `from ${periodFrom(period)}`],
    [
      "Organisation",
      `from ${organisation.from === "cell" ? `the column ${organisation.column}` : around(organisation)}`,
    ],
    ...(issued.length === 0 ? [] : [["Issue date", `from ${issued.map(around).join(", else ")}`]]),
  ];
}

function periodFrom(period: Template["period"]): string {
  if (period.from === "cell") return `the columns ${period.columns.join(" and ")}`;
  if (period.from === "dates") return `the columns ${period.first} and ${period.last}, its first and last day`;
  return period.from === "headers" ? "the headers: one column a period" : around(period);
}

type Around = { readonly from: "filename" | "heading" | "sheet" } | { readonly from: "label"; readonly label: string };

function around(source: Around): string {
  if (source.from === "label") return `the cell beside "${source.label}"`;
  return { filename: "the file's name", heading: "the rows above the table", sheet: "the sheet's name" }[source.from];
}
