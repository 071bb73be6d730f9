import type { Proposal } from "@signalbox/db";
import { asPeriod, formatPeriod, parsePeriod } from "@signalbox/domain";
import { Problem } from "../problem.ts";

/** The first and the last month of a range as they are written. */
export function months({ from, to }: { readonly from: number; readonly to: number | null }) {
  const written = (period: number) => formatPeriod(asPeriod(period), "monthly");
  return { from: written(from), to: to === null ? null : written(to) };
}

/** A month as it is written in a request; a problem 422 where it is none. */
export function monthOf(text: string) {
  const period = parsePeriod(text, "monthly");
  if (period === null) throw new Problem(422, `"${text}" is no month such as 2026-04.`);
  return period;
}

/** A set of limits as the API answers with it. */
export function shownProposal({ id, ...proposal }: Proposal) {
  return {
    ...proposal,
    id: String(id),
    proposedAt: proposal.proposedAt.toString(),
    sentAt: proposal.sentAt?.toString() ?? null,
    decidedAt: proposal.decidedAt?.toString() ?? null,
  };
}
