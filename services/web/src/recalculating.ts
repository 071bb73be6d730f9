import type { CurrentCatalogue, SeriesPoints } from "@signalbox/db";
import { formatPeriod, nameOfPeriod, parsePeriod, type Period } from "@signalbox/domain";
import type { Caller } from "./callers.ts";

const ROLES: ReadonlySet<string> = new Set(["analyst", "author", "executive"]);
const LONGEST_REASON = 2000;

/**
 * Whether somebody signed in may have the limits of a series begin anew: an operator; an analyst, author or executive of the
 * organisation or one above it (with a forum, of that area alone); the chair of the area's board. Who only reads may not.
 */
export function mayRecalculate(
  catalogue: Pick<CurrentCatalogue, "people" | "organisations">,
  caller: Caller,
  { organisation, area }: Pick<SeriesPoints, "organisation" | "area">,
): boolean {
  if (caller.kind === "operator") return true;
  if (caller.kind !== "person") return false;
  const upwards = new Set<string>();
  for (let code: string | null = organisation; code !== null && !upwards.has(code);) {
    upwards.add(code);
    code = catalogue.organisations.get(code)?.parent ?? null;
  }
  return catalogue.people.some((one) => {
    if (one.email.toLowerCase() !== caller.person.email) return false;
    if (one.role === "chair") return one.forum === area && (one.organisation === null || upwards.has(one.organisation));
    if (!ROLES.has(one.role) || (one.forum !== null && one.forum !== area)) return false;
    return one.organisation === null ? one.forum !== null : upwards.has(one.organisation);
  });
}

export type AskedRecalculation =
  | { readonly period: Period; readonly reason: string }
  | { readonly faults: Partial<Record<"period" | "reason", string>> };

/** Reads what somebody typed; the period must be one that the series has reached, the reason must say something. */
export function askedRecalculation(
  { period: typed, reason }: { period: unknown; reason: unknown },
  { points, frequency }: Pick<SeriesPoints, "points" | "frequency">,
): AskedRecalculation {
  const faults: Partial<Record<"period" | "reason", string>> = {};
  const such = frequency === "monthly" ? "March 2024" : "2023/24 Q4";
  const period = typeof typed === "string" && typed.length <= 100 ? parsePeriod(typed.trim(), frequency) : null;
  const [first, last] = [points[0], points.at(-1)];
  if (period === null) faults.period = `Enter a period, such as ${such}`;
  else if (!points.some((point) => point.period === period))
    faults.period =
      first && last
        ? `Enter a period from ${nameOfPeriod(first.period, frequency)} to ${nameOfPeriod(last.period, frequency)}: the series has not reached ${formatPeriod(period, frequency)}`
        : "The series has no periods yet";
  const said = askedReason(reason);
  if ("fault" in said) faults.reason = said.fault;
  if (period === null || "fault" in said || faults.period !== undefined) return { faults };
  return { period, reason: said.reason };
}

/** A reason as it is kept, or what is wrong with it. */
export function askedReason(given: unknown): { readonly reason: string } | { readonly fault: string } {
  const reason = typeof given === "string" ? given.replaceAll("\0", "").toWellFormed().trim() : "";
  if (reason === "") return { fault: "Say in a few words why" };
  return reason.length > LONGEST_REASON ? { fault: `Use at most ${LONGEST_REASON} characters` } : { reason };
}
