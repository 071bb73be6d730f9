import { buffer } from "node:stream/consumers";
import { read } from "@e965/xlsx";
import { describe, expect, test } from "vitest";
import type { Problem } from "../problem.ts";
import { readSubmission } from "../read-submission.ts";
import { canonical, testMetrics } from "../testing.ts";
import { type FileToMark, markFile } from "./mark-file.ts";
import { markInWorker } from "./mark-in-worker.ts";

const problem = (given: Partial<Problem>): Problem => ({
  row: null,
  column: null,
  code: "x",
  message: "It is wrong.",
  value: null,
  severity: "error",
  ...given,
});

async function marked(file: string | Buffer, given: Partial<FileToMark> = {}): Promise<Buffer> {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const pieces: Buffer[] = [];
  const whole = { bytes, mediaType: "text/csv", problems: [], sheet: null, format: "csv" as const, ...given };
  await markFile(whole, (piece) => pieces.push(piece));
  return Buffer.concat(pieces);
}

const asText = async (file: string | Buffer, given: Partial<FileToMark> = {}) =>
  (await marked(file, given)).toString().replace(/^\ufeff/, "");

/** Every sheet of a workbook as another library reads it, cell by cell. */
function sheetsOf(workbook: Buffer): Record<string, Record<string, unknown>> {
  const { Sheets, SheetNames } = read(workbook, { cellFormula: true });
  return Object.fromEntries(
    SheetNames.map((name) => {
      const cells = Object.entries(Sheets[name] ?? {}).filter(([at]) => !at.startsWith("!"));
      return [name, Object.fromEntries(cells.map(([at, cell]) => [at, (cell as { v: unknown }).v]))];
    }),
  );
}

describe("a CSV file", () => {
  test("comes back row by row, each with what is wrong with it, the rest as it was", async () => {
    const problems = [
      problem({ row: 2, column: "value", message: "There is text where a number belongs." }),
      problem({ row: 2, column: "metric", message: "This metric is not in the catalogue." }),
      problem({ row: 3, column: "value", message: "It is a jump.", severity: "warning" }),
    ];
    expect(await asText('period,value\r\n2024-03,"a, b"\r\n2024-04,7\r\n2024-05,8\r\n', { problems })).toBe(
      "What is wrong,period,value\r\n" +
        'value: There is text where a number belongs. metric: This metric is not in the catalogue.,2024-03,"a, b"\r\n' +
        '"(Counts, but: value: It is a jump.)",2024-04,7\r\n' +
        ",2024-05,8\r\n",
    );
  });

  test("has what is wrong with the whole file in its first cell, and every row where it was", async () => {
    const problems = [problem({ message: "The header lacks value." }), problem({ row: 1, message: "Odd." })];
    expect(await asText("period\r\n", { problems })).toBe("What is wrong: The header lacks value. Odd.,period\r\n");
  });

  test("can be sent again once it is put right: the added column is ignored", async () => {
    const text = await asText(canonical("2024-03,RXX,ae-4h,74.6,,,,"));
    const result = await readSubmission({
      bytes: Buffer.from(text),
      filename: "again.csv",
      mediaType: "text/csv",
      templates: [],
      named: false,
      metrics: testMetrics,
      now: "2024-04-10",
    });
    expect(result.rows).toHaveLength(1);
    expect(result.problems.map(({ code, column }) => [code, column])).toEqual([["unknown-column", "What is wrong"]]);
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["+44", "+44"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-2+3", "'-2+3"],
    ["-12.5", "-12.5"],
    ["-1,204", '"-1,204"'],
    ["-£1.2m", "-£1.2m"],
    ["-", "-"],
    ["\tx", "'\tx"],
  ])("is made harmless: %s", async (cell, shown) => {
    const quoted = `"${cell}"`;
    expect(await asText(`a,b\r\n1,${quoted}\r\n`)).toBe(`What is wrong,a,b\r\n,1,${shown}\r\n`);
  });
});

describe("a workbook", () => {
  test("has each cell as text or as a plain number, and never as a formula", async () => {
    const file = 'code,value\r\n007,-12.5\r\n=1+1,"a ""b"" <c> & \u0001"\r\n';
    const { "Your file": sheet } = sheetsOf(await marked(file, { format: "xlsx" }));
    expect(sheet).toEqual({
      A1: "What is wrong",
      B1: "code",
      C1: "value",
      B2: "007",
      C2: -12.5,
      B3: "=1+1",
      C3: 'a "b" <c> & \ufffd',
    });
    const { Sheets } = read(await marked(file, { format: "xlsx" }), { cellFormula: true });
    expect(Sheets["Your file"]?.["B3"]).toMatchObject({ t: "s", v: "=1+1" });
    expect(Sheets["Your file"]?.["B3"]).not.toHaveProperty("f");
  });

  test("keeps its sheets, their numbers of rows, and what is wrong on each", async () => {
    const first = await marked("a,b\r\n\r\n1,2\r\n", { format: "xlsx" });
    const problems = [problem({ row: 3, column: "b", message: "Too small." }), problem({ message: "Late." })];
    const again = await marked(first, { format: "xlsx", sheet: "Your file", problems });
    expect(sheetsOf(again)).toEqual({
      "Your file": {
        A1: "What is wrong: Late.",
        B1: "What is wrong",
        C1: "a",
        D1: "b",
        A3: "b: Too small.",
        C3: 1,
        D3: 2,
      },
    });
  });

  test("has problems by sheet where several were read; one that names none stands on top with its row", async () => {
    const problems = [
      problem({ row: 1, message: "Sheet Your file: Odd." }),
      problem({ row: 7, message: "There twice." }),
    ];
    const first = await marked("a\r\n", { format: "xlsx" });
    const sheets = sheetsOf(await marked(first, { format: "xlsx", problems }));
    expect(sheets["Your file"]).toMatchObject({
      A1: "What is wrong: Row 7: There twice. Sheet Your file: Odd.",
    });
  });
});

test("of a file that nobody can read there is what is wrong with it", async () => {
  const problems = [problem({ message: "This is a PDF document." })];
  expect(await asText("%PDF-1.4", { problems })).toBe("This is a PDF document.\r\n");
  expect(sheetsOf(await marked("%PDF-1.4", { problems, format: "xlsx" }))).toEqual({
    "Your file": { A1: "This is a PDF document." },
  });
});

test("a large file is written in pieces, by another thread", async () => {
  const file = `a,b\r\n${"1,two\r\n".repeat(40_000)}`;
  const given = { bytes: Buffer.from(file), mediaType: "text/csv", problems: [], sheet: null };
  const pieces: number[] = [];
  const stream = markInWorker({ ...given, format: "csv" });
  stream.on("data", (piece: Buffer) => pieces.push(piece.length));
  const text = (await buffer(stream)).toString();
  expect(pieces.length).toBeGreaterThan(1);
  expect(text.split("\r\n")).toHaveLength(40_002);
  const workbook = await buffer(markInWorker({ ...given, format: "xlsx" }));
  expect(sheetsOf(workbook)["Your file"]?.["C40001"]).toBe("two");
}, 30_000);
