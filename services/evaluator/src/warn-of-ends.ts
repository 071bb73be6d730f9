import {
  type CurrentCatalogue,
  type Database,
  endingSoon,
  notYetTold,
  type TellingRow,
  type Transaction,
  writeTellings,
} from "@signalbox/db";
import { dayOf, nextWorkingMoment } from "@signalbox/domain";
import { MORNING } from "@signalbox/evaluation";

/**
 * Warns a board's secretaries and the administrators, once an end, of limits and plans that end within 60 days with nothing after
 * them; where there is nobody of these, the operators hear. Found by what is due and was not told, however long nobody looked.
 */
export async function warnOfEnds(
  trx: Transaction<Database>,
  catalogue: CurrentCatalogue,
  now: Temporal.Instant,
): Promise<void> {
  const ending = await endingSoon(trx, dayOf(now));
  if (ending.length === 0) return;
  const left = await notYetTold(
    trx,
    ending.map(({ key }) => key),
  );
  const administrators = addressesOf(catalogue, "administrator", null);
  const tellings = ending
    .filter(({ key }) => left.has(key))
    .map(({ what, metric, metricName, forum, organisation, level, endsOn, key }): TellingRow => {
      const whose = organisation === null ? null : (catalogue.organisations.get(organisation)?.name ?? organisation);
      return {
        kind: "digest",
        reason: "limits-end-soon",
        escalation: null,
        event: null,
        submission: null,
        series: null,
        organisation,
        period: null,
        forums: [],
        recipients: [...new Set([...addressesOf(catalogue, "secretary", forum), ...administrators])],
        tellAt: nextWorkingMoment(now, MORNING),
        digest: null,
        causedBy: [],
        detail: {
          title: `${what === "limits" ? "Limits" : "Plans"} of ${metricName}${level === null ? "" : `, every ${level}`}`,
          ...(whose === null ? {} : { organisation: whose }),
          area: catalogue.forums.get(forum)?.name ?? forum,
          endsOn,
          page: "/thresholds",
          metric,
        },
        key,
      };
    });
  await writeTellings(trx, tellings);
}

function addressesOf({ people }: CurrentCatalogue, role: string, forum: string | null): string[] {
  return people.flatMap((one) => (one.role === role && (forum === null || one.forum === forum) ? [one.email] : []));
}
