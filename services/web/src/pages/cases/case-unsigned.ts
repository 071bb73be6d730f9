import { type Explanation, NOT_SIGNED_OFF, type Unsigned } from "@signalbox/db";

/**
 * The case without the values that wait for their executive's signature, for a reader who sees it by forum alone (decision
 * 0020): that there is a figure is said, not which.
 */
export function withoutUnsigned(explanation: Explanation, unsigned: Unsigned): Explanation {
  const { submissions } = unsigned;
  if (submissions.size === 0) return explanation;
  const { metric, organisation } = explanation.case;
  const signed = ({ submission }: { readonly submission: number | null }) =>
    submission === null || !submissions.has(submission);
  const figures = explanation.figures.map((figure) => {
    const { period } = figure;
    const isGiven = figure.given.some(({ holds }) => holds);
    const isComputed = !isGiven && metric !== null;
    const waits =
      figure.given.some((given) => given.holds && !signed(given)) ||
      (isComputed && unsigned.waits({ metric, organisation, period, submission: null }));
    const said = { given: figure.given.filter(signed), below: figure.below.filter(signed) };
    return waits ? { ...figure, ...said, ...KEPT_BACK } : { ...figure, ...said };
  });
  return { ...explanation, figures, replaced: explanation.replaced.filter(signed) };
}

/** What is decided of a figure says of it what is kept back, as on the page of its series. */
const KEPT_BACK = {
  value: null,
  rag: "grey",
  deterioratingFor: 0,
  provisional: false,
  watch: false,
  reasons: [],
  restated: false,
  mark: null,
  noValue: NOT_SIGNED_OFF,
} as const;
