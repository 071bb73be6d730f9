import { MEDIA_TYPES } from "@signalbox/formats";
import { csvOf, type Feed, type FeedOf, someCount } from "./feed.ts";

const header =
  "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE";
const ROLLING = ["MRS01", "MRS01a", "MRS01b", "MRS04", "MRS05", "MRS08", "MRS08a", "MRS08b", "MRS11", "MRS12"];
const ROWS = 19_960;

/** Mental health four-week waits: rolling three months and single months in one file, most values suppressed. */
export function mhsds({ month, providers, issue }: FeedOf): Feed {
  const date = (of: Temporal.PlainYearMonth, day: number): string =>
    `${String(day).padStart(2, "0")}/${String(of.month).padStart(2, "0")}/${of.year}`;
  const end = date(month, month.daysInMonth);
  const rows: string[] = [];
  for (let at = 0; rows.length < ROWS; at++) {
    const code = providers[at % providers.length] ?? "";
    const measure = ROLLING[Math.floor(at / providers.length) % ROLLING.length] ?? "MRS01";
    const round = Math.floor(at / (providers.length * ROLLING.length));
    const breakdown = round === 0 ? "Provider" : `ICB of GP Practice or Residence; Provider ${round}`;
    const start = date(month.subtract({ months: 2 }), 1);
    const value = someCount(at, round, 10) < 6 ? "*" : String(someCount(at, 7, 4000));
    rows.push(
      `${start},${end},Performance,${breakdown},${code},"HOSPITAL ${code}, NHS TRUST",NONE,NONE,${measure},Referral spells ${measure},${value}`,
    );
  }
  const bytes = csvOf(header, rows, issue);
  return { filename: `MHSDS_Data_4WW_v${issue + 1}.csv`, bytes, mediaType: MEDIA_TYPES[".csv"], rows: rows.length };
}
