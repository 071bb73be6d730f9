import { type Database, type Kysely, lastNotice, type MailGroup, unlockSent } from "@signalbox/db";
import { type Batch, claimBatch } from "./claim-batch.ts";
import { drawPictures } from "./pictures.ts";
import type { Notifier, Stage, StageResult } from "./notifier.ts";
import { sendBatch } from "./send-batch.ts";

/** While one lane waits for the mail server, the other writes. */
const LANES = 2;

/** What is asked of owners, authors and submitters, and all else that is no digest: it goes first. */
export const gatherRequests: Stage = (notifier, now) => gather(notifier, { digests: false, now });

/** What leaders are told; by then those who answer for it have been. */
export const gatherDigests: Stage = (notifier, now) => gather(notifier, { digests: true, now });

/**
 * Gathers each person's notices of a kind into one mail and sends it. Two lanes take batches in turn, in order of person;
 * once the server is found to be away no more are taken.
 */
async function gather(
  notifier: Notifier,
  { digests, now }: { digests: boolean; now: Temporal.Instant },
): Promise<StageResult> {
  const through = await lastNotice(notifier.db);
  const pictures = await drawPictures(notifier, { digests, through, now });
  let after: MailGroup | null = { recipient: "", kind: "" };
  let turn: Promise<unknown> = Promise.resolve();
  let done = 0;
  let serverAway = false;

  const next = (connection: Kysely<Database>): Promise<Batch | null> => {
    const mine = turn.then(async () => {
      const from = after;
      if (from === null || serverAway) return null;
      const batch = await connection
        .transaction()
        .execute((trx) => claimBatch(notifier, trx, { after: from, digests, through, pictures, now }));
      after = batch.last;
      done += batch.written;
      return batch;
    });
    turn = mine.catch(() => (after = null));
    return mine;
  };

  const lane = (): Promise<boolean> =>
    notifier.db.connection().execute(async (connection) => {
      try {
        const batch = await next(connection);
        if (batch === null || batch.last === null) return false;
        if (batch.toSend.length > 0 && (await sendBatch(notifier, connection, { mails: batch.toSend, again: false }))) {
          serverAway = true;
        }
        return true;
      } finally {
        await unlockSent(connection);
      }
    });

  const lanes = await Promise.allSettled(
    Array.from({ length: LANES }, async () => {
      while (await lane());
    }),
  );
  const broken = lanes.find((one) => one.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return { done, serverAway };
}
