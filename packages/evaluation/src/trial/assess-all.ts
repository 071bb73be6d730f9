import type { Evidence } from "../assess.ts";
import { unhurried } from "./unhurried.ts";
import { assess, type Assessed } from "../assess.ts";
import type { DecidedEvent } from "../case-changes.ts";
import type { CatalogueView } from "../catalogue-view.ts";
import { seriesEvents } from "../series-events.ts";

/** A series as some limits rate it, and the moves of its cases. */
export interface Rated {
  readonly assessed: Assessed;
  readonly events: readonly DecidedEvent[];
}

/** Assesses series by the catalogue of a view, as the evaluator does; those that have not begun are left out. */
export async function assessAll(view: CatalogueView, evidence: readonly Evidence[]): Promise<Map<number, Rated>> {
  const rated = new Map<number, Rated>();
  for await (const one of unhurried(evidence)) {
    const assessed = assess(view, one);
    if (assessed !== null) rated.set(one.due.series, { assessed, events: seriesEvents(view, assessed) });
  }
  return rated;
}
