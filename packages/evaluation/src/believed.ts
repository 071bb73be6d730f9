import {
  type Database,
  type DueSeries,
  type Metric,
  templateChecksOf,
  type TemplateChecks,
  type Transaction,
} from "@signalbox/db";
import { checksBeatenBy, checksOf, type Doubt, judgeValues, type Period, SUSPECT } from "@signalbox/domain";

/** What the templates of the submissions behind a batch of series asked of their values. */
export async function checksOfTemplates(
  trx: Transaction<Database>,
  due: readonly DueSeries[],
): Promise<ReadonlyMap<number, TemplateChecks>> {
  const submissions = new Set<number>();
  for (const { submissions: held } of due) for (const one of held) if (!Number.isNaN(one)) submissions.add(one);
  return templateChecksOf(trx, [...submissions]);
}

/**
 * A series with the values that are not believed taken out, or marked: worked out of all that was said of it each time it is
 * assessed, so that the order in which its values came makes no difference.
 */
export function believed(due: DueSeries, metric: Metric, templates: ReadonlyMap<number, TemplateChecks>): DueSeries {
  const ofMetric = checksOf(metric);
  if (due.first === null || (ofMetric === null && templates.size === 0)) return due;
  const doubted = judgeValues({
    metric,
    first: due.first as Period,
    values: due.values,
    checksAt: (place) => checksBeatenBy(ofMetric, templates.get(due.submissions[place] ?? NaN)?.[metric.code]),
  });
  return doubted.size === 0 ? due : without(due, doubted);
}

function without(due: DueSeries, doubted: ReadonlyMap<number, readonly Doubt[]>): DueSeries {
  const values = due.values.slice();
  const numerators = due.numerators.slice();
  const denominators = due.denominators.slice();
  const reasonGiven = due.reasonGiven.slice();
  const [noValues, marks] = [new Map(due.noValues), new Map(due.marks)];
  for (const [place, doubts] of doubted) {
    if (!doubts.some(({ outcome }) => outcome === "keep-out")) {
      marks.set(place, withMark(marks.get(place), "implausible"));
      continue;
    }
    for (const figures of [values, numerators, denominators]) figures.fill(NaN, place, place + 1);
    reasonGiven[place] = 1;
    noValues.set(place, SUSPECT);
    marks.delete(place);
  }
  return { ...due, values, numerators, denominators, reasonGiven, noValues, marks };
}

/** Several marks of one value are joined by "; ". */
function withMark(marks: string | undefined, mark: string): string {
  if (marks === undefined) return mark;
  return marks.split("; ").includes(mark) ? marks : `${marks}; ${mark}`;
}
