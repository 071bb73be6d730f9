import { bandOf, type RiskBand, riskScore } from "./score.ts";

/** How many months a review lasts: the worse the risk, the sooner it is looked at again. */
const MONTHS: Readonly<Record<RiskBand, number>> = { extreme: 1, high: 3, moderate: 6, low: 12 };

/** The first day on which a review still counts for a risk of this band: one before it is stale, as none at all is. */
export function staleBefore(band: RiskBand, today: Temporal.PlainDate): Temporal.PlainDate {
  return today.subtract({ months: MONTHS[band] });
}

/** Whether nobody has reviewed a risk within the months of its band; `reviewedOn` is "YYYY-MM-DD", null for never. */
export function isReviewStale(
  { reviewedOn, ...risk }: { readonly likelihood: number; readonly impact: number; readonly reviewedOn: string | null },
  today: Temporal.PlainDate,
): boolean {
  if (reviewedOn === null) return true;
  const least = staleBefore(bandOf(riskScore(risk)), today);
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(reviewedOn), least) < 0;
}
