import { type Asking, chaserKey, type TellingRow } from "@signalbox/db";
import { asPeriod, type NextAsking, nameOfPeriod, sourceFrequency } from "@signalbox/domain";

const REMEDY =
  "Open the address in a browser. If it moved, correct url in sources.csv and load the catalogue; until then send the file by hand. At /operations it can be asked for at once, or no more.";

/** What operators are told of a source that fails or is late: once a period. */
export function chaserOf(
  asking: Asking,
  {
    chase,
    why,
    failures,
    now,
  }: { chase: NonNullable<NextAsking["chase"]>; why: string; failures: number; now: Temporal.Instant },
): TellingRow {
  const { source, organisation, period, address, url } = asking;
  const happened = chase === "failing" ? `It failed ${failures} times in a row` : "It is two working days late";
  return {
    kind: "submission-missing",
    reason: "not-fetched",
    escalation: null,
    event: null,
    submission: null,
    series: null,
    organisation,
    period,
    forums: [],
    // Nobody is named: then the operators are told.
    recipients: [],
    tellAt: now,
    digest: null,
    causedBy: [],
    detail: {
      title: `Source ${source}`,
      organisation,
      periodName: nameOfPeriod(asPeriod(period), sourceFrequency(url)),
      happened,
      lastAnswer: why,
      address,
      remedy: REMEDY,
    },
    key: chaserKey(asking),
  };
}
