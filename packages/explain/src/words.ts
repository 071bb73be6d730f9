import type { Explanation } from "@signalbox/db";
import { formatValue, nameOfPeriod, type Period } from "@signalbox/domain";

/** How one case's codes, periods and values are written. */
export interface Words {
  period(period: Period): string;
  value(value: number | null): string;
  organisation(code: string): string;
  forum(code: string): string;
  metric(code: string): string;
}

export function wordsFor({ case: one, names }: Explanation): Words {
  const metric = one.metric === null ? undefined : names.metrics.get(one.metric);
  return {
    period: (period) => nameOfPeriod(period, one.frequency),
    value: (value) => (metric === undefined ? String(value ?? "no value") : formatValue(value, metric)),
    organisation: (code) => names.organisations.get(code) ?? code,
    forum: (code) => names.forums.get(code) ?? code,
    metric: (code) => names.metrics.get(code)?.name ?? code,
  };
}

export const TIERS = { none: "nobody", board: "the board", slt: "the SLT" } as const;

const RULES: Readonly<Record<string, string>> = {
  threshold: "past the limit",
  persistence: "past a limit for long",
  deterioration: "getting worse",
  missing: "returns are missing",
  "several-areas": "several areas stand",
  closed: "the organisation closed",
  "nobody-below": "nobody stands below it any more",
  "sign-off": "it waits for its chair to sign it off",
  "signed-off": "its chair signed it off",
  "closed-by-chair": "its chair closed it",
};

/** "past the limit (for the SLT); getting worse (for the board)" */
export function reasonsInWords(reasons: readonly { readonly rule: string; readonly tier: string }[]): string {
  return reasons
    .map(
      ({ rule, tier }) =>
        `${RULES[rule] ?? rule}${tier === "none" ? "" : ` (for ${TIERS[tier as keyof typeof TIERS]})`}`,
    )
    .join("; ");
}

export function countOf(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString("en-GB")} ${many === 1 ? one : more}`;
}
