import type { DecidedChild, Metric } from "@signalbox/db";
import { aggregate, type ChildSeries, type Period, stepOf } from "@signalbox/domain";
import type { CatalogueView } from "./catalogue-view.ts";
import { reachable } from "./ending.ts";
import { type Figures, moved, overRange } from "./submitted-figures.ts";

/**
 * A parent's figures: computed from its children's, except in periods in which something was submitted for the parent
 * itself. Null where there is neither.
 */
export function computedFigures(
  view: CatalogueView,
  metric: Metric,
  { own, children, organisation }: { own: Figures | null; children: readonly DecidedChild[]; organisation: string },
): Figures | null {
  if (children.length === 0 || metric.aggregation === "none") return own;
  const below = (child: DecidedChild, period: Period) =>
    view.people.parentIn(child.organisation, period) === organisation;
  const step = stepOf(metric.frequency);
  const all = own === null ? children : [own, ...children];
  const first = Math.min(...all.map((one) => one.first)) as Period;
  const ends = all.map((one) => (one.first - first) / step + one.count);
  const answers = children.flatMap(({ reasonsAfter }) =>
    [...reasonsAfter].map((period) => (period - first) / step + 1),
  );
  const count = Math.max(...ends, ...answers);
  const computed = aggregate({
    kind: metric.aggregation,
    unit: metric.unit,
    first,
    count,
    step,
    passedThrough: view.lastPassed(metric),
    children: children.map((child) => childSeries(view, metric, { child, first, count, step, below })),
  });
  const figures: Figures = {
    first,
    count,
    value: computed.value,
    numerator: computed.numerator,
    denominator: computed.denominator,
    plan: new Float64Array(count).fill(NaN),
    reasonGiven: computed.answered,
    partial: computed.partial,
    restated: anyRestated(children, { first, count, step, below }),
    submission: new Float64Array(count).fill(NaN),
    missing: computed.missing,
    marks: new Map(),
    noValues: new Map(),
  };
  return own === null ? figures : ownBeats(figures, overRange(own, { first, count, step }), step);
}

interface Range {
  readonly first: Period;
  readonly count: number;
  readonly step: 1 | 3;
  /** Whether a child stood below the parent in a period. */
  readonly below: (child: DecidedChild, period: Period) => boolean;
}

function childSeries(
  view: CatalogueView,
  metric: Metric,
  { child, first, count, step, below }: Range & { child: DecidedChild },
): ChildSeries {
  const shift = (first - child.first) / step;
  const value = moved(child.values, shift, count);
  const silentFor = moved(child.silentFor, shift, count);
  const organisation = view.catalogue.organisations.get(child.organisation);
  return {
    code: child.organisation,
    open: reachable(view, { organisation, frequency: metric.frequency, isComputed: child.isComputed }),
    // Few catalogues move anybody: without that nobody is asked about each period.
    ...(view.former.all.length === 0 ? {} : { below: (period: Period) => below(child, period) }),
    value,
    numerator: moved(child.numerators, shift, count),
    denominator: moved(child.denominators, shift, count),
    answered: Uint8Array.from(silentFor, (silent, i) => {
      const saysWhy = silent === 0 || child.reasonsAfter.has(first + i * step);
      return Number.isNaN(value[i]) && saysWhy ? 1 : 0;
    }),
    partial: Uint8Array.from(moved(Float64Array.from(child.partial), shift, count), (flag) => (flag === 1 ? 1 : 0)),
    missing: new Map(Object.entries(child.missing).map(([period, codes]) => [Number(period) as Period, codes])),
  };
}

function anyRestated(children: readonly DecidedChild[], { first, count, step, below }: Range): Uint8Array {
  const restated = new Uint8Array(count);
  for (const child of children) {
    const at = (child.first - first) / step;
    for (let i = 0; i < child.count; i++) {
      if (child.restated[i] === 1 && below(child, (child.first + i * step) as Period)) restated[at + i] = 1;
    }
  }
  return restated;
}

function ownBeats(computed: Figures, own: Figures, step: 1 | 3): Figures {
  const missing = new Map(computed.missing);
  const marks = new Map<Period, string>();
  const noValues = new Map<Period, string>();
  for (let i = 0; i < own.count; i++) {
    const period = (own.first + i * step) as Period;
    computed.plan[i] = own.plan[i] ?? NaN;
    if (Number.isNaN(own.value[i])) {
      const reason = own.noValues.get(period);
      if (reason !== undefined && Number.isNaN(computed.value[i])) noValues.set(period, reason);
      // A reason for no value does not beat a value that the children give; without one it is heard.
      if (Number.isNaN(computed.value[i]) && own.reasonGiven[i] === 1) computed.reasonGiven[i] = 1;
      continue;
    }
    computed.value[i] = own.value[i] ?? NaN;
    computed.numerator[i] = own.numerator[i] ?? NaN;
    computed.denominator[i] = own.denominator[i] ?? NaN;
    computed.reasonGiven[i] = own.reasonGiven[i] ?? 0;
    computed.partial[i] = 0;
    computed.restated[i] = own.restated[i] ?? 0;
    computed.submission[i] = own.submission[i] ?? NaN;
    missing.delete(period);
    const mark = own.marks.get(period);
    if (mark !== undefined) marks.set(period, mark);
  }
  return { ...computed, missing, marks, noValues };
}
