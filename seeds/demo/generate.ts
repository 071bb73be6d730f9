import { catalogueOf } from "./catalogue.ts";
import { lastMonth, MONTHS } from "./span.ts";
import { restatements } from "./stories.ts";
import { type DemoFile, restatementFile, submission } from "./submission.ts";

export type { DemoFile };

const SUBMITTERS = ["STH", "FNH", "MHT", "WCH", "TRA", "WMR"];

/** The demo's catalogue as of a day: the text of each file by its name. The same day gives the same text. */
export function demoCatalogue(today: Temporal.PlainDate): Map<string, string> {
  return catalogueOf(lastMonth(today));
}

/**
 * The demo's submissions as of a day, in the order in which they came: everyone's history, the month before last, the
 * last month, and a restatement. The same day gives the same bytes.
 */
export function demoFiles(today: Temporal.PlainDate): DemoFile[] {
  const last = lastMonth(today);
  const fromAll = (oldest: number, newest: number): DemoFile[] =>
    SUBMITTERS.map((organisation) => submission(last, organisation, { oldest, newest }));
  return [
    ...fromAll(MONTHS - 1, 2),
    ...fromAll(1, 1),
    ...fromAll(0, 0),
    ...restatements.map((restated) => restatementFile(last, restated)),
  ];
}
