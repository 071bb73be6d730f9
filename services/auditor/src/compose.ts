import { type Clock, type Database, keepAuditCheck, type Kysely } from "@signalbox/db";
import type { Logger } from "@signalbox/log";
import type { Queues } from "@signalbox/queues";
import { setTimeout as wait } from "node:timers/promises";
import { lookTwice } from "./look.ts";
import { ping } from "./ping.ts";

export interface AuditorParts {
  readonly config: { readonly auditPingUrl: string | null };
  readonly db: Kysely<Database>;
  readonly queues: Pick<Queues, "bullQueues" | "depths">;
  readonly log: Logger;
  readonly clock: Clock;
}

/** What a test may replace. */
export interface AuditorOverrides {
  readonly everyMs?: number;
  /** How long what was found is given to come right before it is looked at again. */
  readonly settleMs?: number;
  readonly machineNow?: () => Temporal.Instant;
}

const EVERY_MS = 15 * 60 * 1000;
const SETTLE_MS = 10_000;

/**
 * Starts the auditor: it looks at once, and then every 15 minutes by the machine's time, whatever the clock says. `look`
 * looks now, keeps what was found and pings where that is nothing.
 */
export async function compose(
  { config, db, queues, log, clock }: AuditorParts,
  { everyMs = EVERY_MS, settleMs = SETTLE_MS, machineNow = () => Temporal.Now.instant() }: AuditorOverrides = {},
): Promise<{ look(): Promise<void>; close(): Promise<void> }> {
  const stop = new AbortController();
  const pause = () => wait(settleMs, undefined, { signal: stop.signal });

  async function look(): Promise<void> {
    const { found, judgedAt } = await lookTwice({ db, queues, clock, machineNow, pause });
    const check = { checkedAt: machineNow(), judgedAt, periodSeconds: Math.ceil(everyMs / 1000) };
    await db.transaction().execute((trx) => keepAuditCheck(trx, check, found));
    if (found.length === 0) {
      if (config.auditPingUrl !== null) await ping(config.auditPingUrl, log, stop.signal);
      return;
    }
    const problems = [...new Set(found.map(({ name }) => name))];
    log.error({ problems, found: found.length }, "the auditor found what is not as it must be: see /operations");
  }

  let looking = Promise.resolve();
  const lookNow = () => {
    looking = looking.then(look).catch((error: unknown) => {
      if (!stop.signal.aborted) log.error({ err: error }, "the auditor could not look");
    });
  };
  lookNow();
  const timer = setInterval(lookNow, everyMs);
  return {
    look,
    async close() {
      clearInterval(timer);
      stop.abort();
      await looking;
    },
  };
}
