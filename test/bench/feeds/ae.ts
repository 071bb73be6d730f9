import { MEDIA_TYPES } from "@signalbox/formats";
import { csvOf, type Feed, type FeedOf, nameOf, someCount } from "./feed.ts";

const sorts = ["Type 1", "Type 2", "Other A&E Department"];
const booked = ["Booked Appointments Type 1", "Booked Appointments Type 2", "Booked Appointments Other Department"];
const header = [
  "Period,Org Code,Parent Org,Org name",
  ...[...sorts, ...booked].map((sort) => `A&E attendances ${sort}`),
  ...["Type 1", "Type 2", "Other Department", ...booked].map((sort) => `Attendances over 4hrs ${sort}`),
  "Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission",
  "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2",
  "Emergency admissions via A&E - Other A&E department,Other emergency admissions",
].join(",");

/** Monthly A&E attendances and four-hour waits. */
export function ae({ month, providers, issue }: FeedOf): Feed {
  const period = `MSitAE-${nameOf(month).toUpperCase()}-${month.year}`;
  const rows = providers.map((code, at) => {
    const came = [9000, 300, 3000, 50, 20, 400].map((most, place) => 100 + someCount(at, place, most));
    const waited = came.map((count, place) => Math.floor((count * (10 + someCount(at, 50 + place, 25))) / 100));
    return `${period},${code},NHS ENGLAND MIDLANDS ,HOSPITAL ${code},${came.join(",")},${waited.join(",")},40,${someCount(at, 99, 300)},900,2,50,700`;
  });
  const filename = `${nameOf(month)}-${month.year}${issue > 0 ? "-revised" : ""}-abc.csv`;
  return { filename, bytes: csvOf(header, rows, issue), mediaType: MEDIA_TYPES[".csv"], rows: rows.length };
}
