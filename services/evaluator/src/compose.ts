import { catalogueReader, type Clock, type Database, type Kysely } from "@signalbox/db";
import type { Logger } from "@signalbox/log";
import type { Outcome, Queues } from "@signalbox/queues";
import { askForRisks } from "./ask-for-risks.ts";
import { assessBatch } from "./assess-batch.ts";
import { assessOrganisations } from "./assess-organisations.ts";
import { tick } from "./clock.ts";
import { filesFirst } from "./files-first.ts";

export interface EvaluatorParts {
  readonly config: { readonly sourceHosts: readonly string[] };
  readonly db: Kysely<Database>;
  readonly queues: Queues;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Series assessed in one transaction. */
const SERIES_AT_ONCE = 1000;
const ORGANISATIONS_AT_ONCE = 200;
/** Batches under way at once: while PostgreSQL looks one up or writes it, another is assessed. */
const LANES = 2;

/** Starts the evaluator: answers assess-series, assess-organisations and clock. */
export async function compose(
  parts: EvaluatorParts,
  { seriesAtOnce = SERIES_AT_ONCE }: { seriesAtOnce?: number } = {},
): Promise<{ close(): Promise<void> }> {
  const { queues } = parts;
  const assessing = { ...parts, readCatalogue: catalogueReader() };
  const mustWait = filesFirst(parts.db);
  return queues.work(
    {
      "assess-series": async () => {
        if (await mustWait()) return done;
        await untilNoneLeft(() => assessBatch(assessing, seriesAtOnce), LANES);
        await askForRisks(assessing);
        await Promise.all([queues.ring("assess-organisations", {}), queues.ring("tell", {})]);
        return done;
      },
      "assess-organisations": async () => {
        await untilNoneLeft(() => assessOrganisations(assessing, ORGANISATIONS_AT_ONCE));
        await askForRisks(assessing);
        await queues.ring("tell", {});
        return done;
      },
      clock: async () => {
        await askForRisks(assessing);
        await tick(parts);
        return done;
      },
    },
    { concurrency: { "assess-series": 2 } },
  );
}

const done: Outcome = { kind: "done" };

async function untilNoneLeft(batch: () => Promise<number>, lanes = 1): Promise<void> {
  const ended = await Promise.allSettled(
    Array.from({ length: lanes }, async () => {
      while ((await batch()) > 0);
    }),
  );
  const broken = ended.find((lane) => lane.status === "rejected");
  if (broken !== undefined) throw broken.reason;
}
