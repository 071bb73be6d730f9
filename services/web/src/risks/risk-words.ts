import { bandOf, type RiskBand, riskScore } from "@signalbox/domain";

/** How a band is shown: by word and shape, never by colour alone. */
export const BAND_MARKS: Readonly<
  Record<RiskBand, { readonly word: string; readonly shape: string; readonly colour: string }>
> = {
  extreme: { word: "Extreme", shape: "▲", colour: "red" },
  high: { word: "High", shape: "◆", colour: "orange" },
  moderate: { word: "Moderate", shape: "■", colour: "yellow" },
  low: { word: "Low", shape: "●", colour: "green" },
};

export const LIKELIHOODS = ["1 Rare", "2 Unlikely", "3 Possible", "4 Likely", "5 Almost certain"] as const;
export const IMPACTS = ["1 Negligible", "2 Minor", "3 Moderate", "4 Major", "5 Catastrophic"] as const;

interface Scored {
  readonly likelihood: number;
  readonly impact: number;
}

/** The score of a risk with its band's mark. */
export function scoreShown({ likelihood, impact }: Scored) {
  const score = riskScore({ likelihood, impact });
  return { score, sum: `${likelihood} × ${impact}`, ...BAND_MARKS[bandOf(score)] };
}

/** The page of a risk, below the base address. */
export function addressOfRisk({ organisation, reference }: { organisation: string; reference: string }): string {
  return `/risks/${encodeURIComponent(organisation)}/${encodeURIComponent(reference)}`;
}
