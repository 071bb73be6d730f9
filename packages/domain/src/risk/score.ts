export const RISK_BANDS = ["low", "moderate", "high", "extreme"] as const;
/** How bad a risk is, as the registers of the NHS have it: 1 to 3, 4 to 6, 8 to 12 and 15 to 25. */
export type RiskBand = (typeof RISK_BANDS)[number];

/** The least score of each band. */
export const LEAST_SCORE: Readonly<Record<RiskBand, number>> = { low: 1, moderate: 4, high: 8, extreme: 15 };

/** Likelihood and impact run from 1 to 5. */
const MOST_OF_EACH = 5;

/** 1 to 25: likelihood times impact, each a whole number from 1 to 5; throws RangeError for any other. */
export function riskScore({ likelihood, impact }: { readonly likelihood: number; readonly impact: number }): number {
  for (const part of [likelihood, impact]) {
    if (!Number.isInteger(part) || part < 1 || part > MOST_OF_EACH)
      throw new RangeError(`${part} is no whole number from 1 to 5.`);
  }
  return likelihood * impact;
}

/** The band that a score of 1 to 25 falls in. */
export function bandOf(score: number): RiskBand {
  return RISK_BANDS.findLast((band) => score >= LEAST_SCORE[band]) ?? "low";
}
