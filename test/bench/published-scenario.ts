import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { median } from "./floors.ts";
import type { Feed } from "./feeds/feed.ts";
import { monthOfFeeds } from "./feeds/month.ts";
import { ownWorkbook } from "./feeds/own-workbook.ts";
import { rttFullExtract } from "./feeds/rtt-full-extract.ts";
import { type Bench, install } from "./installation.ts";
import { metricCode, nationalCatalogue, providerCode } from "./national-system.ts";
import { type Row, seconds } from "./print-table.ts";
import { timeOf, type Timings } from "./submitting.ts";

const OWN = { providers: 200, metrics: 120 };
const WARDS = 50;
const WORKBOOK_MONTHS = 10;
const PUBLISHED_METRICS = fileURLToPath(new URL("../../seeds/templates/catalogue/metrics.csv", import.meta.url));

interface Result {
  extract: Timings;
  extractPeak: number;
  workbook: Timings;
  month: Timings;
  again: Timings;
  peak: number;
}

/** Files as they are published: an RTT full extract alone, a provider's workbook, a month of all feeds, and that again. */
export function publishedScenario() {
  const month = Temporal.Now.plainDateISO().toPlainYearMonth().subtract({ months: 2 });
  const providers = Array.from({ length: OWN.providers }, (_, at) => providerCode(at));
  const results: Result[] = [];
  let rows = { extract: 0, workbook: 0, month: 0 };

  async function run(bench: Bench): Promise<void> {
    const catalogue = withPublished();
    const alone = await install(bench, catalogue);
    const send = (to: typeof alone, feeds: readonly Feed[], organisation = "NAT") =>
      timeOf(
        to,
        feeds.map(({ bytes, filename, mediaType }) => ({ organisation, csv: bytes, filename, mediaType })),
        bench.mail,
      );
    const extractFile = rttFullExtract({ month, providers, issue: 0 });
    const extract = await send(alone, [extractFile]);
    const extractPeak = await alone.worker.peakMemory();
    await alone.close();

    const installation = await install(bench, catalogue);
    const book = await ownWorkbook({
      organisations: Array.from({ length: WARDS }, (_, ward) => wardCode(ward)),
      metrics: Array.from({ length: OWN.metrics }, (_, metric) => metricCode(metric)),
      months: Array.from({ length: WORKBOOK_MONTHS }, (_, back) => month.subtract({ months: back }).toString()),
    });
    const workbook = await send(installation, [book], providerCode(0));
    const feeds = await monthOfFeeds({ month, providers, issue: 0 }, OWN);
    const first = await send(installation, feeds);
    const again = await send(installation, await monthOfFeeds({ month, providers, issue: 1 }, OWN));
    const peak = await installation.worker.peakMemory();
    await installation.close();
    rows = { extract: extractFile.rows, workbook: book.rows, month: feeds.reduce((sum, feed) => sum + feed.rows, 0) };
    results.push({ extract, extractPeak, workbook, month: first, again, peak });
    process.stderr.write(`${JSON.stringify(results.at(-1))}\n`);
  }

  return {
    name: "files as they are published",
    run,
    rows(): Row[] {
      const of = (pick: (result: Result) => number): number => median(results.map(pick));
      const size = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
      return [
        [`an RTT full extract of ${rows.extract} rows x 121, read`, seconds(of((r) => r.extract.read)), "", "15 s"],
        ["the same, peak memory of the services", size(of((r) => r.extractPeak)), "", "500 MB"],
        [`a provider's workbook of ${rows.workbook} rows, read`, seconds(of((r) => r.workbook.read)), "", "5 s"],
        ["the same, decided", seconds(of((r) => r.workbook.decided)), "", ""],
        [
          `a month of all feeds, ${rows.month} rows, settled`,
          seconds(of((r) => settled(r.month))),
          `${of((r) => r.month.mails)} mails`,
          "60 s",
        ],
        [
          "the same month again, settled",
          seconds(of((r) => settled(r.again))),
          `${of((r) => r.again.mails)} mails`,
          "10 s",
        ],
        ["peak memory of the services", size(of((r) => r.peak)), "", ""],
      ];
    },
  };
}

const settled = ({ decided, lastMail }: Timings): number => Math.max(decided, lastMail);
const wardCode = (at: number): string => `W${String(at).padStart(3, "0")}`;

/** The invented national catalogue, with the published metrics and the first provider's wards. */
function withPublished() {
  const catalogue = nationalCatalogue(OWN);
  const suggested: Record<string, string>[] = parse(readFileSync(PUBLISHED_METRICS), { columns: true });
  // Whoever takes the suggested metrics names boards of their own; here one governs them all.
  const published = suggested.map((metric) =>
    Object.values({ ...metric, area: "UEC" })
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(","),
  );
  const wards = Array.from({ length: WARDS }, (_, at) => `${wardCode(at)},Ward ${at},ward,${providerCode(0)},,`);
  return {
    ...catalogue,
    organisations: [catalogue.organisations, ...wards].join("\n"),
    metrics: [catalogue.metrics, ...published].join("\n"),
  };
}
