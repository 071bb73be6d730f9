import { readCatalogue } from "@signalbox/catalogue";
import { expect, test } from "vitest";
import { catalogueFolder } from "../harness/catalogue-folder.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";

/** The problems of a catalogue in which one person's address is this cell. */
async function problemsOf(cell: string): Promise<string[]> {
  const row = "slt.chair@example.org,";
  expect(inventedSystem.people).toContain(row);
  const folder = await catalogueFolder(inventedSystem, { "people.csv": (text) => text.replace(row, `${cell},`) });
  try {
    const { problems } = await readCatalogue(folder.dir);
    return problems.map(({ file, line, column }) => `${file}:${line}: ${column}`);
  } finally {
    await folder.remove();
  }
}

test("a catalogue's addresses are as they should be", async () => {
  expect(await problemsOf("slt.chair@example.org")).toEqual([]);
});

test.each([
  ["a line break and a header", '"evil@example.org\r\nBcc: other@example.org"'],
  ["a line break alone", '"evil@example.org\n"'],
  ["two addresses", '"one@example.org, two@example.org"'],
  ["a name", '"Evil <evil@example.org>"'],
  ["no domain", "evil"],
])("%s in an address is refused, with file, line and column", async (_what, cell) => {
  expect(await problemsOf(cell)).toEqual(["people.csv:2: email"]);
});
