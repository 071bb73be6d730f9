import { expect, test } from "vitest";
import { tablesIn } from "./workbook/testing.ts";

const warningsOf = async (file: string): Promise<string[]> => (await tablesIn(Buffer.from(file))).warnings;

test("rows are numbered with the blank ones among them", async () => {
  const { tables } = await tablesIn(Buffer.from("a,b\r\n\r\n1,2\r\n"));
  expect(tables).toEqual([
    {
      name: "",
      hidden: false,
      rows: [
        [1, ["a", "b"]],
        [2, [""]],
        [3, ["1", "2"]],
      ],
    },
  ]);
});

test.each<[string, string, string[]]>([
  ["a whole file", "a,b\n1,2\n", []],
  ["a file without a last line end", "a,b\n1,2", []],
  ["a file whose last row breaks off", "a,b,c\n1,2,3\n1,2", ["may-be-cut-off"]],
  ["a file whose last row is short and ends", "a,b,c\n1,2,3\n1,2\n", []],
  ["65,535 rows", "1\n".repeat(65_535), []],
  ["65,536 rows", "1\n".repeat(65_536), ["may-be-cut-off"]],
])("%s", async (_what, file, warnings) => {
  expect(await warningsOf(file)).toEqual(warnings);
});
