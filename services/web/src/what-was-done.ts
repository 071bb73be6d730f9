/** What the page that an act leads back to says of it, by the word in its address. */
const DONE = {
  acknowledged: "You acknowledged this case.",
  replied: "Your holding reply is kept, and the case counts as seen.",
  "day-asked": "You asked for another day. The chair says whether it holds.",
  "day-agreed": "Another day is agreed, and those who were asked are told.",
  "plan-saved": "The draft is saved. It is not sent yet.",
  "plan-sent": "The plan is sent. Its forum accepts it or sends it back.",
  accept: "The plan is accepted. Each person in it is asked for their actions.",
  "send-back": "The plan is sent back. Its owner is told what is missing.",
  withdraw: "The plan is withdrawn.",
  chosen: "Your choice is kept, and the owner is told.",
  "signed-off": "The case is signed off.",
  "not-signed-off": "It is kept that you do not sign the case off yet.",
  closed: "The closure is kept, with its minute.",
  "taken-back": "That was taken back.",
  rated: "Your rating is kept.",
  "day-kept": "The day is kept.",
  "evidence-added": "The evidence is added.",
  "evidence-removed": "The evidence is taken out.",
  risk: "Your answer on the risk is kept.",
} as const;

export type Done = keyof typeof DONE;

/** The address of a page that says what was just done there. */
export function saying(path: string, done: Done): string {
  return `${path}?did=${done}`;
}

/** What an address says was done; undefined where it says nothing that there is. */
export function wasDone(query: unknown): string | undefined {
  const did = typeof query === "object" && query !== null && "did" in query ? query.did : undefined;
  return typeof did === "string" && Object.hasOwn(DONE, did) ? DONE[did as Done] : undefined;
}
