import { loadTemplates } from "@signalbox/formats";
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ReadingThreads } from "../../packages/formats/src/in-worker/reading-threads.ts";
import type { ReadResult } from "../../packages/formats/src/read-result.ts";
import { testMetrics } from "../../packages/formats/src/testing.ts";
import { drawnZip } from "../../packages/formats/src/workbook/drawn-zip.ts";
import { writtenParts, type WrittenWorkbook } from "../../packages/formats/src/workbook/testing.ts";
import { cellsOf, HEADER, HEADER_CELLS } from "./hostile-file.ts";
import { goodXls } from "./hostile-tables.ts";
import { mutated, mutations } from "./mutations.ts";

const threads = new ReadingThreads({ threads: 2, time: 60_000, memory: 256 });
afterAll(() => threads.close());
const templates = [...(await loadTemplates()).values()];

/** Reads a file in a thread, and expects of it what must hold of any file. A failing one is printed with its seed. */
async function reading(bytes: Buffer): Promise<ReadResult> {
  const request = { filename: "Apr24.csv", mediaType: "text/csv", templates, named: false, now: "2024-04-10" };
  const result = await threads.read({ ...request, bytes, metrics: testMetrics });
  const { rejected, rows, problems, read, unchanged, refused } = result;
  expect(read).toBe(rows.length + unchanged + refused);
  expect(rejected === null).toBe(rows.length > 0);
  if (rejected !== null) {
    expect(rejected.code).not.toBe("too-hard-to-read");
    expect(problems[0]).toMatchObject({ code: rejected.code, severity: "error" });
  } else if (refused > 0) expect(problems.some(({ severity }) => severity === "error")).toBe(true);
  return result;
}

const lines = Array.from(
  { length: 12 },
  (_, place) => `2024-0${1 + (place % 3)},R${place},ae-12h,${100 + place},,,,said “${place}”`,
);
const csv = Buffer.from([HEADER, ...lines, ""].join("\r\n"));
const ae = Buffer.from(
  [
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission",
    "MSitAE-MARCH-2024,RXX,NHS ENGLAND MIDLANDS ,ST MARY,9000,100,2000,3000,1,20,400,5",
    "TOTAL,TOTAL,TOTAL,TOTAL,9000,100,2000,3000,1,20,400,5",
    "",
  ].join("\r\n"),
);
const book: WrittenWorkbook = {
  sheets: [
    {
      rows: `<row r="1">${HEADER_CELLS}</row>${lines
        .map(
          (line, place) =>
            `<row r="${place + 2}">${cellsOf(line.split(","))
              .replace('<c t="str">', '<c s="1" t="s">')
              .replace(/<v>2024-0\d</, "<v>0<")}</row>`,
        )
        .join("")}`,
    },
    { name: "Raw", state: "hidden", rows: "<row><c><v>1</v></c></row>" },
  ],
  strings: "<si><t>2024-03</t></si>",
  styles: `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`,
};
const parts = writtenParts(book);
const runs = { numRuns: 150 };

test.each<[string, Buffer]>([
  ["canonical CSV", csv],
  ["CSV of a template", ae],
  ["an .xls", goodXls()],
])(
  "%s with changes: every row counts, is unchanged or is refused, and nothing hangs",
  { timeout: 120_000 },
  async (_kind, file) => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        await reading(mutated(file, changes));
      }),
      runs,
    );
  },
);

test("a workbook whose bytes have changed is read as it was, or refused", { timeout: 120_000 }, async () => {
  const whole = drawnZip(parts);
  const before = [...(await reading(whole)).rows];
  expect(before).toHaveLength(12);
  await fc.assert(
    fc.asyncProperty(mutations, async (changes) => {
      const { rejected, rows } = await reading(mutated(whole, changes));
      if (rejected === null) expect([...rows]).toEqual(before);
    }),
    runs,
  );
});

test(
  "a workbook whose parts have changed: every row counts, is unchanged or is refused, and nothing hangs",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: parts.length - 1 }), mutations, async (place, changes) => {
        const changedParts = parts.map((part, at) =>
          at === place ? { ...part, bytes: mutated(Buffer.from(part.bytes), changes) } : part,
        );
        await reading(drawnZip(changedParts));
      }),
      { numRuns: 300 },
    );
  },
);
