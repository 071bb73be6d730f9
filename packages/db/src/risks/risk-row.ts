/** A risk as its register has it; `reviewedOn` is "YYYY-MM-DD", null for never; `owner` is a name, a post or an address. */
export interface RiskRow {
  readonly organisation: string;
  readonly reference: string;
  readonly title: string;
  /** Likelihood and impact, each from 1 to 5. */
  readonly likelihood: number;
  readonly impact: number;
  readonly reviewedOn: string | null;
  readonly owner: string | null;
}

/** Which risk of which register; the case of a reference's letters does not matter. */
export interface RiskKey {
  readonly organisation: string;
  readonly reference: string;
}

/** One word for a risk, by which two spellings of its reference are the same. */
export function keyOfRisk({ organisation, reference }: RiskKey): string {
  return `${organisation}\n${reference.toLowerCase()}`;
}
