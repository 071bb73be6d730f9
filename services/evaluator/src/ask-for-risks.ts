import { ask, type CaseWithoutRisk, casesWithoutRisk, type LookedAt, withdrawRisksAskedFor } from "@signalbox/db";
import {
  asksForRisk,
  beforeSlt,
  type Frequency,
  isFresh,
  lastPassedPeriod,
  nameOfPeriod,
  asPeriod,
  rulesFor,
  stepOf,
} from "@signalbox/domain";
import { type CatalogueView, nearest, requestDates, responsibleFor, viewOf } from "@signalbox/evaluation";
import type { AssessingParts } from "./assessing-parts.ts";

/** Within how many working days a risk is given where the protocol names no days for plans of the SLT's cases. */
const WORKING_DAYS = 10;

/**
 * Asks the owners of cases that have stood before the SLT for long enough, and name no risk, for the risk behind them; and
 * asks no more where a case has left the SLT. A sweep over what stands, so that it makes no difference when it runs.
 */
export async function askForRisks({ db, clock, readCatalogue }: Omit<AssessingParts, "log">): Promise<void> {
  if (!(await clock.ticking())) return;
  const now = await clock.now();
  await db.transaction().execute(async (trx) => {
    await withdrawRisksAskedFor(trx, now);
    const catalogue = await readCatalogue(trx);
    if (catalogue === null) return;
    const { body } = catalogue.protocol;
    if (body.risk === undefined && body.quarterly?.risk === undefined) return;
    const view = viewOf(catalogue, { now, ticking: true });
    const since = { monthly: lookedAt(view, "monthly"), quarterly: lookedAt(view, "quarterly") };
    const found = await casesWithoutRisk(trx, since);
    await ask(
      trx,
      found.flatMap((one) => requestFor(one, view)),
      now,
    );
  });
}

/** What a case must at least have gone through; null where the protocol asks for no risk. */
function lookedAt(view: CatalogueView, frequency: Frequency): LookedAt | null {
  const rules = rulesFor(view.catalogue.protocol.body, frequency);
  if (rules.risk === undefined) return null;
  const step = stepOf(frequency);
  const metrics = [...view.catalogue.metrics.values()].filter((metric) => metric.frequency === frequency);
  const passed = Math.min(lastPassed(view, frequency), ...metrics.map((metric) => view.lastPassed(metric)));
  return { from: passed - (rules.tellWithin - 1) * step, lasts: (rules.risk.afterPeriods - 1) * step };
}

function lastPassed({ catalogue, now }: CatalogueView, frequency: Frequency) {
  return lastPassedPeriod(now, frequency, rulesFor(catalogue.protocol.body, frequency).submission.dueWorkingDay);
}

function requestFor(one: CaseWithoutRisk, view: CatalogueView) {
  const { id, series, organisation, frequency, events, area, forum, askedBefore } = one;
  const { catalogue, people, now } = view;
  const rules = rulesFor(catalogue.protocol.body, frequency);
  const stood = beforeSlt(events, frequency);
  const last = events.at(-1)?.period;
  if (stood === null || last === undefined || !asksForRisk(stood, rules.risk)) return [];
  const metric = one.metric === null ? undefined : catalogue.metrics.get(one.metric);
  const passed = metric === undefined ? lastPassed(view, frequency) : view.lastPassed(metric);
  const period = asPeriod(last);
  // What only old figures say is shown, and nobody is written to about it.
  if (!isFresh(period, { lastPassed: passed, tellWithin: rules.tellWithin, frequency })) return [];
  const place = { organisation, period };
  const { dueOn, nextAt } = requestDates(rules, now, rules.actionPlan?.slt?.dueWorkingDays ?? WORKING_DAYS);
  const since = nameOfPeriod(asPeriod(stood.since), frequency);
  const many = frequency === "quarterly" ? "quarters" : "months";
  return [
    {
      kind: "risk" as const,
      key: askedBefore === 0 ? `risk:${id}` : `risk:${id}:${askedBefore + 1}`,
      escalation: id,
      series,
      organisation,
      period,
      recipients:
        metric === undefined ? nearest(people, "owner", place) : responsibleFor(people, "owner", { metric, ...place }),
      dueOn: dueOn.toString(),
      nextAt,
      forum: area ?? forum,
      why: `It has stood before the SLT for ${stood.periods} ${many} and names no risk`,
      detail: {
        title: metric?.name ?? "In trouble in several areas",
        organisation: catalogue.organisations.get(organisation)?.name ?? organisation,
        organisationCode: organisation,
        ...(area === null ? {} : { area: catalogue.forums.get(area)?.name ?? area }),
        periodName: nameOfPeriod(period, frequency),
        tier: "slt",
        since,
        answerAt: `/escalations/${id}/risk`,
      },
    },
  ];
}
