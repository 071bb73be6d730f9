import { eraseOld } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Notifier, StageResult } from "./notifier.ts";

const HOURS = 24;

/** Makes the stage that erases, once a day, mail and addresses older than the settings say. */
export function erasingDaily(): (notifier: Notifier, now: Temporal.Instant) => Promise<StageResult> {
  let erasedOn = "";
  return async ({ config, db, log }, now) => {
    const today = dayOf(now).toString();
    if (erasedOn === today) return { done: 0 };
    const erased = await eraseOld(db, {
      mailBefore: now.subtract({ hours: HOURS * config.mailKeepDays }),
      addressesBefore: now.subtract({ hours: HOURS * config.personalDataKeepDays }),
    });
    erasedOn = today;
    if (erased.messages + erased.addresses > 0) log.info(erased, "erased what is older than the settings keep");
    return { done: 0 };
  };
}
