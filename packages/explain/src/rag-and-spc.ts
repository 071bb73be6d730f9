import type { Assessment } from "@signalbox/db";
import { type Better, type Kind, sharePast } from "@signalbox/domain";
import type { ChartedSeries } from "./charted-series.ts";

const RAG = { red: "Red", amber: "Amber", green: "Green", grey: "No data", unrated: "Not rated" } as const;

/** What the process does, told in the words that follow a RAG. */
const VARIATION: Readonly<Record<Kind, string>> = {
  common: "no special cause",
  concern: "special cause of concern: it is worse than its usual ups and downs",
  improvement: "special cause of improvement: it is better than its usual ups and downs",
  "neutral-high": "special cause: it is higher than its usual ups and downs",
  "neutral-low": "special cause: it is lower than its usual ups and downs",
};

const WATCH = "It is on watch: it got worse several times in a row, within its usual ups and downs.";

/** What a period was decided to be; without a word of it neither a draft nor on watch. */
type Last = Pick<Assessment, "rag" | "frequency"> & Partial<Pick<Assessment, "provisional" | "watch">>;

/**
 * RAG and SPC in one sentence: "Red and no special cause: about 4 months in 10 will miss the SLT limit as things are." It says
 * of a draft that it is one, and a second sentence what is on watch. Null where the last period has no rating to join.
 */
export function ragAndSpc(
  last: Last | undefined,
  charted: Pick<ChartedSeries, "chart" | "board" | "slt">,
  better: Better,
): string | null {
  if (last === undefined || last.rag === "grey" || charted.chart.variation === null) return null;
  const joined = joinedWith(charted.chart.variation, last, { charted, better });
  return last.watch === true ? `${joined} ${WATCH}` : joined;
}

function joinedWith(
  variation: Kind,
  last: Last,
  { charted, better }: { charted: Pick<ChartedSeries, "chart" | "board" | "slt">; better: Better },
): string {
  const isDraft = last.provisional === true;
  const said = `${RAG[last.rag]}${isDraft ? " by a draft limit," : ""} and ${VARIATION[variation]}`;
  if (variation !== "common" || last.rag === "unrated") return `${said}.`;
  const forum = last.rag === "red" ? "slt" : "board";
  const limit = charted[forum].at(-1) ?? NaN;
  const point = charted.chart.points.findLast((one) => one !== null);
  const share = Number.isNaN(limit) || !point ? null : sharePast(limit, point.limits, better);
  if (share === null) return `${said}.`;
  const name = isDraft ? "that draft" : forum === "slt" ? "the SLT limit" : "the board's limit";
  return `${said}: ${oftenness(share, last.frequency === "monthly" ? "months" : "quarters")} will miss ${name} as things are.`;
}

/** A share in tenths, as people count: "about 4 months in 10", "hardly any month". */
function oftenness(share: number, periods: "months" | "quarters"): string {
  const tenths = Math.round(10 * share);
  if (tenths === 0) return `hardly any ${periods.slice(0, -1)}`;
  if (tenths === 10) return `nearly every ${periods.slice(0, -1)}`;
  return tenths === 1 ? `about 1 ${periods.slice(0, -1)} in 10` : `about ${tenths} ${periods} in 10`;
}
