import {
  actsOfOrganisations,
  casesOfOrganisations,
  type CountedAct,
  clearDueOrganisations,
  type Database,
  type DueOrganisation,
  eventsOf,
  failOrganisation,
  holdCatalogue,
  newEvaluation,
  type ReadSubmission,
  readTimes,
  seriesOfOrganisations,
  type StoredCase,
  takeDueOrganisations,
  type Transaction,
  writeTellings,
} from "@signalbox/db";
import {
  type CaseChange,
  caseChanges,
  type Subject,
  type SubjectDecision,
  type CatalogueView,
  viewOf,
  type OrganisationDecision,
  organisationDecisions,
} from "@signalbox/evaluation";
import type { AssessingParts } from "./assessing-parts.ts";
import { contextOfOrganisation, returnAsked } from "./organisation-context.ts";
import { writeChanges } from "./write-changes.ts";

/** Decides the reporting and several-areas cases of a batch of due organisations; returns how many it took. */
export async function assessOrganisations(
  { db, clock, log, readCatalogue }: AssessingParts,
  limit: number,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await holdCatalogue(trx);
    const due = await takeDueOrganisations(trx, limit);
    if (due.length === 0) return 0;
    const catalogue = await readCatalogue(trx);
    if (catalogue === null) throw new Error("organisations are due but no catalogue is loaded");
    const view = viewOf(catalogue, { now: await clock.now(), ticking: await clock.ticking() });
    const codes = due.map(({ organisation }) => organisation);
    const series = Map.groupBy(await seriesOfOrganisations(trx, codes), ({ organisation }) => organisation);
    const acts = await actsOfOrganisations(trx, codes);
    const stored = await casesOfOrganisations(trx, codes);
    const events = await eventsOf(
      trx,
      stored.map(({ id }) => id),
    );
    const eventsByCase = Map.groupBy(events, ({ escalation }) => escalation);
    const changes: CaseChange[] = [];
    const done: string[] = [];
    for (const one of due) {
      try {
        const decisions = organisationDecisions(view, one.organisation, {
          series: series.get(one.organisation) ?? [],
          acts: acts.get(one.organisation) ?? [],
        });
        const kept = stored.filter(({ organisation }) => organisation === one.organisation);
        for (const decision of withLeftOver(decisions, kept)) {
          changes.push(...changesOf(decision, { kept, events: eventsByCase, causedBy: one.dueBy }));
        }
        done.push(one.organisation);
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        log.error({ err: error, organisation: one.organisation }, "an organisation's cases could not be decided");
        await failOrganisation(trx, one.organisation, { failure, at: view.now });
      }
    }
    await write(trx, view, { changes, acts });
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

interface Kept {
  readonly kept: readonly StoredCase[];
  readonly events: ReadonlyMap<number, SubjectDecision["storedEvents"]>;
  readonly causedBy: DueOrganisation["dueBy"];
}

function changesOf({ subject, events }: OrganisationDecision, { kept, events: stored, causedBy }: Kept): CaseChange[] {
  const cases = kept.filter((one) => subjectKey(one) === subjectKey(subject));
  const storedEvents = cases.flatMap(({ id }) => stored.get(id) ?? []);
  return caseChanges({ subject, events, unchangedThrough: null, stored: cases, storedEvents, causedBy });
}

async function write(
  trx: Transaction<Database>,
  view: CatalogueView,
  { changes: all, acts }: { changes: readonly CaseChange[]; acts: ReadonlyMap<string, readonly CountedAct[]> },
): Promise<void> {
  const changes = all.filter(isChange);
  if (changes.length === 0) return;
  const { catalogue, now } = view;
  const evaluation = await newEvaluation(trx, {
    now,
    protocol: catalogue.protocol.id,
    catalogueVersion: catalogue.version,
    cause: "organisations",
  });
  const causes = [...new Set(changes.flatMap(({ decision }) => decision.causedBy))];
  const readAt = view.hasPreview ? await readTimes(trx, causes) : new Map<number, ReadSubmission>();
  const contextOf = contextOfOrganisation(view, { readAt, acts });
  const { tellings } = await writeChanges(trx, changes, { now, evaluation, slt: view.slt, contextOf });
  await writeTellings(
    trx,
    tellings.flatMap((telling) => returnAsked(view, telling, changes)),
  );
}

function isChange({ stored, added, replaced, previous }: CaseChange): boolean {
  return stored === null || added.length > 0 || replaced.length > 0 || stored.previous !== (previous?.id ?? null);
}
