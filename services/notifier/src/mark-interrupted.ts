import { markInterrupted } from "@signalbox/db";
import type { Notifier, StageResult } from "./notifier.ts";

/** Finds mail that a notifier which is gone was sending: nobody knows whether it arrived. */
export async function findInterrupted({ db, log }: Notifier): Promise<StageResult> {
  const found = await markInterrupted(db);
  if (found > 0) log.warn({ mails: found }, "found mail of unknown fate; it is sent again under the same Message-ID");
  return { done: found };
}
