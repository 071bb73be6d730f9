import { endUnfollowed, type RanOut, type TellingRow, writeTellings } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { dayInWords } from "@signalbox/mail";
import type { Notifier, StageResult } from "./notifier.ts";

const BATCH = 500;

/** Ends acknowledgements that nothing has followed in time, and tells the executives; boards see it in their lists. */
export async function runOutAcknowledgements({ db, log }: Notifier, now: Temporal.Instant): Promise<StageResult> {
  return db.transaction().execute(async (trx) => {
    const { looked, ranOut } = await endUnfollowed(trx, now, BATCH);
    if (looked === 0) return { done: 0 };
    await writeTellings(
      trx,
      ranOut.map((one) => tellingOf(one, now)),
    );
    log.info({ acknowledgements: looked, ranOut: ranOut.length }, "looked at what followed acknowledgements");
    return { done: looked };
  });
}

function tellingOf(one: RanOut, now: Temporal.Instant): TellingRow {
  const { id, escalation, series, organisation, period, executives, name, at, expiresOn, detail } = one;
  const given = `${name} acknowledged it on ${dayInWords(dayOf(at).toString())}`;
  return {
    kind: "overdue",
    reason: "acknowledgement-ran-out",
    escalation,
    event: null,
    submission: null,
    series,
    organisation,
    period,
    forums: [],
    recipients: executives,
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: {
      ...detail,
      dueOn: expiresOn,
      asksFor: "next-step",
      why: `${given}, and nothing has followed by ${dayInWords(expiresOn)}: no step down, no plan`,
    },
    key: `acknowledgement:${id}:ran-out`,
  };
}
