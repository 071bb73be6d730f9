import { MEDIA_TYPES } from "@signalbox/formats";
import { writeXlsx } from "hucre";
import { type Feed, someCount } from "./feed.ts";

const HEADER = ["period", "organisation", "metric", "value", "numerator", "denominator", "plan", "comment"];

/** A provider's own workbook in the canonical columns: so many organisations, metrics and months. */
export async function ownWorkbook(of: {
  organisations: readonly string[];
  metrics: readonly string[];
  months: readonly string[];
}): Promise<Feed> {
  const rows: (string | number | null)[][] = [HEADER];
  for (const organisation of of.organisations) {
    for (const metric of of.metrics) {
      for (const month of of.months)
        rows.push([month, organisation, metric, 80 + someCount(rows.length, 1, 200) / 10, null, null, null, null]);
    }
  }
  const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: "Figures", rows }] }));
  return { filename: "figures.xlsx", bytes, mediaType: MEDIA_TYPES[".xlsx"], rows: rows.length - 1 };
}
