import type { CatalogueNames, Dispute } from "@signalbox/db";
import { dayOf, nameOfPeriod } from "@signalbox/domain";

const ENDED = {
  settled: "settled: the figure stands",
  restated: "over: another figure took its place",
  "ran-out": "over: its days ran out, so it went on",
} as const;

/** A dispute as pages say it. */
export interface DisputeInWords {
  readonly id: number;
  readonly title: string;
  readonly organisation: string;
  readonly period: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Temporal.Instant;
  /** "2026-12-08" */
  readonly until: string;
  /** How it ended; null while it is in force. */
  readonly ended: string | null;
  readonly endedAt: Temporal.Instant | null;
  readonly note: string;
  readonly mayEnd: boolean;
}

/** Puts a dispute into words; people by the name that `who` gives. */
export function disputeInWords(
  dispute: Dispute,
  { names, who, mayEnd }: { names: CatalogueNames; who: (address: string) => string; mayEnd: boolean },
): DisputeInWords {
  const { endedWhy, period, frequency } = dispute;
  return {
    id: dispute.id,
    title: names.metrics.get(dispute.metric)?.name ?? dispute.metric,
    organisation: names.organisations.get(dispute.organisation) ?? dispute.organisation,
    period: nameOfPeriod(period, frequency),
    reason: dispute.reason,
    by: who(dispute.by),
    at: dispute.at,
    until: dayOf(dispute.untilAt).toString(),
    ended: endedWhy === null ? null : ENDED[endedWhy],
    endedAt: dispute.endedAt,
    note: dispute.endedNote,
    mayEnd: mayEnd && endedWhy === null,
  };
}
