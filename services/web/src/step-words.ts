import type { FiveState, NextKind } from "@signalbox/domain";

/** What is to be done, a kind each, as a line of a list begins. */
export const STEP_WORDS: Readonly<Record<NextKind, string>> = {
  acknowledgement: "Say that the case is seen",
  "action-plan": "Write an action plan",
  "plan-decision": "Accept the plan, or send it back",
  action: "Do an action of the plan",
  challenge: "Say why the figure has not moved",
  embedding: "Say if it is normal practice now",
  "case-sign-off": "Sign the case off",
  risk: "Give the risk behind it",
  commentary: "Write on the figure",
  return: "Send the figures",
  decision: "Do what a meeting decided",
  review: "Look at the case",
  shown: "Show the case to its forums",
};

/** The five states as a list names them. */
export const STATE_WORDS: Readonly<Record<FiveState, string>> = {
  acknowledged: "Seen",
  "plan-received": "Plan sent",
  "plan-accepted": "Plan accepted",
  delivered: "Actions done",
  embedded: "Normal practice",
};
