import type { CatalogueFiles } from "./catalogue-files.ts";
import { ORGANISATION_KINDS, type OrganisationKind } from "@signalbox/domain";
import type { Organisation } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import { Codes } from "./codes.ts";
import type { FileProblems } from "./problem.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { checkTree } from "./tree.ts";

const mayLack = ["sign_off"] as const;
const shape = {
  file: "organisations.csv",
  columns: ["code", "name", "kind", "parent", "opened", "closed", ...mayLack],
  mayLack,
} as const;
type Row = Cells<(typeof shape.columns)[number]>;

/** Reads the organisations: one tree, with the system at its root. */
export async function readOrganisations(
  files: CatalogueFiles,
): Promise<TableRead & { organisations: Codes<Organisation> }> {
  const organisations = new Codes<Organisation>("organisation");
  const read = await readTable(files, shape, (cells) => {
    const row = organisationOf(cells);
    const code = row?.code ?? cells.text("code");
    if (code !== null) organisations.add(cells, "code", { code, row });
  });
  organisations.whole = read.whole;
  if (read.whole) {
    checkSystem(organisations, read.problems);
    checkKinds(organisations, read.problems);
    checkTree(organisations, read.problems);
  }
  return { ...read, organisations };
}

/** The organisation, with its place in the tree even where a cell has a problem, for then no catalogue comes of it. */
function organisationOf(cells: Row): Organisation | null {
  const code = cells.newCode("code");
  const name = cells.needed("name");
  const kind = cells.choice("kind", ORGANISATION_KINDS);
  const parent = cells.text("parent");
  const [opened, closed] = [cells.day("opened"), cells.day("closed")];
  if (opened !== null && closed !== null && opened > closed)
    cells.problem("closed", `closed before it opened (${opened})`);
  const signOff = cells.choice("sign_off", ["yes", "no"], "no") === "yes";
  if (kind === "system" && parent !== null) cells.problem("parent", "the system has no parent");
  if (kind !== null && kind !== "system" && parent === null)
    cells.problem("parent", "is empty; only the system has no parent");
  return code === null || kind === null ? null : { code, name: name ?? "", kind, parent, opened, closed, signOff };
}

function checkSystem(organisations: Codes<Organisation>, problems: FileProblems): void {
  const [first, ...others] = organisations.rows().filter(({ kind }) => kind === "system");
  if (first === undefined && problems.all().length === 0)
    problems.add(1, "kind", "no organisation has kind system; exactly one must");
  for (const { code } of others) {
    problems.add(organisations.lineOf(code), "kind", `a second system; the first is ${quoted(first?.code ?? "")}`);
  }
}

function checkKinds(organisations: Codes<Organisation>, problems: FileProblems): void {
  for (const { code, kind, parent } of organisations.rows()) {
    const above = parent === null ? null : organisations.get(parent);
    if (above !== null && !mayStandBelow({ kind }, above)) {
      problems.add(
        organisations.lineOf(code),
        "parent",
        `a ${kind} cannot stand below a ${above.kind} (${quoted(above.code)})`,
      );
    }
  }
}

/** Whether an organisation of this kind can stand below one of that: the system above providers, these above the rest. */
export function mayStandBelow(node: Pick<Organisation, "kind">, above: Pick<Organisation, "kind">): boolean {
  return rank(above.kind) <= rank(node.kind);
}

function rank(kind: OrganisationKind): number {
  return kind === "system" ? 0 : kind === "provider" ? 1 : 2;
}
