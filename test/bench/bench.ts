import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { formatPeriod, nextPassing } from "@signalbox/domain";
import { startEmbeddedPostgres } from "@signalbox/embedded";
import { months } from "../harness/invented-health-system.ts";
import { startMailCatcher } from "../harness/mail-catcher.ts";
import { bareCopy, median, noOpJob, rulesAlone } from "./floors.ts";
import { install } from "./installation.ts";
import { nationalFile } from "./national-figures.ts";
import { providerCode, sizeOf } from "./national-system.ts";
import { printTable, type Row } from "./print-table.ts";
import { timeOf, type Timings } from "./submitting.ts";

/** `npm run bench -- [--series 24000] [--periods 60] [--runs 3] [--by provider|month] [--profile DIR]` */
const { values } = parseArgs({
  options: {
    series: { type: "string", default: "24000" },
    periods: { type: "string", default: "60" },
    runs: { type: "string", default: "3" },
    by: { type: "string", default: "provider" },
    profile: { type: "string" },
  },
});
const size = sizeOf(Number(values.series));
const series = size.providers * size.metrics;
const periods = Number(values.periods);
const FILES = 6;
const DUE_WORKING_DAY = 10;
const PROVIDER_METRICS = 100;
const PROVIDER_MONTHS = 10;

/** The next month whose submission day comes, as it is when a file arrives in time; before it, the history. */
const lastMonth = Temporal.PlainYearMonth.from(
  formatPeriod(nextPassing(Temporal.Now.instant(), "monthly", DUE_WORKING_DAY).period, "monthly"),
);
const history = months(lastMonth.subtract({ months: periods }).toString(), periods);
const everyProvider = Array.from({ length: size.providers }, (_, at) => at);

const backfill =
  values.by === "month"
    ? history.map((month) => nationalFile(size, { providers: everyProvider, months: [month] }))
    : Array.from({ length: FILES }, (_, at) =>
        nationalFile(size, { providers: everyProvider.filter((p) => p % FILES === at), months: history }),
      ).filter(({ rows }) => rows > 0);
const month = nationalFile(size, { providers: everyProvider, months: [lastMonth.toString()] });
const own = nationalFile(
  { ...size, metrics: Math.min(PROVIDER_METRICS, size.metrics) },
  { providers: [0], months: history.slice(1 - PROVIDER_MONTHS).concat(lastMonth.toString()) },
);
// One in ten of a provider's own rows says something else than before.
let line = 0;
own.csv = own.csv.replaceAll(/,(\d+(?:\.\d+)?),,,,\n/g, (all, value) =>
  ++line % 10 === 0 ? `,${Number(value) - 0.4},,,,\n` : all,
);

const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres(folder);
const mail = await startMailCatcher();
const results: {
  backfill: Timings;
  month: Timings;
  own: Timings;
  peak: number;
  copy: number;
  copyMonth: number;
  copyOwn: number;
}[] = [];
const floors = { rules: [] as number[], job: [] as number[] };
try {
  for (let run = 1; run <= Number(values.runs); run++) {
    process.stderr.write(`run ${run} of ${values.runs}: ${series} series, ${periods} months\n`);
    const execArgv = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
    const installation = await install(server, { size, mail, execArgv });
    const send = (files: readonly { csv: string }[], organisation = "NAT") =>
      timeOf(
        installation,
        files.map(({ csv }) => ({ organisation, csv })),
        mail,
      );
    const timed = {
      backfill: await send(backfill),
      month: await send([month]),
      own: await send([own], providerCode(0)),
    };
    const peak = await installation.worker.peakMemory();
    const copy = await bareCopy(
      installation.url,
      backfill.map(({ csv }) => csv),
    );
    const copyMonth = await bareCopy(installation.url, [month.csv]);
    const copyOwn = await bareCopy(installation.url, [own.csv]);
    results.push({ ...timed, peak, copy, copyMonth, copyOwn });
    process.stderr.write(`${JSON.stringify({ ...timed, peak, copy })}\n`);
    await installation.close();
    floors.rules.push(rulesAlone(series, periods));
    floors.job.push(await noOpJob(server.url()));
  }
} finally {
  await mail.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

const of = (pick: (result: (typeof results)[number]) => number): number => median(results.map(pick));
const rows = backfill.reduce((sum, file) => sum + file.rows, 0);
const perSecond = (count: number, seconds: number): string =>
  `${Math.round(count / seconds).toLocaleString("en-GB")}/s`;
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const copy = of((r) => r.copy);
const rules = median(floors.rules);
const job = `no-op job ${(median(floors.job) * 1000).toFixed(1)} ms`;
const table: Row[] = [
  [
    "file to observation, rows",
    perSecond(
      rows,
      of((r) => r.backfill.read),
    ),
    `COPY ${perSecond(rows, copy)}`,
    "",
  ],
  [
    "series assessed",
    perSecond(
      series,
      of((r) => r.backfill.decided),
    ),
    `rules alone ${perSecond(series, rules)}`,
    "",
  ],
  [
    `backfill of ${series} series x ${periods}, decided`,
    seconds(of((r) => r.backfill.decided)),
    `COPY ${seconds(copy)}`,
    `4 x COPY + 20 s = ${seconds(4 * copy + 20)}`,
  ],
  ["the same, to the last mail", seconds(of((r) => r.backfill.lastMail)), `${of((r) => r.backfill.mails)} mails`, ""],
  ["a new month, read", seconds(of((r) => r.month.read)), `COPY ${seconds(of((r) => r.copyMonth))}`, ""],
  ["a new month, decided", seconds(of((r) => r.month.decided)), `rules alone ${seconds(rules)}`, ""],
  [
    "a new month, to the last mail",
    seconds(of((r) => r.month.lastMail)),
    `${job}, ${of((r) => r.month.mails)} mails`,
    "5 s",
  ],
  [
    `a provider's ${own.rows} rows, decided`,
    seconds(of((r) => r.own.decided)),
    `COPY ${seconds(of((r) => r.copyOwn))}`,
    "",
  ],
  ["the same, to the last mail", seconds(of((r) => r.own.lastMail)), `${job}, ${of((r) => r.own.mails)} mails`, "1 s"],
  ["peak memory of the services", `${Math.round(of((r) => r.peak) / 2 ** 20)} MiB`, "", "1 GB"],
];
printTable(["what", "measured", "floor", "aim"], table);
