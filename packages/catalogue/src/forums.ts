import type { CatalogueFiles } from "./catalogue-files.ts";
import type { Forum } from "./catalogue.ts";
import { type Cells, quoted } from "./cells.ts";
import { Codes } from "./codes.ts";
import { readTable, type TableRead } from "./read-table.ts";
import { checkTree } from "./tree.ts";

const shape = { file: "forums.csv", columns: ["code", "name", "tier", "parent"] } as const;

/** Reads the forums: boards, and exactly one System Leadership Team. */
export async function readForums(files: CatalogueFiles): Promise<TableRead & { forums: Codes<Forum> }> {
  const forums = new Codes<Forum>("forum");
  const read = await readTable(files, shape, (cells) => {
    const row = forumOf(cells);
    const code = row?.code ?? cells.text("code");
    if (code !== null) forums.add(cells, "code", { code, row });
  });
  forums.whole = read.whole;
  if (read.whole) {
    const [first, ...others] = forums.rows().filter(({ tier }) => tier === "slt");
    if (first === undefined && read.problems.all().length === 0) {
      read.problems.add(1, "tier", "no forum has tier slt; exactly one must");
    }
    for (const { code } of others) {
      read.problems.add(
        forums.lineOf(code),
        "tier",
        `a second forum of tier slt; the first is ${quoted(first?.code ?? "")}`,
      );
    }
    checkTree(forums, read.problems);
  }
  return { ...read, forums };
}

/** The forum, with its place in the tree even where a cell has a problem, for then no catalogue comes of it. */
function forumOf(cells: Cells<(typeof shape.columns)[number]>): Forum | null {
  const code = cells.newCode("code");
  const name = cells.needed("name");
  const tier = cells.choice("tier", ["board", "slt"]);
  const parent = cells.text("parent");
  return code === null || tier === null ? null : { code, name: name ?? "", tier, parent };
}
