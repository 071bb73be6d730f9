import type { Period } from "./period.ts";

/** Where an organisation stood in the tree in the months `from` to `to`, both included; no `from`: ever since. */
export interface FormerParent {
  readonly organisation: string;
  readonly parent: string;
  readonly from: Period | null;
  readonly to: Period;
}

/** Who carries on for an organisation from a month on; one that was divided has several. */
export interface Successor {
  readonly organisation: string;
  readonly successor: string;
  readonly from: Period;
}
