import { xmrChart } from "@signalbox/charts";
import { type Period, seriesChart, shortPeriod, spcChart } from "@signalbox/domain";
import { months } from "../harness/invented-health-system.ts";
import { median } from "./floors.ts";
import { type Bench, install } from "./installation.ts";
import { figure, nationalFile } from "./national-figures.ts";
import { metricCode, nationalCatalogue, providerCode, sizeOf } from "./national-system.ts";
import { percentile, readAtOnce, signIn, type Visit } from "./people-at-once.ts";
import type { Row } from "./print-table.ts";
import { timeOf } from "./submitting.ts";

const PEOPLE = 20;
const ROUNDS = 15;
const FILES = 6;
const SPC_POINTS = 36;
const AIM = "p95 150 ms, 100 kB";

interface Result {
  readonly pages: ReadonlyMap<string, { readonly half: number; readonly p95: number; readonly bytes: number }>;
  readonly script: number;
  readonly peak: number;
  readonly chart: number;
  readonly spc: number;
}

/** Twenty people at once who read the pages over a national history: leaders of every forum, and owners of providers. */
export function pagesScenario(options: { series: number; periods: number }) {
  const size = sizeOf(options.series);
  const results: Result[] = [];

  async function run(bench: Bench): Promise<void> {
    const installation = await install(bench, nationalCatalogue(size));
    const last = Temporal.Now.plainDateISO().toPlainYearMonth().subtract({ months: 2 });
    const history = months(last.subtract({ months: options.periods - 1 }).toString(), options.periods);
    const everyProvider = Array.from({ length: size.providers }, (_, at) => at);
    const files = Array.from({ length: FILES }, (_, at) =>
      nationalFile(size, { providers: everyProvider.filter((p) => p % FILES === at), months: history }),
    ).filter((file) => file.rows > 0);
    await timeOf(
      installation,
      files.map(({ csv }) => ({ organisation: "NAT", csv })),
      bench.mail,
    );
    const cases = await installation.db.selectFrom("escalation").select(["id", "organisation"]).execute();
    const visitors = await Promise.all(
      Array.from({ length: PEOPLE }, (_, at) =>
        signIn(
          installation,
          at % 2 === 0 ? `slt.${(at / 2) % 8}@example.org` : `owner.${at % size.providers}@example.org`,
        ),
      ),
    );
    /** Somebody of an organisation reads its cases, a member of the SLT any. */
    const caseFor = (who: number, round: number): number => {
      const own =
        who % 2 === 0 ? cases : cases.filter(({ organisation }) => organisation === providerCode(who % size.providers));
      return own[(who * 131 + round * 17) % own.length]?.id ?? 0;
    };
    const organisation = (who: number, round: number): string =>
      providerCode(who % 2 === 0 ? (who * 7 + round) % size.providers : who % size.providers);
    const metric = (who: number, round: number): string => metricCode((who * 5 + round) % size.metrics);
    const pages = new Map<string, (who: number, round: number) => string>([
      ["nothing (/health/live)", () => "/health/live"],
      ["home", () => "/"],
      ["a case", (who, round) => `/escalations/${caseFor(who, round)}`],
      ["a series", (who, round) => `/series/${metric(who, round)}/${organisation(who, round)}`],
      ["a scorecard of 100 rows", (who, round) => `/scorecards?organisation=${organisation(who, round)}`],
    ]);
    await readAtOnce(visitors, pages, 3);
    const visits = await readAtOnce(visitors, pages, ROUNDS);
    const script = await visitors[0]?.get("/assets/signalbox.js");
    const peak = await installation.worker.peakMemory();
    await installation.close();
    const summary = (all: readonly Visit[]) => {
      const took = all.map((visit) => visit.took);
      return { half: median(took), p95: percentile(took, 0.95), bytes: Math.max(...all.map(({ bytes }) => bytes)) };
    };
    const result = {
      pages: new Map([...visits].map(([name, all]) => [name, summary(all)])),
      script: script?.bytes ?? NaN,
      peak,
      ...drawn(),
    };
    process.stderr.write(`${JSON.stringify({ ...result, pages: Object.fromEntries(result.pages) })}\n`);
    results.push(result);
  }

  function rows(): Row[] {
    const of = (pick: (result: Result) => number): number => median(results.map(pick));
    const names = [...(results[0]?.pages.keys() ?? [])];
    const page = (name: string, pick: "half" | "p95" | "bytes"): number =>
      of((one) => one.pages.get(name)?.[pick] ?? NaN);
    const floor = page(names[0] ?? "", "p95");
    return [
      ...names.map((name, at): Row => {
        const [p95, half] = [page(name, "p95"), page(name, "half")];
        const kilobytes = `${(page(name, "bytes") / 1000).toFixed(0)} kB`;
        const measured = `p95 ${p95.toFixed(0)} ms, half ${half.toFixed(0)} ms`;
        return at === 0
          ? [`${PEOPLE} people at once: ${name}`, measured, "", ""]
          : [
              `${PEOPLE} people at once: ${name}`,
              `${measured}, ${kilobytes}`,
              `nothing ${floor.toFixed(0)} ms, ${(p95 / floor).toFixed(1)} x`,
              AIM,
            ];
      }),
      ["script of ours on a page", `${(of((one) => one.script) / 1000).toFixed(1)} kB`, "", "30 kB"],
      [`a chart of ${SPC_POINTS} points`, `${of((one) => one.chart).toFixed(3)} ms`, "", "1 ms"],
      [`SPC of ${SPC_POINTS} points`, `${of((one) => one.spc).toFixed(2)} µs`, "", "5 µs"],
    ];
  }
  return { name: `pages over ${options.series} series, ${options.periods} months`, run, rows };
}

/** Milliseconds to draw a chart, microseconds to assess one by SPC, in this process. */
function drawn(): { chart: number; spc: number } {
  const values = Array.from({ length: 50 }, (_, at) =>
    Float64Array.from({ length: SPC_POINTS }, (__, month) => figure(at, 1, month)),
  );
  const periods = Array.from({ length: SPC_POINTS }, (_, month) => (2020 * 12 + month) as Period);
  const charts = values.map((one) =>
    seriesChart({
      periods,
      values: one,
      targets: new Float64Array(SPC_POINTS).fill(85),
      better: "higher",
      newStarts: [],
    }),
  );
  const draw = (at: number) =>
    xmrChart({
      id: "chart",
      title: "A&E four-hour performance, Northwick Hospitals",
      description: "Figures by month.",
      periods: periods.map((period) => shortPeriod(period, "monthly")),
      points: charts[at % charts.length]?.points ?? [],
      write: (value) => `${value.toFixed(1)}%`,
    });
  const assess = (at: number) =>
    spcChart(values[at % values.length] ?? new Float64Array(0), { better: "higher", target: 85 });
  return { chart: each(2_000, draw), spc: 1_000 * each(100_000, assess) };
}

/** Milliseconds each time takes, after as many to warm up. */
function each(times: number, work: (at: number) => unknown): number {
  for (let at = 0; at < times; at++) work(at);
  const began = performance.now();
  for (let at = 0; at < times; at++) work(at);
  return (performance.now() - began) / times;
}
