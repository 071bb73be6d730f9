import {
  actsOfOrganisations,
  concernedSeries,
  type CurrentCatalogue,
  type Database,
  type HeldFigures,
  heldFigures,
  type Kysely,
  type ProposedLimit,
  readSeries,
  seriesOfOrganisations,
  type Transaction,
} from "@signalbox/db";
import { dayOf, periodContaining, rulesFor } from "@signalbox/domain";
import type { DecidedEvent } from "../case-changes.ts";
import { type CatalogueView, viewOf } from "../catalogue-view.ts";
import { MOVES } from "../people-told.ts";
import { heldBack } from "../timing.ts";
import { gatherEvidence } from "../evidence.ts";
import { assessAll, type Rated } from "./assess-all.ts";
import { differencesOf, type Window } from "./cases-tried.ts";
import { asApproved, asIfAlways } from "./limits-as.ts";
import { severalAreasTried } from "./several-areas-tried.ts";
import { addSeries, addSeveralAreas, emptySide, finished } from "./sides.ts";
import { type Foretold, MONTHS_TRIED, type Trial } from "./trial.ts";
import { unhurried } from "./unhurried.ts";

/** What is tried, on which catalogue, as of when. */
export interface TrialOf {
  readonly catalogue: CurrentCatalogue;
  readonly now: Temporal.Instant;
  readonly ticking: boolean;
  readonly rows: readonly ProposedLimit[];
  /** The proposal's own drafts that are in force. */
  readonly drafts: readonly number[];
}

/**
 * Tries proposed limits on the past by the evaluator's own rules: what they would have done over the last 24 months beside
 * today's limits, and what approving them would change now. Reads one picture of the database and writes nothing.
 */
export async function tryLimits(db: Kysely<Database>, of: TrialOf): Promise<Trial> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((trx) => tryWithin(trx, of));
}

async function tryWithin(
  trx: Transaction<Database>,
  { catalogue, now, ticking, rows, drafts }: TrialOf,
): Promise<Trial> {
  const today = viewOf(catalogue, { now, ticking });
  const always = viewOf(asIfAlways(catalogue, rows), { now, ticking });
  const approved = viewOf(asApproved(catalogue, rows, drafts), { now, ticking });
  const due = await readSeries(trx, await concernedSeries(trx, rows));
  const { evidence } = await gatherEvidence(trx, today, due);
  const byToday = await assessAll(today, evidence);
  const byAlways = await assessAll(always, evidence);
  const byApproved = await assessAll(approved, evidence);
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const window = windowOf(byToday, { now, held: firstHeld(today, await heldFigures(trx, metrics, now)) });
  const [then, asNow] = [emptySide(), emptySide()];
  for await (const rated of unhurried(byToday.values())) addSeries(asNow, today, rated, window);
  for await (const rated of unhurried(byAlways.values())) addSeries(then, always, rated, window);
  const foretold = [...byToday].flatMap(([series, rated]) => foretoldOf(rated, byApproved.get(series), window));
  for (const one of await severalAreas(trx, today, { byToday, byAlways, byApproved })) {
    const { organisation } = one;
    addSeveralAreas(asNow, today, { organisation, events: one.today }, window);
    addSeveralAreas(then, always, { organisation, events: one.always }, window);
    foretold.push(...standsOf({ metric: null, organisation }, one.today, one.approved, window));
  }
  const keys = new Set([...asNow.cases.keys(), ...then.cases.keys()]);
  const [proposed, todays] = [finished(then), finished(asNow)];
  const forums = new Set([...proposed.moves, ...todays.moves].flatMap((move) => move.forums));
  return {
    workedOutAt: now.toString(),
    version: catalogue.version,
    ...window,
    series: byToday.size,
    today: todays,
    proposed,
    differences: [...keys].flatMap((key) => differencesOf(asNow.cases.get(key) ?? [], then.cases.get(key) ?? [])),
    foretold,
    leaders: leadersOf(catalogue, forums),
  };
}

/** The last 24 months that any of the series has reached and whose figures are with everybody. */
function windowOf(rated: ReadonlyMap<number, Rated>, { now, held }: { now: Temporal.Instant; held: number }): Window {
  let to = rated.size === 0 ? periodContaining(dayOf(now), "monthly") - 1 : 0;
  for (const { assessed } of rated.values()) {
    const { first, count, step } = assessed.assessment;
    to = Math.max(to, first + count * step - 1);
  }
  to = Math.min(to, held - 1);
  return { from: to - MONTHS_TRIED + 1, to };
}

/** The first month of which figures are still held back: leaders do not hear of them by a trial either. */
function firstHeld({ catalogue, now }: CatalogueView, held: readonly HeldFigures[]): number {
  const rules = rulesFor(catalogue.protocol.body, "monthly");
  const waiting = held.filter((one) => Temporal.Instant.compare(heldBack([one], rules)?.until ?? now, now) > 0);
  return Math.min(Infinity, ...waiting.map(({ firstPeriod }) => firstPeriod));
}

interface Sides {
  readonly byToday: ReadonlyMap<number, Rated>;
  readonly byAlways: ReadonlyMap<number, Rated>;
  readonly byApproved: ReadonlyMap<number, Rated>;
}

/** The cases of several areas of the providers whose standing the limits would change. */
async function severalAreas(trx: Transaction<Database>, view: CatalogueView, sides: Sides) {
  const touched = new Set<string>();
  for (const [series, { assessed }] of sides.byToday) {
    if (assessed.organisation.kind !== "provider") continue;
    const others = [sides.byAlways, sides.byApproved].map((side) => side.get(series)?.assessed.assessment.tier);
    if (others.some((tier) => tier === undefined || !sameTiers(tier, assessed.assessment.tier)))
      touched.add(assessed.organisation.code);
  }
  const all = Map.groupBy(await seriesOfOrganisations(trx, [...touched]), ({ organisation }) => organisation);
  const acts = await actsOfOrganisations(trx, [...touched]);
  const [today, always, approved] = [sides.byToday, sides.byAlways, sides.byApproved].map(bySubject);
  return [...all].map(([organisation, series]) => {
    const tried = (rated: ReadonlyMap<string, Rated> | undefined) =>
      severalAreasTried(view, {
        organisation,
        series,
        acts: acts.get(organisation) ?? [],
        rated: rated ?? new Map<string, Rated>(),
      });
    return { organisation, today: tried(today), always: tried(always), approved: tried(approved) };
  });
}

function bySubject(rated: ReadonlyMap<number, Rated>): Map<string, Rated> {
  return new Map(
    [...rated.values()].map((one) => [`${one.assessed.metric.code}\n${one.assessed.organisation.code}`, one]),
  );
}

function sameTiers(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((tier, at) => tier === other[at]);
}

function foretoldOf({ assessed, events }: Rated, then: Rated | undefined, window: Window): Foretold[] {
  const subject = { metric: assessed.metric.code, organisation: assessed.organisation.code };
  return standsOf(subject, events, then?.events ?? [], window);
}

/** Nothing where the same stands after as before, raised in the same month. */
function standsOf(
  subject: Pick<Foretold, "metric" | "organisation">,
  now: readonly DecidedEvent[],
  then: readonly DecidedEvent[],
  { to }: Window,
): Foretold[] {
  const [stands, willStand] = [now.at(-1)?.tier ?? "none", then.at(-1)?.tier ?? "none"];
  const raisedIn = then.findLast(({ event }) => event === "raised")?.period ?? null;
  const before = now.findLast(({ event }) => event === "raised")?.period ?? null;
  if (stands === willStand && (stands === "none" || raisedIn === before)) return [];
  const isHeld = [...now, ...then].some(({ period, event }) => period > to && MOVES.has(event));
  return [{ ...subject, stands, willStand, raisedIn: willStand === "none" ? null : raisedIn, isHeld }];
}

const LEADERS = new Set(["chair", "member", "secretary"]);

function leadersOf({ people }: CurrentCatalogue, forums: ReadonlySet<string>): Trial["leaders"] {
  const seats = people.filter(({ role, forum }) => LEADERS.has(role) && forum !== null && forums.has(forum));
  return [...Map.groupBy(seats, ({ email }) => email.toLowerCase())].map(([email, held]) => ({
    email,
    name: held[0]?.name ?? email,
    forums: [...new Set(held.flatMap(({ forum }) => forum ?? []))],
  }));
}
