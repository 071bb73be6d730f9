import type { CurrentCatalogue, Metric, Organisation } from "@signalbox/db";
import { asPeriod, assessSeries, type OrganisationKind, protocolSchema } from "@signalbox/domain";
import { expect, test } from "vitest";
import { viewOf } from "../catalogue-view.ts";
import { chanceOfSeries, monthsRated } from "./chance-of-series.ts";

const first = asPeriod(24_000);
const metric: Metric = {
  code: "wait",
  name: "Wait",
  description: "",
  area: "uec",
  domain: "",
  unit: "rate",
  scale: [],
  better: "higher",
  frequency: "monthly",
  aggregation: "none",
  decimals: 0,
  definitionChanges: [],
  accumulates: "none",
  minimumChange: null,
  dueWorkingDay: null,
  urgent: false,
  plausibleFrom: null,
  plausibleTo: null,
  plausibleJump: null,
  zeroAfter: null,
  implausible: "mark",
};
const organisation = (kind: OrganisationKind): Organisation => ({
  code: "A",
  name: "A",
  kind,
  parent: null,
  opened: null,
  closed: null,
  signOff: false,
});

const limit = { id: 1, basis: "value", board: 50, slt: null, from: first, to: null, status: "approved" } as const;
const catalogue: CurrentCatalogue = {
  version: 1,
  protocol: { id: 1, body: protocolSchema.parse({ stepDownAfter: 2, escalate: ["system", "provider"] }) },
  organisations: new Map(),
  forums: new Map(),
  people: [],
  metrics: new Map([[metric.code, metric]]),
  seriesDetails: [],
  thresholds: new Map([[metric.code, [{ ...limit, metric: metric.code, organisation: null, level: null }]]]),
  successors: [],
  formerParents: [],
};
const view = viewOf(catalogue, { now: Temporal.Instant.from("2024-05-01T09:00:00Z"), ticking: true });

/** About 50, as often below as above, the last value computed without a child. */
const value = Float64Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 49 : 51));
const partial = Uint8Array.from(value, (_, at) => (at === 22 ? 1 : 0));

function rated(kind: OrganisationKind) {
  const nothing = new Float64Array(value.length).fill(NaN);
  const whose = organisation(kind);
  const assessment = assessSeries({
    metric,
    isSystem: kind === "system",
    rules: view.rules(metric),
    thresholds: view.thresholds(metric.code, whose),
    first,
    count: value.length,
    actual: value,
    reasonGiven: new Uint8Array(value.length),
    plan: nothing,
    systemPlan: nothing,
    partial,
  });
  return { metric, organisation: whose, figures: { value, partial }, assessment };
}

const window = { from: first, to: first + value.length - 1 };

test("the months that chance is reckoned over are those that are counted: not those that lack a child", () => {
  const provider = rated("provider");
  expect(monthsRated(provider, window)).toEqual({ rated: 23, past: 11 });
  expect(chanceOfSeries(view, provider, window).months).toBeCloseTo(23 / 2, 6);
});

test("no case is expected of a level whose series become none", () => {
  expect(chanceOfSeries(view, rated("provider"), window).raisedBoard).toBeGreaterThan(3);
  expect(chanceOfSeries(view, rated("ward"), window)).toMatchObject({ raisedBoard: 0, raisedSlt: 0 });
});
