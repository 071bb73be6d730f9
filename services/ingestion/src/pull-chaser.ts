import { type Asking, chaserKey, type TellingRow } from "@signalbox/db";
import { asPeriod, type NextAsking, nameOfPeriod, sourceFrequency } from "@signalbox/domain";

const REMEDY =
  "Open the address in a browser. If it moved, correct url in sources.csv and load the catalogue; until then send the file by hand. At /operations it can be asked for at once, or no more.";

interface Chased {
  readonly chase: NonNullable<NextAsking["chase"]>;
  readonly why: string;
  readonly failures: number;
  readonly now: Temporal.Instant;
}

/** What operators are told of a source that fails or is late: once a period. */
export function chaserOf(asking: Asking, { chase, why, failures, now }: Chased): TellingRow {
  const happened = chase === "failing" ? `It failed ${failures} times in a row` : "It is two working days late";
  const key = chaserKey(asking);
  return tellingOf(asking, { reason: "not-fetched", now, key, detail: { happened, lastAnswer: why, remedy: REMEDY } });
}

/** What they are told when it has come after all. */
export function clearedOf(asking: Asking, now: Temporal.Instant): TellingRow {
  const key = `${chaserKey(asking)}:cleared`;
  return tellingOf(asking, { reason: "fetched", now, key, detail: { happened: "It has come after all" } });
}

function tellingOf(
  { organisation, period, source, address, url }: Asking,
  { reason, now, key, detail }: Pick<TellingRow, "reason" | "key" | "detail"> & { now: Temporal.Instant },
): TellingRow {
  const periodName = nameOfPeriod(asPeriod(period), sourceFrequency(url));
  return {
    kind: "submission-missing",
    reason,
    escalation: null,
    event: null,
    submission: null,
    series: null,
    // It is no return that is owed: no figures that come answer it.
    organisation: null,
    period: null,
    forums: [],
    // Nobody is named: then the operators are told.
    recipients: [],
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: { title: `Source ${source}`, organisation, periodName, address, ...detail },
    key,
  };
}
