import { claimAsTheyStand, unlockSent } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";
import { sendBatch } from "./send-batch.ts";

const BATCH = 64;

/** Sends mail that goes out as it stands, byte for byte: of unknown fate, released after a hold, or tried again by hand. */
export async function sendAgain(notifier: Notifier, now: Temporal.Instant): Promise<StageResult> {
  return notifier.db.connection().execute(async (connection) => {
    try {
      const mails = await connection.transaction().execute((trx) => claimAsTheyStand(trx, now, BATCH));
      if (mails.length === 0) return { done: 0 };
      const serverAway = await sendBatch(notifier, connection, { mails, again: true });
      return { done: mails.length, serverAway };
    } finally {
      await unlockSent(connection);
    }
  });
}
