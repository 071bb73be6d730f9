export const IMPLAUSIBLE = ["mark", "keep-out"] as const;

/** What becomes of a value that is not plausible: it counts and is marked, or it is kept out. */
export type Implausible = (typeof IMPLAUSIBLE)[number];

/**
 * Which values of a metric can be true; null for no such rule. `plausibleFrom`, `plausibleTo` and `zeroAfter` are in the
 * metric's unit, `plausibleJump` is a multiple of the usual moving range.
 */
export interface MetricPlausibility {
  readonly plausibleFrom: number | null;
  readonly plausibleTo: number | null;
  readonly plausibleJump: number | null;
  /** A 0 is not plausible where values of at least this came before. */
  readonly zeroAfter: number | null;
  readonly implausible: Implausible;
}
