import type { CurrentCatalogue, StagedRow, ProblemRow } from "@signalbox/db";
import type { CanonicalRows } from "@signalbox/formats";

/** The rows that a submitter may report: of its own organisation and of those below it. */
export interface OwnRows {
  readonly count: number;
  readonly refused: number;
  readonly problems: readonly ProblemRow[];
  rows(): Iterable<StagedRow>;
}

const LISTED = 10_000;

/** Parts the rows of a file into the submitter's own and others, which are refused: `unknown-organisation`, `not-yours`. */
export function ownRows(
  rows: CanonicalRows,
  { organisation, catalogue }: { organisation: string; catalogue: CurrentCatalogue | null },
): OwnRows {
  if (rows.length === 0) return { count: 0, refused: 0, problems: [], rows: () => [] };
  const verdicts = rows.organisations.map((code) => verdictOn(code, organisation, catalogue));
  const places: number[] = [];
  const problems: ProblemRow[] = [];
  let refused = 0;
  for (let place = 0; place < rows.length; place++) {
    const at = rows.columns.organisation[place] ?? 0;
    const verdict = verdicts[at] ?? null;
    if (verdict === null) {
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

function verdictOn(code: string, submitter: string, catalogue: CurrentCatalogue | null) {
  const known = catalogue?.organisations.get(code);
  if (catalogue === null || known === undefined) {
    const message = `There is no organisation with the code ${code}. Check the code, or have it added to the catalogue.`;
    return { code: "unknown-organisation", message };
  }
  for (let above: string | null = code; above !== null; above = catalogue.organisations.get(above)?.parent ?? null) {
    if (above === submitter) return null;
  }
  const message = `${known.name} (${code}) is neither ${submitter} nor below it, so its figures are not yours to submit.`;
  return { code: "not-yours", message };
}
