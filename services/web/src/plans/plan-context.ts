import type { CaseToPlan, CurrentCatalogue } from "@signalbox/db";
import { type CaseOfPlan, formatValue, type Period, type PlanBody, type PlanContext } from "@signalbox/domain";
import { limitsOf } from "@signalbox/explain/limit-words";

/** What a plan is judged by: the catalogue in force, the limits of its cases, and what was accepted before. */
export function planContext(
  catalogue: CurrentCatalogue,
  {
    organisation,
    cases,
    accepted,
    today,
  }: {
    organisation: string;
    cases: readonly CaseToPlan[];
    accepted: PlanBody | null;
    today: Temporal.PlainDate;
  },
): PlanContext {
  return {
    today,
    accepted,
    people: new Set(catalogue.people.map(({ email }) => email.toLowerCase())),
    betterOf: (metric, code) =>
      isWithin(catalogue, code, organisation) ? (catalogue.metrics.get(metric)?.better ?? null) : null,
    cases: cases.flatMap((one) => (one.standing ? judged(one, catalogue) : [])),
  };
}

function judged({ metric, organisation }: CaseToPlan, catalogue: CurrentCatalogue): CaseOfPlan[] {
  const known = metric === null ? undefined : catalogue.metrics.get(metric);
  if (metric === null || known === undefined) return [];
  const limits = limitsOf(catalogue, { metric, organisation });
  return [
    {
      metric,
      organisation,
      name: known.name,
      better: known.better,
      limitIn: (period) => limitIn(limits, period),
      write: (value) => formatValue(value, known),
    },
  ];
}

/** The board's limit, or the SLT's where the board has none. One against plan says nothing of a month whose plan is not known. */
function limitIn(limits: ReturnType<typeof limitsOf>, period: Period): number | null {
  const row = limits(period);
  if (row === null || row.status !== "approved" || row.basis !== "value") return null;
  return row.board ?? row.slt;
}

/** Whether an organisation is another one, or stands below it. */
export function isWithin({ organisations }: CurrentCatalogue, code: string, above: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = code; at !== null && !seen.has(at); at = organisations.get(at)?.parent ?? null) {
    if (at === above) return organisations.has(code);
    seen.add(at);
  }
  return false;
}
