import { MEDIA_TYPES } from "@signalbox/formats";
import { writeXlsx } from "hucre";
import { type Feed, type FeedOf, nameOf, someCount } from "./feed.ts";

const HEADER = ["PERIOD", "YEAR", "MONTH", "STANDARD", "ORG CODE", "STAGE/ROUTE", "TREATMENT MODALITY", "CANCER TYPE"];
const COUNTS = ["TOTAL TREATED", "WITHIN STANDARD", "BREACHES"];
const ROUTES = ["URGENT SUSPECTED CANCER", "BREAST SYMPTOMATIC", "SCREENING", "UPGRADE"];
const PROVIDERS = 160;
const KINDS = 16;

/** Cancer waits by provider: half patients, and two breakdowns of the same patients beside each other. */
export async function cancer({ month, providers, issue }: FeedOf): Promise<Feed> {
  const first = month.toPlainDate({ day: 1 });
  const year = first.subtract({ months: 3 }).year;
  const of = [`${year}/${String(year + 1).slice(2)}`, nameOf(month).slice(0, 3).toUpperCase(), "62-day Combined"];
  const rows: (string | number | Date | null)[][] = [[...HEADER, ...COUNTS]];
  for (const [at, code] of providers.slice(0, PROVIDERS).entries()) {
    for (const [place, route] of ROUTES.entries()) {
      for (let kind = 0; kind < KINDS; kind++) {
        const total = someCount(at, place * 50 + kind, 80) / 2;
        const within = Math.floor(total * 0.7);
        const breakdown = kind % 2 === 0 ? ["ALL MODALITIES", `Cancer ${kind}`] : [`Modality ${kind}`, "ALL CANCERS"];
        const period = new Date(`${first.toString()}T00:00:00Z`);
        rows.push([
          period,
          of[0] ?? "",
          of[1] ?? "",
          of[2] ?? "",
          code,
          route,
          ...breakdown,
          total,
          within,
          total - within,
        ]);
      }
    }
  }
  const columns = [...HEADER, ...COUNTS].map((header, place) => ({
    header,
    numFmt: place === 0 ? "yyyy-mm-dd" : "General",
  }));
  const sheets = [{ name: issue === 0 ? "Provisional" : "Final", rows, columns }];
  const bytes = Buffer.from(await writeXlsx({ sheets }));
  return {
    filename: `CWT-CRS-Data-Extract-Provider-${issue}.xlsx`,
    bytes,
    mediaType: MEDIA_TYPES[".xlsx"],
    rows: rows.length - 1,
  };
}
