import type { CurrentCatalogue, ProposedLimit } from "@signalbox/db";
import { asPeriod, nameOfPeriod } from "@signalbox/domain";
import { limitRowInWords } from "@signalbox/explain/limit-words";

type Scope = { readonly organisation: string | null; readonly level: string | null };
type Dates = { readonly from: number; readonly to: number | null };

/** Whose limits they are: an organisation's, those of a level, or everybody's. */
export function scopeInWords(
  { organisations }: Pick<CurrentCatalogue, "organisations">,
  { organisation, level }: Scope,
): string {
  if (organisation !== null) return organisations.get(organisation)?.name ?? organisation;
  return level === null ? "All organisations" : `Every ${level}`;
}

/** "from April 2026", "April 2026 to March 2027": both months included. */
export function datesInWords({ from, to }: Dates): string {
  const name = (period: number) => nameOfPeriod(asPeriod(period), "monthly");
  return to === null ? `from ${name(from)}` : `${name(from)} to ${name(to)}`;
}

type Limits = Pick<ProposedLimit, "metric" | "basis" | "board" | "slt">;

/** "Board 80.0%, SLT 70.0%". */
export function limitsInWords({ metrics }: Pick<CurrentCatalogue, "metrics">, { metric, ...row }: Limits): string {
  const known = metrics.get(metric);
  return known === undefined ? "" : limitRowInWords({ ...row, status: "approved" }, known);
}

/** A limit in one line, as a mail has it. */
export function limitLine(catalogue: CurrentCatalogue, row: Limits & Scope & Dates): string {
  const name = catalogue.metrics.get(row.metric)?.name ?? row.metric;
  return `${name}, ${scopeInWords(catalogue, row).replace(/^[AE]/, (letter) => letter.toLowerCase())}: ${limitsInWords(catalogue, row)}, ${datesInWords(row)}`;
}
