import { type Explanation, NOT_SIGNED_OFF, type SeriesPoints, type Unsigned } from "@signalbox/db";

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
    return waits ? { ...figure, ...said, value: null, mark: null, noValue: NOT_SIGNED_OFF } : { ...figure, ...said };
  });
  return { ...explanation, figures, replaced: explanation.replaced.filter(signed) };
}

/** The points of a chart without the values that the case's figures do not show. */
export function pointsShown(points: SeriesPoints, { figures }: Explanation): SeriesPoints {
  const hidden = new Set(figures.filter(({ noValue }) => noValue === NOT_SIGNED_OFF).map(({ period }) => period));
  if (hidden.size === 0) return points;
  return {
    ...points,
    points: points.points.map((point) => (hidden.has(point.period) ? { ...point, value: null } : point)),
  };
}
