import type { CountedAct, Organisation, OrganisationSeries } from "@signalbox/db";
import {
  decideReporting,
  decideSeveralAreas,
  escalates,
  monthsOfAreas,
  type Period,
  rulesFor,
  stepOf,
} from "@signalbox/domain";
import type { DecidedEvent, Subject } from "./case-changes.ts";
import { closuresOf } from "./case-acts.ts";
import type { CatalogueView } from "./catalogue-view.ts";
import { type Ending, endingOf } from "./ending.ts";

export interface OrganisationDecision {
  readonly subject: Subject;
  readonly events: readonly DecidedEvent[];
}

/** The reporting and several-areas cases of one organisation, of all its decided series and what chairs did about its cases. */
export function organisationDecisions(
  view: CatalogueView,
  organisation: string,
  { series, acts }: { series: readonly OrganisationSeries[]; acts: readonly CountedAct[] },
): OrganisationDecision[] {
  const node = view.catalogue.organisations.get(organisation);
  if (node === undefined) return [];
  const decisions = [
    ...reporting(view, { organisation, kind: node.kind, series, acts }),
    ...(node.kind === "provider" ? severalAreas(view, node, { series, acts }) : []),
  ];
  const isComputed = series.every(({ submitted }) => !submitted);
  return decisions.map((decision) => {
    const { frequency } = decision.subject;
    return ended(decision, endingOf(view, { organisation: node, frequency, isComputed }));
  });
}

/** When an organisation has closed, or nothing of it is computed any more, what stands of it ends. */
function ended({ subject, events }: OrganisationDecision, ending: Ending | null): OrganisationDecision {
  const last = events.at(-1);
  if (last === undefined || last.tier === "none" || ending === null || ending.period <= last.period)
    return { subject, events };
  const end = { ...last, period: ending.period, event: "withdrawn", tier: "none" as const, metrics: [], areas: [] };
  return { subject, events: [...events, { ...end, reasons: [{ rule: ending.rule, tier: "none" }] }] };
}

interface OfOrganisation {
  readonly series: readonly OrganisationSeries[];
  readonly acts: readonly CountedAct[];
}

function closuresAbout(acts: readonly CountedAct[], { concern, area, frequency }: Subject): number[] {
  return closuresOf(acts.filter((one) => one.concern === concern && one.area === area && one.frequency === frequency));
}

const closedBy = (closed: true | undefined) => (closed === true ? [{ rule: "closed-by-chair", tier: "none" }] : []);

type Kind = NonNullable<ReturnType<CatalogueView["catalogue"]["organisations"]["get"]>>["kind"];

/** Returns that are missing are asked of those who submit: a series that is only computed from others owes none. */
function reporting(
  view: CatalogueView,
  { organisation, kind, series, acts }: OfOrganisation & { organisation: string; kind: Kind },
): OrganisationDecision[] {
  const submitted = series.flatMap((one) => {
    const metric = view.catalogue.metrics.get(one.metric);
    return metric === undefined || !one.submitted ? [] : [{ one, metric }];
  });
  const groups = Map.groupBy(submitted, ({ metric }) => `${metric.area}\n${metric.frequency}`);
  return [...groups.values()].flatMap((group) => {
    const metric = group[0]?.metric;
    if (metric === undefined) return [];
    const rules = view.rules(metric);
    if (!escalates(rules, kind)) return [];
    const step = stepOf(metric.frequency);
    const silentFor = new Map(group.map(({ one }) => [one.metric, silences(one, step)]));
    const subject: Subject = {
      concern: "reporting",
      series: null,
      organisation,
      metric: null,
      area: metric.area,
      frequency: metric.frequency,
    };
    const closures = closuresAbout(acts, subject);
    const events = decideReporting(silentFor, { boardAfter: rules.missing?.boardAfter, step, closures });
    return [
      {
        subject,
        events: events.map(({ period, event, metrics, closed }) => ({
          period,
          event,
          tier: event === "resolved" ? ("none" as const) : ("board" as const),
          reasons: event === "resolved" ? closedBy(closed) : [{ rule: "missing", tier: "board" }],
          metrics,
          areas: [],
          restated: false,
        })),
      },
    ];
  });
}

/** The silences of a series by period; of the periods without any only the first and the last, which say how far it goes. */
function silences({ first, silentFor }: OrganisationSeries, step: 1 | 3): Map<Period, number> {
  const byPeriod = new Map<Period, number>();
  silentFor.forEach((silent, i, { length }) => {
    if (silent > 0 || i === 0 || i === length - 1) byPeriod.set((first + i * step) as Period, silent);
  });
  return byPeriod;
}

function severalAreas(
  view: CatalogueView,
  node: Organisation,
  { series, acts }: OfOrganisation,
): OrganisationDecision[] {
  const rules = rulesFor(view.catalogue.protocol.body, "monthly");
  const subject: Subject = {
    concern: "several-areas",
    series: null,
    organisation: node.code,
    metric: null,
    area: null,
    frequency: "monthly",
  };
  if (rules.multipleAreas === undefined || !escalates(rules, "provider")) return [{ subject, events: [] }];
  const concerned = series.flatMap((one) => {
    const metric = view.catalogue.metrics.get(one.metric);
    if (metric === undefined || !escalates(view.rules(metric), "provider")) return [];
    return [{ one, metric }];
  });
  const { areas } = rules.multipleAreas;
  const everStanding = concerned.filter(({ one }) => one.tier.some((tier) => tier > 0));
  if (new Set(everStanding.map(({ metric }) => metric.area)).size < areas) return [{ subject, events: [] }];
  const standing = concerned.map(({ one, metric }) => {
    const first = one.first as Period;
    const step = stepOf(metric.frequency);
    const lasting = { organisation: node, frequency: metric.frequency, isComputed: !one.submitted };
    const ending = endingOf(view, lasting);
    const places = ending?.rule === "nobody-below" ? (ending.period - first) / step : null;
    return { area: metric.area, first, step, tier: endedAfter(one.tier, places), actual: one.values };
  });
  const events = decideSeveralAreas(monthsOfAreas(standing), {
    areas,
    stepDownAfter: rules.stepDownAfter,
    closures: closuresAbout(acts, subject),
  });
  return [
    {
      subject,
      events: events.map(({ period, event, tier, areas: named, closed }) => ({
        period,
        event,
        tier,
        reasons: named.length >= areas ? [{ rule: "several-areas", tier: "slt" }] : closedBy(closed),
        metrics: [],
        areas: named,
        restated: false,
      })),
    },
  ];
}

/** Tiers of which nothing stands after so many places, though other series of the organisation go on; null for no end. */
function endedAfter(tier: Uint8Array, places: number | null): Uint8Array {
  if (places === null || places < tier.length) return tier;
  const all = new Uint8Array(places + 1).fill(tier.at(-1) ?? 0, 0, places);
  all.set(tier);
  return all;
}
