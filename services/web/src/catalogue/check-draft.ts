import {
  type CatalogueRead,
  filesInMemory,
  findDifferences,
  readCatalogueFiles,
  writeCatalogue,
} from "@signalbox/catalogue";
import { catalogueRows, catalogueVersion, type DraftChecked, type LoadedBy, tryCatalogueRows } from "@signalbox/db";
import type { Parts } from "../parts.ts";
import type { DraftOutcome } from "./draft-outcome.ts";
import { shortened, withRows } from "./problem-rows.ts";

const PROBLEMS_KEPT = 5000;
const DIFFERENCES_KEPT = 1000;

type Needed = Pick<Parts, "db" | "previews">;

/**
 * What files would make of the catalogue in force: the same check as the command's, of the files that came and of the
 * others as they stand. Null rows where there are problems.
 */
export async function readOver({ db, previews }: Needed, sent: ReadonlyMap<string, Buffer>) {
  const version = await catalogueVersion(db);
  const inForce = await catalogueRows(db, "in-force");
  const { protocol } = inForce;
  const standing = protocol === null ? new Map<string, Buffer>() : writeCatalogue({ ...inForce, protocol });
  const files = filesInMemory(new Map([...standing, ...sent]));
  const read: CatalogueRead = await readCatalogueFiles(files, { templates: new Set(previews.templates.keys()) });
  return { version, inForce, files, read };
}

/** Checks files over the catalogue in force and says what loading them would do; nothing is changed by it. */
export async function checkFiles(
  parts: Needed,
  sent: ReadonlyMap<string, Buffer>,
  by: LoadedBy,
): Promise<DraftChecked & { outcome: DraftOutcome }> {
  const { version, inForce, files, read } = await readOver(parts, sent);
  const { catalogue } = read;
  const problems = async (kind: "problems" | "refused", found: CatalogueRead["problems"]) => {
    const kept = await withRows(found.slice(0, PROBLEMS_KEPT), files);
    return { version, outcome: { kind, problems: kept, total: found.length } } as const;
  };
  if (catalogue === null) return problems("problems", read.problems);
  const tried = await tryCatalogueRows(parts.db, catalogue, { ...by, onTopOf: version });
  if (tried.kind === "refused") {
    const refused = tried.problems.map((one) => ({ ...one, message: shortened(one.message), said: null, row: [] }));
    return { version, outcome: { kind: "refused", problems: refused, total: refused.length } };
  }
  if (tried.kind === "unchanged") return { version, outcome: { kind: "unchanged" } };
  const differences = findDifferences(
    { rows: inForce, metrics: inForce.metrics, protocol: inForce.protocol },
    { rows: catalogue, metrics: catalogue.metrics, protocol: catalogue.protocol },
    DIFFERENCES_KEPT,
  ).map(({ rows, ...file }) => ({
    ...file,
    rows: rows.map(({ what, key, cells }) => ({
      what,
      key: key.map(([column, cell]): [string, string] => [column, shortened(cell)]),
      cells: cells.map(({ column, before, after }) => ({
        column,
        before: before === null ? null : shortened(before),
        after: after === null ? null : shortened(after),
      })),
    })),
  }));
  return { version, outcome: { kind: "ready", differences, due: tried.due } };
}
