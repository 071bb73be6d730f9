import { zipOf } from "../../harness/zip.ts";
import { bands, csvOf, type Feed, type FeedOf, nameOf, someCount } from "./feed.ts";

const PARTS = [
  ["Part_1A", "Completed Pathways For Admitted Patients"],
  ["Part_1B", "Completed Pathways For Non-Admitted Patients"],
  ["Part_2", "Incomplete Pathways"],
  ["Part_2A", "Incomplete Pathways with DTA"],
  ["Part_3", "New RTT Periods - All Patients"],
] as const;
const FUNCTIONS = [
  "C_100",
  "C_101",
  "C_110",
  "C_120",
  "C_130",
  "C_140",
  "C_150",
  "C_160",
  "C_170",
  "C_300",
  "C_301",
].concat(["C_320", "C_330", "C_340", "C_400", "C_410", "C_430", "C_502", "X02", "X03", "X04", "X05", "X06", "C_999"]);
const WEEKS = 105;
const ROWS = 182_000;

const pad = (week: number): string => String(week).padStart(2, "0");
const header = [
  "Period,Provider Parent Org Code,Provider Parent Name,Provider Org Code,Provider Org Name",
  "Commissioner Parent Org Code,Commissioner Parent Name,Commissioner Org Code,Commissioner Org Name",
  "RTT Part Type,RTT Part Description,Treatment Function Code,Treatment Function Name",
  ...bands(0, WEEKS - 1, (week) => `Gt ${pad(week)} To ${pad(week + 1)} Weeks SUM 1`),
  "Gt 104 Weeks SUM 1,Total,Patients with unknown clock start date,Total All",
].join(",");

/** The RTT full extract: 182,000 rows of 121 columns, one provider once a commissioner, zipped as it is published. */
export function rttFullExtract({ month, providers, issue }: FeedOf, rows = ROWS): Feed {
  const period = `RTT-${nameOf(month)}-${month.year}`;
  const lines: string[] = [];
  for (let commissioner = 0; lines.length < rows; commissioner++) {
    for (const [at, code] of providers.entries()) {
      const [part, description] = PARTS[commissioner % PARTS.length] ?? PARTS[0];
      const of = `QE${commissioner % 9}`;
      const who = `${of},"NHS Somewhere, ICB ${of}",${code},HOSPITAL ${code} NHS FOUNDATION TRUST`;
      const payer = `${of},"NHS Somewhere, ICB ${of}",${of}${commissioner},NHS SOMEWHERE (SUB ICB LOCATION ${commissioner})`;
      for (const [place, treatment] of FUNCTIONS.entries()) {
        if (lines.length === rows) break;
        const weeks = weeksOf(at * 31 + commissioner, place);
        const total = weeks.reduce((sum, count) => sum + count, 0);
        const shown = weeks.map((count) => (count === 0 ? "" : count)).join(",");
        lines.push(
          `${period},${who},${payer},${part},${description},${treatment},Service ${treatment},${shown},${total},0,${total}`,
        );
      }
    }
  }
  const bytes = zipOf(`${period}-full-extract.csv`, csvOf(header, lines, issue));
  return { filename: `Full-CSV-data-file-${period.slice(4)}.zip`, bytes, mediaType: "application/zip", rows };
}

/** Patients by weeks waited: many few weeks, few many, and most bands empty where the service is small. */
function weeksOf(seed: number, place: number): number[] {
  return Array.from({ length: WEEKS }, (_, week) => {
    const most = Math.max(0, 40 - week / 2 - (place % 4) * 8);
    return most < 1
      ? someCount(seed, place * 200 + week, 200) === 0
        ? 1
        : 0
      : someCount(seed, place * 200 + week, most);
  });
}
