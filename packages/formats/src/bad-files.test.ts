import { describe, expect, test } from "vitest";
import { canonical, reading } from "./testing.ts";

const good = "2024-03,RXX,ae-4h,74.6,,,,";
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

describe("a file that cannot be read is rejected whole, with the place and what to do", () => {
  test.each<[string, string | Buffer, string, RegExp]>([
    ["an empty file", "", "empty-file", /empty/],
    ["nothing but blank lines", "\r\n\r\n , \r\n", "empty-file", /blank lines/],
    ["nothing but a byte-order mark", bytes([0xef, 0xbb, 0xbf]), "empty-file", /blank/],
    [
      "a wrong header",
      "Month,Trust,metric,value\n2024-03,RXX,ae-4h,1\n",
      "missing-columns",
      /row 1 lacks period, organisation\..*Month, Trust/,
    ],
    ["a header without a value", "period,organisation,metric,numerator\n", "missing-columns", /lacks value/],
    ["no header at all", `${good}\n`, "missing-columns", /row 1 lacks period/],
    ["a column twice", "period,organisation,metric,value,Value\n", "duplicate-column", /Value is there twice/],
    ["semicolons", "period;organisation;metric;value\n", "wrong-separator", /commas/],
    ["10,000 columns", `${"x,".repeat(9_999)}x\n`, "too-many-columns", /10000 columns/],
    [
      "a quote left open",
      canonical(good, '2024-02,RXX,ae-4h,"74.6,,,,', good),
      "open-quote",
      /line 3 opens a quote that is never closed/,
    ],
    ["a quote left open for ever", canonical(good, `"${good.repeat(60_000)}`), "open-quote", /line 3 is longer/],
    ["a stray quote", canonical(good, '2024-02,RXX,ae-4h,"74.6"x,,,,'), "stray-quote", /line 3/],
    ["NUL bytes", bytes(canonical(good), "2024-02,R\0X,ae-4h,1\n"), "nul-bytes", /Line 3/],
    ["broken UTF-8", bytes(canonical(good), "2024-02,R", [0xc3, 0x28], ",ae-4h,1,,,,\n"), "broken-encoding", /Line 3/],
    [
      "UTF-8 cut within a character beside whole ones",
      bytes("a,Trust’s,", [0xe2, 0x80], "\n"),
      "broken-encoding",
      /Line 1/,
    ],
    ["good and broken UTF-8 together", bytes("a,Trust’s,caf", [0xe9], "\n"), "broken-encoding", /Line 1/],
    ["bytes that are no text", bytes([0x81, 0x8d, 0x9d, 0x01]), "broken-encoding", /Line 1/],
    ["broken UTF-16", bytes([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x41]), "broken-encoding", /CSV UTF-8/],
    ["a workbook that is cut off", "PK\u0003\u0004 [Content_Types].xml xl/", "damaged-archive", /damaged or cut off/],
    [
      "an old workbook that is cut off",
      bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      "damaged-workbook",
      /save/,
    ],
    ["an archive that is not opened", bytes([0x1f, 0x8b, 8]), "not-a-table", /archive.*sent as text\/csv/],
    ["an XML spreadsheet", '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "kind-not-read", /\.xlsx/],
    ["a web page under a workbook's name", "<table><tr><td>1</td></tr></table>", "not-a-table", /web page/],
    ["a PDF", "%PDF-1.7 …", "not-a-table", /PDF/],
    ["a picture", bytes([0x89, 0x50, 0x4e, 0x47]), "not-a-table", /picture/],
    ["a web page", "  <!DOCTYPE html><html>", "not-a-table", /web page/],
    ["60 MB", Buffer.alloc(60 * 1024 * 1024, "x"), "too-large", /50 MB/],
  ])("%s", async (_, file, code, says) => {
    const read = await reading(file);
    expect(read.rejected).toMatchObject({ code, message: expect.stringMatching(says) });
    expect(read.rows.length).toBe(0);
    expect(read.problems[0]).toMatchObject({ code, severity: "error", value: null });
  });
});

async function comment(file: Buffer): Promise<string | null> {
  return (await reading(file)).rows.at(0).comment;
}

describe("text is read however it is encoded", () => {
  const text = canonical(`${good}St Mary’s: £5 café`);

  test("as UTF-8, with and without a byte-order mark", async () => {
    expect(await comment(Buffer.from(text))).toBe("St Mary’s: £5 café");
    expect(await comment(bytes([0xef, 0xbb, 0xbf], text))).toBe("St Mary’s: £5 café");
  });

  test("as UTF-16", async () => {
    expect(await comment(bytes([0xff, 0xfe], [...Buffer.from(text, "utf16le")]))).toBe("St Mary’s: £5 café");
  });

  test("as Windows-1252", async () => {
    const windows = Buffer.from(text.replace("’", "\u0092"), "latin1");
    expect(await comment(windows)).toBe("St Mary’s: £5 café");
  });

  test("with a character across two pieces of the file", async () => {
    const rows = Array.from(
      { length: 9_000 },
      (_, place) => `2024-03,R${place},ae-12h,1,,,,${"é".repeat(20 + (place % 7))}`,
    );
    const read = await reading(canonical(...rows));
    expect(read.rows.length).toBe(9_000);
    for (const { comment: found } of read.rows) expect(found).toMatch(/^é+$/);
  });
});

test.each(["\n", "\r\n", "\r"])("lines may end with %j", async (end) => {
  expect((await reading(canonical(good, good).replaceAll("\r\n", end))).read).toBe(2);
});

test("names that are code stay text", async () => {
  const read = await reading(canonical('2024-03,"""><script>",ae-4h,74.6,,,,"=cmd()"'));
  expect(read.rows.at(0)).toMatchObject({ organisation: '"><script>', comment: "=cmd()" });
});
