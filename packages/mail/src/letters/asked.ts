import type { ItemDetail } from "../item.ts";

interface Words {
  /** As a letter's heading: "Action plan to decide". */
  readonly heading: string;
  /** As one thing in a sentence: "action plan". */
  readonly thing: string;
  /** Of a reminder: what waits. */
  readonly waits: string;
  /** What to do. */
  readonly please: string;
}

/** How what is asked for is said, one row a kind. */
export const ASKED: Readonly<Record<NonNullable<ItemDetail["asksFor"]>, Words>> = {
  "action-plan": {
    heading: "Action plan asked for",
    thing: "action plan",
    waits: "An action plan is asked for",
    please: "Please say what causes it, what will be done, by whom and by when.",
  },
  commentary: {
    heading: "Commentary asked for",
    thing: "commentary",
    waits: "Commentary is asked for",
    please: "Please write what lies behind the figure and what is being done about it.",
  },
  return: {
    heading: "Return asked for",
    thing: "return",
    waits: "The return is asked for",
    please: "Please send the figures, or say why there are none.",
  },
  "sign-off": {
    heading: "Signature asked for",
    thing: "sign-off",
    waits: "Your signature is asked for",
    please: "Please sign the figures off.",
  },
  "next-step": {
    heading: "Next step asked for",
    thing: "next step",
    waits: "Its acknowledgement ran out",
    please: "Please see that somebody takes it on.",
  },
  acknowledgement: {
    heading: "Acknowledgement asked for",
    thing: "acknowledgement",
    waits: "Your acknowledgement is asked for",
    please: "Please say that you have seen it, and when you will answer in full.",
  },
  "plan-decision": {
    heading: "Action plan to decide",
    thing: "decision on a plan",
    waits: "A plan waits for your decision",
    please: "Please accept the plan, or send it back and say what is missing.",
  },
  action: {
    heading: "Action for you",
    thing: "action",
    waits: "An action of yours is due",
    please: "Please do it by its day, and say when it is done.",
  },
  embedding: {
    heading: "Say what has become normal practice",
    thing: "word on what became normal practice",
    waits: "Say whether it has become normal practice",
    please: "The actions are done. Please say of each whether it has become normal practice.",
  },
  challenge: {
    heading: "The actions are done and the figure has not moved",
    thing: "answer to a challenge",
    waits: "The figure has not moved, and your answer is asked for",
    please: "Please say why you think it has not moved, and what will change.",
  },
  "case-sign-off": {
    heading: "Case to sign off",
    thing: "sign-off of a case",
    waits: "A case waits for your sign-off",
    please: "The figure has recovered. Please sign the case off, or say why not.",
  },
  risk: {
    heading: "Risk asked for",
    thing: "risk",
    waits: "The risk behind a case is asked for",
    please: "Please give the reference of the risk on your register, or say why there is none.",
  },
  review: {
    heading: "Case to look at",
    thing: "review",
    waits: "A case waits to be looked at",
    please: "Please look at it and say what comes next.",
  },
  decision: {
    heading: "A meeting asked this of you",
    thing: "decision of a meeting",
    waits: "What a meeting asked of you is not done",
    please: "Please do it by its day, and say when it is done.",
  },
};
