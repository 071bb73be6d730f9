import {
  casesOfOrganisations,
  clearDueOrganisations,
  type Database,
  type DueOrganisation,
  eventsOf,
  failOrganisation,
  holdCatalogue,
  newEvaluation,
  seriesOfOrganisations,
  type StoredCase,
  takeDueOrganisations,
  type TellingRow,
  type Transaction,
  writeTellings,
} from "@signalbox/db";
import { isFresh, lastPassedPeriod, type Period, rulesFor } from "@signalbox/domain";
import type { AssessingParts } from "./assessing-parts.ts";
import { type CaseChange, caseChanges, type DecidedEvent, type Subject, type SubjectDecision } from "./case-changes.ts";
import { type CatalogueView, viewOf } from "./catalogue-view.ts";
import { itemOfOrganisation } from "./item-of-organisation.ts";
import { type OrganisationDecision, organisationDecisions } from "./organisation-decisions.ts";
import { nearest } from "./responsible.ts";
import { type CaseContext, writeChanges } from "./write-changes.ts";

/** Decides the reporting and several-areas cases of a batch of due organisations; returns how many it took. */
export async function assessOrganisations(
  { db, clock, log, readCatalogue }: AssessingParts,
  limit: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const due = await takeDueOrganisations(trx, limit);
    if (due.length === 0) return 0;
    await holdCatalogue(trx);
    const catalogue = await readCatalogue(trx);
    if (catalogue === null) throw new Error("organisations are due but no catalogue is loaded");
    const view = viewOf(catalogue, await clock.now());
    const codes = due.map(({ organisation }) => organisation);
    const series = Map.groupBy(await seriesOfOrganisations(trx, codes), ({ organisation }) => organisation);
    const stored = await casesOfOrganisations(trx, codes);
    const events = await eventsOf(
      trx,
      stored.map(({ id }) => id),
    );
    const changes: CaseChange[] = [];
    const done: string[] = [];
    for (const one of due) {
      try {
        const decisions = organisationDecisions(view, one.organisation, series.get(one.organisation) ?? []);
        const kept = stored.filter(({ organisation }) => organisation === one.organisation);
        for (const decision of withLeftOver(decisions, kept)) {
          changes.push(...changesOf(decision, { kept, events, causedBy: one.dueBy }));
        }
        done.push(one.organisation);
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        log.error({ err: error, organisation: one.organisation }, "an organisation's cases could not be decided");
        await failOrganisation(trx, one.organisation, { failure, at: view.now });
      }
    }
    await write(trx, view, changes);
    await clearDueOrganisations(trx, done);
    return due.length;
  });
}

/** Cases whose subject no rule speaks of any more (the last series of an area is gone) are decided too: to nothing. */
function withLeftOver(decisions: readonly OrganisationDecision[], kept: readonly StoredCase[]): OrganisationDecision[] {
  const spoken = new Set(decisions.map(({ subject }) => subjectKey(subject)));
  const left = new Map(
    kept.filter((one) => !one.withdrawn && !spoken.has(subjectKey(one))).map((one) => [subjectKey(one), one]),
  );
  const subjects = [...left.values()].map(({ concern, organisation, area, frequency }) => ({
    subject: { concern, series: null, organisation, metric: null, area, frequency },
    events: [],
  }));
  return [...decisions, ...subjects];
}

function subjectKey({ concern, area, frequency }: Pick<Subject, "concern" | "area" | "frequency">): string {
  return `${concern}\n${area}\n${frequency}`;
}

function changesOf(
  { subject, events }: OrganisationDecision,
  {
    kept,
    events: all,
    causedBy,
  }: { kept: readonly StoredCase[]; events: SubjectDecision["storedEvents"]; causedBy: DueOrganisation["dueBy"] },
): CaseChange[] {
  const cases = kept.filter((one) => subjectKey(one) === subjectKey(subject));
  const ids = new Set(cases.map(({ id }) => id));
  const storedEvents = all.filter(({ escalation }) => ids.has(escalation));
  return caseChanges({ subject, events, unchangedThrough: null, stored: cases, storedEvents, causedBy });
}

async function write(trx: Transaction<Database>, view: CatalogueView, all: readonly CaseChange[]): Promise<void> {
  const changes = all.filter(isChange);
  if (changes.length === 0) return;
  const { catalogue, now } = view;
  const evaluation = await newEvaluation(trx, {
    now,
    protocol: catalogue.protocol.id,
    catalogueVersion: catalogue.version,
    cause: "organisations",
  });
  const contextOf = contextOfOrganisation(view);
  const { tellings } = await writeChanges(trx, changes, { now, evaluation, slt: view.slt, contextOf });
  await writeTellings(
    trx,
    tellings.flatMap((telling) => returnAsked(view, telling, changes)),
  );
}

function isChange(change: CaseChange): boolean {
  return change.stored === null || change.added.length > 0 || change.replaced.length > 0;
}

function contextOfOrganisation(view: CatalogueView): CaseContext<SubjectDecision> {
  return ({ decision: { subject } }) => {
    const rules = rulesFor(view.catalogue.protocol.body, subject.frequency);
    const lastPassed = lastPassedPeriod(view.now, subject.frequency, rules.submission.dueWorkingDay);
    const { frequency } = subject;
    return {
      rules,
      isFresh: (period) => isFresh(period as Period, { lastPassed, tellWithin: rules.tellWithin, frequency }),
      release: () => view.now,
      shownAt: view.now,
      concerned: {
        forums: (_tier, event, change) =>
          subject.area === null ? [view.slt, ...areasOf(event, change)] : [subject.area],
        owner: nearest(view.people, "owner", subject.organisation),
        author: [],
        atOnce: () => [],
      },
      detail: (event, change) => itemOfOrganisation(view, event, change),
    };
  };
}

/** The areas of a move and of the one before it: the boards that were concerned hear of the end too. */
function areasOf(event: DecidedEvent, change: CaseChange): string[] {
  const before = change.events[change.events.indexOf(event) - 1];
  return [...new Set([...event.areas, ...(before?.areas ?? [])])];
}

/** A reporting case asks for the return: whoever submits for the organisation is asked when the case is raised. */
function returnAsked(view: CatalogueView, telling: TellingRow, changes: readonly CaseChange[]): TellingRow[] {
  const change = changes.find(({ id }) => id === telling.escalation);
  if (change?.decision.subject.concern !== "reporting" || telling.kind !== "digest" || telling.reason !== "raised")
    return [];
  return [
    {
      ...telling,
      kind: "submission-missing",
      reason: "return-asked",
      tellAt: view.now,
      digest: null,
      forums: [],
      recipients: nearest(view.people, "submitter", change.decision.subject.organisation),
      key: `return:${telling.event}`,
    },
  ];
}
