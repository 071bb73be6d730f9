import { type Clock, currentSources, type Database, dueAskings, type Kysely, planAskings } from "@signalbox/db";
import { askedPeriods, sourceAddress } from "@signalbox/domain";
import type { Queues } from "@signalbox/queues";

export interface SourceParts {
  readonly config: { readonly sourceHosts: readonly string[] };
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly queues: Queues;
}

const ASKED_AT_ONCE = 50;

/** Keeps a row for each period whose file is to be fetched; for none where no host may be asked. */
export async function planSources({ config, db }: SourceParts, now: Temporal.Instant): Promise<void> {
  const sources = config.sourceHosts.length === 0 ? [] : await currentSources(db);
  const wanted = sources.flatMap((source) =>
    askedPeriods(source, now).map(({ period, lateAt }) => {
      return { source: source.name, period, address: sourceAddress(source.url, period), lateAt };
    }),
  );
  await planAskings(db, wanted, now);
}

/** Rings for the files that are to be fetched by now. */
export async function ringForSources({ db, clock, queues }: SourceParts): Promise<void> {
  for (const sourcePeriod of await dueAskings(db, await clock.now(), ASKED_AT_ONCE))
    await queues.ring("pull-source", { sourcePeriod });
}
