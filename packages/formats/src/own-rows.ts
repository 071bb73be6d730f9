import { type Tree, treeAsItStood } from "@signalbox/domain";
import type { CanonicalRow } from "./canonical-row.ts";
import type { CanonicalRows } from "./canonical-rows.ts";
import type { Problem } from "./problem.ts";

/**
 * The rows that a submitter may report: of its own organisation, of those below it now, and of those that stood below it
 * in the row's period, whose figures count there still.
 */
export interface OwnRows {
  readonly count: number;
  readonly refused: number;
  readonly problems: readonly Problem[];
  rows(): Iterable<CanonicalRow>;
}

/** What must be known of an organisation to say whose it is. */
interface Placed {
  readonly name: string;
  readonly parent: string | null;
}

interface KnownOrganisations extends Tree {
  readonly organisations: ReadonlyMap<string, Placed>;
}

const LISTED = 10_000;

/** Parts the rows of a file into the submitter's own and others, which are refused: `unknown-organisation`, `not-yours`. */
export function ownRows(
  rows: CanonicalRows,
  { organisation, catalogue }: { organisation: string; catalogue: KnownOrganisations | null },
): OwnRows {
  if (rows.length === 0) return { count: 0, refused: 0, problems: [], rows: () => [] };
  const verdicts = rows.organisations.map((code) => verdictOn(code, organisation, catalogue));
  const stoodBelow = catalogue === null ? () => false : formerlyBelow(organisation, catalogue);
  const places: number[] = [];
  const problems: Problem[] = [];
  let refused = 0;
  for (let place = 0; place < rows.length; place++) {
    const at = rows.columns.organisation[place] ?? 0;
    const verdict = verdicts[at] ?? null;
    const period = rows.columns.period[place] ?? 0;
    if (verdict === null || stoodBelow(rows.organisations[at] ?? "", period)) {
      places.push(place);
      continue;
    }
    refused++;
    const row = rows.columns.row[place] ?? null;
    const value = rows.organisations[at] ?? null;
    if (problems.length < LISTED) problems.push({ ...verdict, row, column: "organisation", value, severity: "error" });
  }
  return {
    count: places.length,
    refused,
    problems,
    *rows() {
      for (const place of places) yield rows.at(place);
    },
  };
}

function verdictOn(code: string, submitter: string, catalogue: KnownOrganisations | null) {
  const known = catalogue?.organisations.get(code);
  if (catalogue === null || known === undefined) {
    const message = `There is no organisation with the code ${code}. Check the code, or have it added to the catalogue.`;
    return { code: "unknown-organisation", message };
  }
  for (let above: string | null = code; above !== null; above = catalogue.organisations.get(above)?.parent ?? null) {
    if (above === submitter) return null;
  }
  const moved = catalogue.formerParents.length > 0 ? ", now or in the row's period" : "";
  const message = `${known.name} (${code}) is neither ${submitter} nor below it${moved}, so its figures are not yours to submit.`;
  return { code: "not-yours", message };
}

/** Says whether an organisation stood below the submitter in a period, by the tree as it stood; asked once for each. */
function formerlyBelow(submitter: string, tree: Tree): (code: string, period: number) => boolean {
  if (tree.formerParents.length === 0) return () => false;
  const parentIn = treeAsItStood(tree);
  const known = new Map<string, boolean>();
  return (code, period) => {
    const key = `${code}\n${period}`;
    let below = known.get(key);
    if (below === undefined) {
      const above = new Set<string>();
      // Trees of different months may cross: nobody is passed twice.
      for (let at = parentIn(code, period); at !== null && !above.has(at); at = parentIn(at, period)) above.add(at);
      known.set(key, (below = above.has(submitter)));
    }
    return below;
  };
}
