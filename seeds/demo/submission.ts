import { formatPeriod, type Period } from "@signalbox/domain";
import { figureOf } from "./figure.ts";
import { HEADER, row } from "./row.ts";
import type { MetricShape, Shape, When } from "./shape.ts";
import { everyMetric } from "./shapes/every-metric.ts";
import { monthsAgo, periodAgo, span } from "./span.ts";
import { type Restatement, restatements } from "./stories.ts";

/** One submission of the demo: the bytes of a canonical CSV file, and the organisation that sends it. */
export interface DemoFile {
  readonly organisation: string;
  readonly filename: string;
  readonly bytes: Buffer;
}

/** Which months a file is about, counted back from the last one; a quarter comes with its last month. */
export interface Months {
  readonly oldest: number;
  readonly newest: number;
}

/** What an organisation sent for some months, for itself and those below it, with the figures as it first said them. */
export function submission(last: Period, organisation: string, { oldest, newest }: Months): DemoFile {
  const rows = everyMetric.flatMap((metric) =>
    span(last, metric.frequency ?? "monthly")
      .filter((when) => {
        const ago = monthsAgo(last, when, metric.frequency ?? "monthly");
        return ago >= newest && ago <= oldest;
      })
      .flatMap((when) => sentBy(metric, organisation).map((shape) => rowAsFirstSaid(metric, shape, when))),
  );
  const name = nameOf(last, newest);
  return file(organisation, oldest === newest ? name : `history-to-${name}`, rows);
}

/** The later file that puts one figure right: it says what the series usually says. */
export function restatementFile(last: Period, restated: Restatement): DemoFile {
  const rows = everyMetric
    .filter(({ metric }) => metric === restated.metric)
    .flatMap((metric) => {
      const when = periodAgo(last, metric.frequency ?? "monthly", restated.ago);
      return metric.shapes
        .filter(({ organisation }) => organisation === restated.organisation)
        .map((shape) => row(metric, shape, { when, figure: figureOf(metric, shape, when) }));
    });
  return file(submitterOf(restated.organisation), `${nameOf(last, restated.ago)}-restated`, rows);
}

function rowAsFirstSaid(metric: MetricShape, shape: Shape, when: When): string | null {
  const wrong = restatements.find(
    (one) => one.metric === metric.metric && one.organisation === shape.organisation && one.ago === when.ago,
  );
  const figure =
    wrong === undefined ? figureOf(metric, shape, when) : ({ kind: "value", value: wrong.firstSaid } as const);
  return row(metric, shape, { when, figure });
}

function sentBy(metric: MetricShape, submitter: string): Shape[] {
  return metric.shapes.filter(({ organisation }) => submitterOf(organisation) === submitter);
}

/** Sites, wards and teams are reported by their provider: "STH-R-K" by "STH". */
function submitterOf(organisation: string): string {
  return organisation.split("-")[0] ?? organisation;
}

function nameOf(last: Period, ago: number): string {
  return formatPeriod((last - ago) as Period, "monthly");
}

function file(organisation: string, name: string, rows: readonly (string | null)[]): DemoFile {
  const lines = [HEADER, ...rows.filter((line) => line !== null)];
  return { organisation, filename: `${organisation}-${name}.csv`, bytes: Buffer.from(`${lines.join("\r\n")}\r\n`) };
}
