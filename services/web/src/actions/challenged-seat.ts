import type { Challenge, ChallengeSeat } from "@signalbox/db";
import { answersFor, speaksFor, type WhereItStands } from "../acting.ts";
import type { Caller } from "../callers.ts";

/** For which side somebody answers the open challenges of a case: the forum's, or the owner's; null where for none. */
export function challengedSeat(
  caller: Caller,
  one: WhereItStands,
  open: readonly Pick<Challenge, "seat">[],
): ChallengeSeat | null {
  const asked = (seat: ChallengeSeat) => open.some((challenge) => challenge.seat === seat);
  if (asked("chair") && speaksFor(caller, one, "chair", "secretary")) return "chair";
  return asked("owner") && answersFor(caller, one.organisation) ? "owner" : null;
}
