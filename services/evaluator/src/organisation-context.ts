import type { CountedAct, ReadSubmission, TellingRow } from "@signalbox/db";
import { asPeriod, isFresh, lastPassedPeriod, rulesFor } from "@signalbox/domain";
import {
  type CaseChange,
  doneBy,
  type DecidedEvent,
  type SubjectDecision,
  type CatalogueView,
  nearest,
  heldBack,
} from "@signalbox/evaluation";
import { itemOfOrganisation } from "./item-of-organisation.ts";
import type { CaseContext } from "./write-changes.ts";

/** Who hears of a reporting or several-areas case, and when: reporting has no preview, several areas wait like the rest. */
export function contextOfOrganisation(
  view: CatalogueView,
  { readAt, acts }: { readAt: ReadonlyMap<number, ReadSubmission>; acts: ReadonlyMap<string, readonly CountedAct[]> },
): CaseContext<SubjectDecision> {
  return ({ decision: { subject, causedBy }, replaced }) => {
    const { concern, area } = subject;
    const ofIts = (acts.get(subject.organisation) ?? []).filter(
      (one) => one.concern === concern && one.area === area && one.frequency === subject.frequency,
    );
    const rules = rulesFor(view.catalogue.protocol.body, subject.frequency);
    const lastPassed = lastPassedPeriod(view.now, subject.frequency, rules.submission.dueWorkingDay);
    const { frequency } = subject;
    const read = causedBy.flatMap((id) => readAt.get(id) ?? []);
    const held = subject.concern === "reporting" ? null : heldBack(read, rules);
    const release = held !== null && Temporal.Instant.compare(held.until, view.now) > 0 ? held.until : view.now;
    return {
      rules,
      isFresh: (period) =>
        view.ticking && isFresh(asPeriod(period), { lastPassed, tellWithin: rules.tellWithin, frequency }),
      release: () => release,
      awaited: () => held?.previewEnds ?? null,
      restsOn: () => [],
      doneBy: doneBy(ofIts, replaced),
      signers: [],
      shownAt: release,
      concerned: {
        forums: (_tier, event, change) =>
          subject.area === null ? [view.slt, ...areasOf(event, change)] : [subject.area],
        owner: (period) => nearest(view.people, "owner", { organisation: subject.organisation, period }),
        author: () => [],
        atOnce: () => [],
      },
      detail: (event, change) => itemOfOrganisation(view, event, change, ofIts),
    };
  };
}

/** The areas of a move and of the one before it: the boards that were concerned hear of the end too. */
function areasOf(event: DecidedEvent, change: CaseChange): string[] {
  const before = change.events[change.events.indexOf(event) - 1];
  return [...new Set([...event.areas, ...(before?.areas ?? [])])];
}

/** A reporting case asks for the return: whoever submits for the organisation is asked when leaders first hear of it. */
export function returnAsked(view: CatalogueView, telling: TellingRow, changes: readonly CaseChange[]): TellingRow[] {
  const change = changes.find(({ id }) => id === telling.escalation);
  const { period } = telling;
  const isFirst = telling.reason === "raised" || telling.reason === "standing";
  if (change?.decision.subject.concern !== "reporting" || telling.kind !== "digest" || !isFirst) return [];
  return [
    {
      ...telling,
      kind: "submission-missing",
      reason: "return-asked",
      tellAt: view.now,
      digest: null,
      forums: [],
      recipients: nearest(view.people, "submitter", {
        organisation: change.decision.subject.organisation,
        period: period ?? change.raisedIn,
      }),
      key: `return:${telling.event}`,
    },
  ];
}
