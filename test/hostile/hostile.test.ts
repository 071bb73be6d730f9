import { afterAll, describe, expect, test } from "vitest";
import { loadTemplates } from "@signalbox/formats";
import { ReadingThreads } from "../../packages/formats/src/in-worker/reading-threads.ts";
import type { ReadResult } from "../../packages/formats/src/read-result.ts";
import { testMetrics } from "../../packages/formats/src/testing.ts";
import { writtenWorkbook } from "../../packages/formats/src/workbook/testing.ts";
import { hostileArchives } from "./hostile-archives.ts";
import { cellsOf, GOOD_CELLS, GOOD_ROW, goodFile, HEADER, HEADER_CELLS } from "./hostile-file.ts";
import { goodXls, hostileTables } from "./hostile-tables.ts";
import { hostileWorkbooks } from "./hostile-workbooks.ts";

// One thread, so that the next file comes to the one that read the hostile file. A file that reaches these limits has not
// been refused for what it is: none of these may.
const threads = new ReadingThreads({ threads: 1, time: 60_000, memory: 256 });
afterAll(() => threads.close());
const templates = [...(await loadTemplates()).values()];

function reading(bytes: Buffer): Promise<ReadResult> {
  return threads.read({
    bytes,
    filename: "figures.bin",
    mediaType: "application/octet-stream",
    templates,
    named: false,
    metrics: testMetrics,
    now: "2024-04-10",
  });
}

async function expectNextTaken(): Promise<void> {
  expect(await reading(goodFile)).toMatchObject({ rejected: null, read: 1, refused: 0 });
}

describe.each([
  ["archives", hostileArchives],
  ["workbooks", hostileWorkbooks],
  ["other files", hostileTables],
])("hostile %s are refused for what they are, or read right, and the next file is taken", (_kind, files) => {
  test.each(files)("$what: $comes", { timeout: 120_000 }, async ({ bytes, comes }) => {
    const { rejected, rows, problems, read, unchanged, refused } = await reading(bytes());
    expect(rejected?.code ?? rows.length).toBe(comes);
    expect(read).toBe(rows.length + unchanged + refused);
    if (rejected) expect(problems[0]).toMatchObject({ code: comes, message: expect.stringMatching(/\w.*\.$/) });
    await expectNextTaken();
  });
});

describe("a file cut off at any of 200 places is refused, or what is left of it is read right", () => {
  const rows = Array.from({ length: 60 }, (_, place) => `2024-03,R${place},ae-12h,${1000 + place},,,,said of ${place}`);
  const written = rows.map((row) => `<row>${cellsOf(row.split(","))}</row>`);
  const workbook = writtenWorkbook({
    sheets: [{ rows: `<row>${HEADER_CELLS}</row><row>${GOOD_CELLS}</row>${written.join("")}` }],
  });

  test.each<[string, Buffer, number]>([
    ["an .xlsx", workbook, 0],
    ["an .xls", goodXls(), 1],
  ])("%s: all of it or nothing", { timeout: 120_000 }, async (_kind, whole, most) => {
    for (let place = 0; place < 200; place++) {
      const cut = whole.subarray(0, Math.floor((whole.length * place) / 200));
      const read = await reading(cut);
      const values = [...read.rows].map(({ organisation, value }) => [organisation, value]);
      expect(values.length, `cut at ${cut.length}`).toBeLessThanOrEqual(most);
      if (read.rejected === null) expect(values, `cut at ${cut.length}`).toEqual([["RXX", 7]]);
    }
    await expectNextTaken();
  });

  test(
    "a CSV file: its first rows, and of the row that is cut no more than it says",
    { timeout: 120_000 },
    async () => {
      const whole = Buffer.from([HEADER, GOOD_ROW, ...rows].join("\n"));
      for (let place = 0; place < 200; place++) {
        const cut = whole.subarray(0, Math.floor((whole.length * place) / 200));
        const read = await reading(cut);
        const lines = cut.toString().split("\n");
        const entire = lines.slice(1, -1);
        const values = [...read.rows].map(({ value }) => String(value));
        expect(values.slice(0, entire.length), `cut at ${cut.length}`).toEqual(
          entire.map((line) => line.split(",")[3]),
        );
        expect(read.read, `cut at ${cut.length}`).toBe(read.rows.length + read.unchanged + read.refused);
      }
      await expectNextTaken();
    },
  );
});
