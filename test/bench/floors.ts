import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { openDatabase } from "@signalbox/db";
import { assessSeries, type Period, rulesFor, type SeriesFacts } from "@signalbox/domain";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import { from as copyFrom } from "pg-copy-streams";
import { protocolAtOnce } from "../harness/invented-health-system.ts";
import { figure } from "./national-figures.ts";

const silent = openLog({ level: "fatal", format: "json", service: "bench" });

/** Seconds that PostgreSQL takes to COPY canonical CSV files into a table without index or constraint. */
export async function bareCopy(url: string, files: readonly string[]): Promise<number> {
  const { pool, close } = openDatabase(url, { max: 1 });
  const client = await pool.connect();
  try {
    await client.query(`drop table if exists bare`);
    await client.query(`create table bare (period text, organisation text, metric text, value float8, numerator float8,
      denominator float8, plan float8, comment text)`);
    const began = performance.now();
    for (const csv of files) {
      await pipeline(
        Readable.from([csv]),
        client.query(copyFrom("copy bare from stdin with (format csv, header true)")),
      );
    }
    return (performance.now() - began) / 1000;
  } finally {
    await client.query("drop table if exists bare");
    client.release();
    await close();
  }
}

/** Seconds that the rules alone take for so many series of so many periods. */
export function rulesAlone(series: number, periods: number): number {
  const facts = Array.from({ length: Math.min(series, 2000) }, (_, at) => factsOf(at, periods));
  const began = performance.now();
  for (let at = 0; at < series; at++) assessSeries(facts[at % facts.length] as SeriesFacts);
  return (performance.now() - began) / 1000;
}

function factsOf(at: number, periods: number): SeriesFacts {
  const first = (2020 * 12) as Period;
  const nothing = () => new Float64Array(periods).fill(NaN);
  return {
    metric: {
      better: "higher",
      frequency: "monthly",
      unit: "percent",
      decimals: 1,
      accumulates: "none",
      minimumChange: null,
      definitionChanges: [],
    },
    isSystem: false,
    rules: rulesFor(protocolAtOnce as Parameters<typeof rulesFor>[0], "monthly"),
    thresholds: [{ id: 1, scope: "*", status: "approved", basis: "value", board: 80, slt: 75, from: first, to: null }],
    first,
    count: periods,
    actual: Float64Array.from({ length: periods }, (_, month) => figure(at, 1, month)),
    reasonGiven: new Uint8Array(periods),
    plan: nothing(),
    systemPlan: nothing(),
    partial: new Uint8Array(periods),
  };
}

/** Seconds from a ring to a handler that does nothing, on these queues: the median of twenty. */
export async function noOpJob(url: string): Promise<number> {
  const queues = await openQueues(url, { log: silent });
  await queues.migrate();
  let heard = (): void => {};
  const working = await queues.work({
    "assess-organisations": async () => {
      heard();
      return { kind: "done" };
    },
  });
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    const answered = new Promise<void>((resolve) => (heard = resolve));
    await queues.ring("assess-organisations", {});
    await answered;
    times.push((performance.now() - began) / 1000);
  }
  await working.close();
  await queues.close();
  return median(times);
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
