import { formatPeriod, nextPassing } from "@signalbox/domain";
import { months } from "../harness/invented-health-system.ts";
import { bareCopy, median, noOpJob, rulesAlone } from "./floors.ts";
import { type Bench, install } from "./installation.ts";
import { nationalFile } from "./national-figures.ts";
import { nationalCatalogue, providerCode, sizeOf } from "./national-system.ts";
import { perSecond, type Row, seconds } from "./print-table.ts";
import { timeOf, type Timings } from "./submitting.ts";

const FILES = 6;
const DUE_WORKING_DAY = 10;
const PROVIDER_METRICS = 100;
const PROVIDER_MONTHS = 10;

interface Result {
  backfill: Timings;
  month: Timings;
  own: Timings;
  peak: number;
  copy: number;
  copyMonth: number;
  copyOwn: number;
  rules: number;
  job: number;
}

/** Canonical files: a backfill of many series, one new month of all of them, a provider's own 1,000 rows. */
export function seriesScenario(options: { series: number; periods: number; by: string }) {
  const size = sizeOf(options.series);
  const series = size.providers * size.metrics;
  const { periods } = options;
  /** The next month whose submission day comes, as it is when a file arrives in time; before it, the history. */
  const lastMonth = Temporal.PlainYearMonth.from(
    formatPeriod(nextPassing(Temporal.Now.instant(), "monthly", DUE_WORKING_DAY).period, "monthly"),
  );
  const history = months(lastMonth.subtract({ months: periods }).toString(), periods);
  const everyProvider = Array.from({ length: size.providers }, (_, at) => at);
  const backfill =
    options.by === "month"
      ? history.map((month) => nationalFile(size, { providers: everyProvider, months: [month] }))
      : Array.from({ length: FILES }, (_, at) =>
          nationalFile(size, { providers: everyProvider.filter((p) => p % FILES === at), months: history }),
        ).filter((file) => file.rows > 0);
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
  const results: Result[] = [];

  async function run(bench: Bench): Promise<void> {
    const installation = await install(bench, nationalCatalogue(size));
    const send = (files: readonly { csv: string }[], organisation = "NAT") =>
      timeOf(
        installation,
        files.map(({ csv }) => ({ organisation, csv })),
        bench.mail,
      );
    const timed = {
      backfill: await send(backfill),
      month: await send([month]),
      own: await send([own], providerCode(0)),
    };
    const peak = await installation.worker.peakMemory();
    const { url } = installation;
    const floors = {
      copy: await bareCopy(
        url,
        backfill.map(({ csv }) => csv),
      ),
      copyMonth: await bareCopy(url, [month.csv]),
      copyOwn: await bareCopy(url, [own.csv]),
    };
    process.stderr.write(`${JSON.stringify({ ...timed, peak, ...floors })}\n`);
    await installation.close();
    results.push({
      ...timed,
      ...floors,
      peak,
      rules: rulesAlone(series, periods),
      job: await noOpJob(bench.server.url()),
    });
  }

  function rows(): Row[] {
    const of = (pick: (result: Result) => number): number => median(results.map(pick));
    const count = backfill.reduce((sum, file) => sum + file.rows, 0);
    const copy = of((r) => r.copy);
    const rules = of((r) => r.rules);
    const job = `no-op job ${(of((r) => r.job) * 1000).toFixed(1)} ms`;
    const read = of((r) => r.backfill.read);
    const decided = of((r) => r.backfill.decided);
    return [
      ["file to observation, rows", perSecond(count, read), `COPY ${perSecond(count, copy)}`, ""],
      ["series assessed", perSecond(series, decided), `rules alone ${perSecond(series, rules)}`, ""],
      [
        `backfill of ${series} series x ${periods}, decided`,
        seconds(decided),
        `COPY ${seconds(copy)}`,
        `4 x COPY + 20 s = ${seconds(4 * copy + 20)}`,
      ],
      [
        "the same, to the last mail",
        seconds(of((r) => r.backfill.lastMail)),
        `${of((r) => r.backfill.mails)} mails`,
        "",
      ],
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
      [
        "the same, to the last mail",
        seconds(of((r) => r.own.lastMail)),
        `${job}, ${of((r) => r.own.mails)} mails`,
        "1 s",
      ],
      ["peak memory of the services", `${Math.round(of((r) => r.peak) / 2 ** 20)} MiB`, "", "1 GB"],
    ];
  }
  return { name: `${series} series, ${periods} months`, run, rows };
}
