import type { CurrentCatalogue, Metric } from "@signalbox/db";
import { formatValue, type Period, thresholdInForce, type ThresholdRow } from "@signalbox/domain";

/** The limits of one series in a period, as a person reads them: "Board 76.0%, SLT 70.0%"; "none" where there are none. */
export function limitInWords(
  catalogue: CurrentCatalogue,
  { metric, organisation, period }: { metric: string; organisation: string; period: Period },
): string {
  const known = catalogue.metrics.get(metric);
  const inForce = limitsOf(catalogue, { metric, organisation })(period);
  return known === undefined || inForce === null ? "none" : limitRowInWords(inForce, known);
}

/** The threshold that rates a series, by period; null where none does. */
export function limitsOf(
  { thresholds, organisations }: CurrentCatalogue,
  { metric, organisation }: { metric: string; organisation: string },
): (period: Period) => ThresholdRow | null {
  const kind = organisations.get(organisation)?.kind;
  if (kind === undefined) return () => null;
  const rows = (thresholds.get(metric) ?? []).flatMap((row): ThresholdRow[] => {
    if (row.organisation !== null) return row.organisation === organisation ? [{ ...row, scope: "own" }] : [];
    if (row.level === null) return [{ ...row, scope: "*" }];
    return row.level === kind ? [{ ...row, scope: "level" }] : [];
  });
  return (period) => thresholdInForce(rows, period, kind === "system");
}

/** Both limits of a row of the catalogue: "Board 76.0%, SLT 70.0% (draft)". */
export function limitRowInWords(
  { board, slt, basis, status }: Pick<ThresholdRow, "board" | "slt" | "basis" | "status">,
  metric: Metric,
): string {
  const one = (name: string, limit: number | null) => {
    if (limit === null) return [];
    if (basis === "value") return [`${name} ${formatValue(limit, metric)}`];
    const sign = limit > 0 ? "+" : "";
    const amount = basis === "variance" ? formatValue(limit, metric) : `${limit}%`;
    return [`${name} ${sign}${amount} against plan`];
  };
  const words = [...one("Board", board), ...one("SLT", slt)].join(", ");
  if (words === "") return "none";
  return status === "draft" ? `${words} (draft)` : words;
}
