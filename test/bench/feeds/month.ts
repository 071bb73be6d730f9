import { nationalFile } from "../national-figures.ts";
import { ae } from "./ae.ts";
import { cancer } from "./cancer.ts";
import type { Feed, FeedOf } from "./feed.ts";
import { mhsds } from "./mhsds.ts";
import { rttFullExtract } from "./rtt-full-extract.ts";
import { rttIncomplete } from "./rtt-incomplete.ts";

/** A month of all feeds, about 240,000 rows: the national ones, and what the providers send of their own in canonical rows. */
export async function monthOfFeeds(of: FeedOf, own: { providers: number; metrics: number }): Promise<Feed[]> {
  const everyProvider = Array.from({ length: own.providers }, (_, at) => at);
  const { csv, rows } = nationalFile(own, { providers: everyProvider, months: [of.month.toString()] });
  const bytes = Buffer.from(csv + "\n".repeat(of.issue));
  return [
    rttFullExtract(of),
    rttIncomplete(of),
    mhsds(of),
    await cancer(of),
    ae(of),
    { filename: "own-figures.csv", bytes, mediaType: "text/csv", rows },
  ];
}
