import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { read, type CellObject } from "@e965/xlsx";
import { expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import { tablesIn } from "./testing.ts";

const data = sharedPath("data");

/** Whether our text of a cell is what the other library found there: the same text, or the very same double. */
function same(text: string, cell: CellObject): boolean {
  switch (cell.t) {
    case "z":
      return text === "";
    case "s":
      return text === cell.v;
    case "b":
      return text === String(cell.v).toUpperCase();
    case "e":
      return text.startsWith("#");
    case "n":
    case "d":
      if (text.endsWith("%")) return Number(`${text.slice(0, -1)}e-2`) === cell.v;
      // Dates and times are held against known ones elsewhere; here, that they stand where the other has a number.
      return /^\d{4}-\d\d-\d\d|:\d\d$/.test(text) || Number(text) === cell.v;
  }
}

if (data === null) {
  leftOut("published workbooks", "../shared/data is not here");
  test("the published workbooks are left out: ../shared/data is not here", () => {
    expect(data).toBeNull();
  });
} else {
  const files = globSync("*/*.{xls,xlsx}", { cwd: data });

  test.each(files)("%s has the same sheets and cells as another library reads", { timeout: 60_000 }, async (file) => {
    const bytes = readFileSync(`${data}/${file}`);
    const { tables } = await tablesIn(bytes);
    const other = read(bytes, { dense: true, cellNF: true });
    expect(tables.map(({ name, hidden }) => [name, hidden])).toEqual(
      other.SheetNames.map((name, place) => [name, (other.Workbook?.Sheets?.[place]?.Hidden ?? 0) !== 0]),
    );
    const differing: string[] = [];
    let compared = 0;
    for (const { name, rows } of tables) {
      const ours = new Map(rows.map(([row, cells]) => [row, cells]));
      const theirs = (other.Sheets[name]?.["!data"] ?? []) as (CellObject | undefined)[][];
      for (const [down, row] of theirs.entries()) {
        // A row that is not there is a hole in the other's list.
        for (const [across, cell] of ((row as typeof row | undefined) ?? []).entries()) {
          const text = ours.get(down + 1)?.[across] ?? "";
          compared++;
          if (cell === undefined ? text !== "" : !same(text, cell))
            differing.push(`${name} ${down + 1},${across}: ${text}`);
        }
      }
      expect(rows.at(-1)?.[0] ?? 0).toBeLessThanOrEqual(theirs.length);
    }
    expect(differing).toEqual([]);
    expect(compared, basename(file)).toBeGreaterThan(100);
  });
}
