/** Said of a period by who publishes the figures: this organisation has not submitted. */
export const NAMED_MISSING = "missing, named by the publisher";

/** Said where a value was kept out: it cannot be believed. */
export const SUSPECT = "suspect";

/**
 * Whether a reason for no value is an answer, which ends the silence (contract 6, rules 7 and 9). That somebody else says a
 * return is missing is none: nobody has answered for it.
 */
export function isAnswer(reason: string): boolean {
  return reason !== NAMED_MISSING;
}
