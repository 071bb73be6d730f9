import { MEDIA_TYPES } from "@signalbox/formats";
import { bands, csvOf, type Feed, type FeedOf, nameOf, someCount } from "./feed.ts";

const FUNCTIONS = 23;
const header = [
  "Region Code,Provider Code,Provider Name,Treatment Function Code,Treatment Function",
  ...bands(0, 104, (week) => `>${week}-${week + 1}`),
  "104 plus,Total number of incomplete pathways,Total within 18 weeks,% within 18 weeks",
  "Average (median) waiting time (in weeks),92nd percentile waiting time (in weeks)",
  "Total 52 plus weeks,Total 78 plus weeks,Total 65 plus weeks",
].join(",");

/** RTT incomplete pathways by provider: the month is in the file's name alone. */
export function rttIncomplete({ month, providers, issue }: FeedOf): Feed {
  const rows: string[] = [];
  for (const [at, code] of providers.slice(0, 157).entries()) {
    for (let place = 0; place <= FUNCTIONS; place++) {
      const treatment = place === FUNCTIONS ? "C_999" : `C_${100 + place}`;
      const weeks = bands(0, 105, (week) => String(someCount(at * 131 + place, week, week < 30 ? 90 : 3)));
      const counts = weeks.map(Number);
      const sum = (from: number): number => counts.slice(from).reduce((total, count) => total + count, 0);
      const within = sum(0) - sum(18);
      const share = `${((100 * within) / sum(0)).toFixed(2)}%`;
      const cells = weeks.map((count) => (count === "0" ? "-" : count)).join(",");
      const totals = `"${sum(0).toLocaleString("en-GB")}","${within.toLocaleString("en-GB")}",${share},12.5,44.1`;
      rows.push(
        `Y60,${code},HOSPITAL ${code},${treatment},Service,${cells},${totals},${sum(52)},${sum(78)},${sum(65)}`,
      );
    }
  }
  const name = `${nameOf(month).slice(0, 3)}${String(month.year).slice(2)}`;
  const filename = `Incomplete-Provider-${name}-XLSX-9M${issue > 0 ? "-revised" : ""}.csv`;
  return { filename, bytes: csvOf(header, rows, issue), mediaType: MEDIA_TYPES[".csv"], rows: rows.length };
}
