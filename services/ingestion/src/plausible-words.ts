import type { Doubt } from "@signalbox/domain";

/** What a doubt says, with the figures it was judged by, and what became of the value. */
export function doubtInWords(value: number, doubt: Doubt): string {
  const outcome =
    doubt.outcome === "keep-out" ? "It is kept out, as suspect." : "It counts, and is marked as implausible.";
  return `${reason(value, doubt)} ${outcome} If it is wrong, send it again with the right figure.`;
}

function reason(value: number, doubt: Doubt): string {
  if (doubt.code === "out-of-range") {
    const { from, to } = doubt;
    if (from === null) return `${shown(value)} is above ${shown(to ?? NaN)}, the most that is plausible.`;
    if (to === null) return `${shown(value)} is below ${shown(from)}, the least that is plausible.`;
    return `${shown(value)} is outside what is plausible, ${shown(from)} to ${shown(to)}.`;
  }
  if (doubt.code === "sudden-zero") {
    return `The figure is 0 where ${shown(doubt.usual)} was usual, the median of the 6 values before it.`;
  }
  const { figure, before, usual, times } = doubt;
  const many = shown(Math.floor(Math.abs(figure - before) / usual));
  return (
    `From ${shown(before)} to ${shown(figure)} is ${many} times the usual moving range, which is ${shown(usual)}; ` +
    `more than ${shown(times)} times is a jump.`
  );
}

/** As many digits as a person reads, without the noise of binary fractions. */
function shown(figure: number): string {
  return Number(figure.toPrecision(10)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
}
