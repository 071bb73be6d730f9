import { checkEffects } from "./check-effects.ts";
import { chaseRequests } from "./chase-requests.ts";
import { gatherDigests, gatherRequests } from "./gather.ts";
import { keepSteps } from "./keep-next-steps.ts";
import { makeDueNotices } from "./make-notices.ts";
import { findInterrupted } from "./mark-interrupted.ts";
import type { Stage } from "./notifier.ts";
import { runOutAcknowledgements } from "./run-out-acknowledgements.ts";
import { sendAgain } from "./send-again.ts";

/** From what is due to what is sent, in this order. */
export const pipeline: readonly Stage[] = [
  chaseRequests,
  keepSteps,
  runOutAcknowledgements,
  checkEffects,
  makeDueNotices,
  findInterrupted,
  sendAgain,
  gatherRequests,
  gatherDigests,
];
