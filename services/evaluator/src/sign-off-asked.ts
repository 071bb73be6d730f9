import { type SignatureAsked, WORKING_DAYS_TO_SIGN } from "@signalbox/db";
import { needsEmbedding } from "@signalbox/domain";
import { requestDates, type CaseChange } from "@signalbox/evaluation";
import type { TellingContext } from "./tell-case.ts";

/** Whether a case is held for its chair's signature as it stands now. */
export function awaitsSignOff({ events, endedIn }: Pick<CaseChange, "events" | "endedIn">): boolean {
  return endedIn === null && events.at(-1)?.reasons.some(({ rule }) => rule === "sign-off") === true;
}

/**
 * What is asked of the chair of a case that is held for a signature: once for as long as it is held, and not before those of
 * its forums may hear of the figure. Null where nobody is to sign, or where the figure is too old to tell.
 */
export function signatureAsked(change: CaseChange, context: TellingContext): SignatureAsked | null {
  const { events, decision } = change;
  const last = events.at(-1);
  if (last === undefined || !awaitsSignOff(change) || !context.isFresh(last.period)) return null;
  const { subject } = decision;
  const before = events.findLastIndex(({ reasons }) => !reasons.some(({ rule }) => rule === "sign-off"));
  const first = events[before + 1] ?? last;
  const tellAt = context.release(last);
  const { dueOn, nextAt } = requestDates(context.rules, tellAt, WORKING_DAYS_TO_SIGN);
  return {
    request: {
      kind: "case-sign-off",
      key: `case-sign-off:${change.id}:${first.period}`,
      escalation: change.id,
      series: subject.series,
      organisation: subject.organisation,
      period: first.period,
      recipients: context.signers,
      dueOn: dueOn.toString(),
      nextAt,
      forum: subject.area,
    },
    tellAt,
    onceEmbedded: subject.area !== null && needsEmbedding(context.rules, subject.area),
    detail: { ...context.detail(last, change), answerAt: `/escalations/${change.id}/sign-off` },
  };
}
