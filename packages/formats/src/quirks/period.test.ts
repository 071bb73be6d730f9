import { describe, expect, test } from "vitest";
import type { ReadResult } from "../read-result.ts";
import { problemsOf, read, templateOf, told } from "./fixture.ts";

const base = {
  columns: { code: { headers: ["Code"] }, list: { headers: ["List"] } },
  ignore: ["Beds"],
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
};
const periods = (result: ReadResult): string[] => told(result).map((row) => row.split(" RXX")[0] ?? "");

describe("quirk 8: periods", () => {
  const inCell = (period: object = {}, metric = "list") =>
    templateOf({
      ...base,
      columns: { ...base.columns, period: { headers: ["Period"] } },
      period: { from: "cell", columns: ["period"], ...period },
      metrics: [{ metric, value: { plus: ["list"] } }],
    });

  test.each([
    ["RTT-June-2024", { pattern: "^RTT-(?<month>[a-z]+)-(?<year>\\d{4})$" }, "2024-06"],
    ["MSitAE-APRIL-2020", { pattern: "^MSitAE-(?<month>[a-z]+)-(?<year>\\d{4})$" }, "2020-04"],
    ["Apr-25", {}, "2025-04"],
    ["Apr25", {}, "2025-04"],
    ["April 2024", {}, "2024-04"],
    ["2020 Apr", {}, "2020-04"],
    ["2010 June", {}, "2010-06"],
    ["2024-04-01", {}, "2024-04"],
    ["2024-04-01 00:00:00", {}, "2024-04"],
    ["01/04/2024", {}, "2024-04"],
    ["30/04/2024", { anyDay: true }, "2024-04"],
    ["2017-18 AUGUST", {}, "2017-08"],
    ["2022/23 JANUARY", {}, "2023-01"],
    ["2022-23 March", {}, "2023-03"],
    ["Sept 2024", {}, "2024-09"],
  ])("%s is a month", async (text, period, month) => {
    const found = await read(["Period,Code,List", `${text},RXX,1`], inCell(period));
    expect(periods(found)).toEqual([month]);
  });

  test.each([
    ["2024-25 September", { quarterBy: "last-month" }, "2024/25 Q2"],
    ["2024-25 March", { quarterBy: "last-month" }, "2024/25 Q4"],
    ["2019 December", { quarterBy: "last-month" }, "2019/20 Q3"],
    ["2024-25 July", {}, "2024/25 Q2"],
    ['"Quarter 1, 2025-26 (April to June 2025)"', {}, "2025/26 Q1"],
    ["July to September 2024", {}, "2024/25 Q2"],
    ["October to December 2024", {}, "2024/25 Q3"],
    ["Q4 2024-25", {}, "2024/25 Q4"],
    ["2024/25 Q4", {}, "2024/25 Q4"],
    ["2024-25 Quarter 2", {}, "2024/25 Q2"],
    ["MSitQ-Q3-2024-25", { pattern: "Q(?<quarter>\\d)-(?<financialYear>\\d{4}-\\d{2})" }, "2024/25 Q3"],
  ])("%s is a quarter", async (text, period, quarter) => {
    const found = await read(["Period,Code,List", `${text},RXX,1`], inCell(period, "beds"));
    expect(periods(found)).toEqual([quarter]);
  });

  test.each([
    ["15/04/2024", {}, "list"],
    ["2024-26 April", {}, "list"],
    ["Quarter 2 2024-25", {}, "list"],
    ["August 2024", { quarterBy: "last-month" }, "beds"],
    ["June to August 2024", {}, "beds"],
    ["Marvellous 2024", {}, "list"],
    ["13/2024", {}, "list"],
  ])("%s is never guessed at", async (text, period, metric) => {
    const found = await read(["Period,Code,List", `${text},RXX,1`], inCell(period, metric));
    expect(found.problems).toContainEqual(
      expect.objectContaining({ row: 2, column: "Period", code: "bad-period", value: text }),
    );
    expect(found).toMatchObject({ rejected: { code: "no-usable-row" }, read: 1, refused: 1 });
  });

  test("stand in several cells", async () => {
    const template = templateOf({
      ...base,
      columns: { ...base.columns, year: { headers: ["year"] }, month: { headers: ["month"] } },
      period: { from: "cell", columns: ["year", "month"] },
    });
    const found = await read(["year,month,Code,List", "2017-18,AUGUST,RXX,1", "2022-23,JANUARY,RXX,1"], template);
    expect(periods(found)).toEqual(["2017-08", "2023-01"]);
  });

  test("stand in the file's name, whatever it ends in", async () => {
    const period = { from: "filename", pattern: "(?<month>[a-z]{3,9})-?(?<year>\\d{4}|\\d{2})(?!\\d)" };
    const lines = ["Code,List", "RXX,1"];
    for (const name of [
      "Provider-Apr24-XLSX-8M-revised.csv",
      "Waits%20April-2024-38145.csv",
      "Waits Apr24 (1) copy_GG8WA.csv",
    ]) {
      expect(periods(await read(lines, templateOf({ ...base, period }), { filename: name })), name).toEqual([
        "2024-04",
      ]);
    }
    const without = await read(lines, templateOf({ ...base, period }), { filename: "Waits.csv" });
    expect(without.rejected).toMatchObject({ code: "no-period", message: expect.stringContaining("file's name") });
  });

  test("stand in a heading, beside a label, or in the sheet's name", async () => {
    const rows = (...above: (string | null)[][]) => [...above, ["Code", "List"], ["RXX", 1]];
    const heading = templateOf({ ...base, period: { from: "heading", pattern: "waits in (?<period>[a-z]+ \\d{4})" } });
    expect(periods(await read([{ name: "A", rows: rows(["Waits in June 2025, by provider"]) }], heading))).toEqual([
      "2025-06",
    ]);
    const label = templateOf({ ...base, period: { from: "label", label: "Month" } });
    expect(periods(await read([{ name: "A", rows: rows([null, "Month:", null, "June 2025"]) }], label))).toEqual([
      "2025-06",
    ]);
    const sheet = templateOf({ ...base, sheets: { every: true }, period: { from: "sheet" } });
    const sheets = ["May 2025", "Jun-25"].map((name) => ({ name, rows: rows() }));
    expect(periods(await read(sheets, sheet))).toEqual(["2025-05", "2025-06"]);
    const cover = templateOf({
      ...base,
      sheets: { named: "^Data$" },
      period: { from: "label", label: "Period", sheets: "^Cover" },
    });
    const covered = [
      { name: "Cover page", rows: [["Period:", "June 2025"]] },
      { name: "Data", rows: rows() },
    ];
    expect(periods(await read(covered, cover))).toEqual(["2025-06"]);
    expect((await read(covered.slice(1), cover)).rejected?.code).toBe("no-period");
  });

  test("are two dates, of which one file has kinds: three months and one", async () => {
    const template = templateOf({
      columns: { ...base.columns, from: { headers: ["START"] }, to: { headers: ["END"] }, id: { headers: ["ID"] } },
      organisation: base.organisation,
      period: { from: "dates", first: "from", last: "to" },
      metrics: [
        { metric: "list", value: { plus: ["list"] }, months: 3, where: [{ column: "id", is: ["M1"] }] },
        { metric: "long", value: { plus: ["list"] }, months: 1, where: [{ column: "id", is: ["M2"] }] },
        { metric: "beds", value: { plus: ["list"] }, months: 3, where: [{ column: "id", is: ["M3"] }] },
      ],
    });
    const found = await read(
      [
        "START,END,Code,ID,List",
        "01/02/2024,30/04/2024,RXX,M1,9",
        "01/04/2024,30/04/2024,RXX,M1,3",
        "01/04/2024,30/04/2024,RXX,M2,4",
        "2024-01-01,2024-03-31,RXX,M3,5",
        "01/04/2024,29/04/2024,RXX,M2,6",
      ],
      template,
    );
    expect(told(found)).toEqual(["2024-04 RXX list = 9", "2024-04 RXX long = 4", "2023/24 Q4 RXX beds = 5"]);
    expect(problemsOf(found)).toEqual([[6, "bad-period"]]);
    expect(found).toMatchObject({ read: 4, refused: 1 });
  });

  test("stand across; an empty month, past or to come, is no row", async () => {
    const template = templateOf({
      ...base,
      columns: { code: base.columns.code },
      period: { from: "headers" },
      metrics: [{ metric: "list" }],
    });
    const lines = ["Code,Apr-25,May-25,Jun-25,Jul-25,Aug-25,Sep-25,Beds", "RXX,1,,3,-,,-,9", "RYY,,,,,7,,"];
    const found = await read(lines, template);
    expect(told(found)).toEqual(["2025-04 RXX list = 1", "2025-06 RXX list = 3", "2025-07 RXX list = (-)"]);
    expect(found.problems).toMatchObject([{ row: 3, column: "Aug-25", code: "future-period", value: "Aug-25" }]);
    expect(found).toMatchObject({ read: 4, refused: 1 });
    // Even where an empty cell is a zero, it is none of a month that has not begun.
    const zeros = await read(["Code,Jun-25,Jul-25,Aug-25,Name", "RXX,,2,,Northwick"], {
      ...template,
      means: { "": "zero" },
    });
    expect(told(zeros)).toEqual(["2025-06 RXX list = 0", "2025-07 RXX list = 2"]);
    expect(problemsOf(zeros)).toEqual([[1, "unknown-column"]]);
  });
});

describe("quirk 15: suffixes in names; the name's month and the content's", () => {
  const template = templateOf({
    ...base,
    columns: { ...base.columns, period: { headers: ["Period"] } },
    period: { from: "cell", columns: ["period"] },
    filename: "(?<month>[a-z]+)-(?<year>\\d{4})",
    issued: [{ from: "filename", pattern: "revised-(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d\\d)(?!\\d)" }],
  });
  const lines = ["Period,Code,List", "March 2024,RXX,1"];

  test("agree, and the name may say when it was revised", async () => {
    const found = await read(lines, template, { filename: "March-2024-revised-130624-zz9 (1).csv" });
    expect(found).toMatchObject({ rejected: null, issued: "2024-06-13" });
  });

  test("disagree: the file is refused whole, and both are named", async () => {
    const found = await read([...lines, "April 2024,RXX,2"], template, { filename: "April-2024.csv" });
    expect(found).toMatchObject({ rejected: { code: "period-disagrees" }, problems: [{ row: 2 }] });
    expect(found.rejected?.message).toMatch(/April 2024.*row 2 is of March 2024/);
    expect(found.rows.length).toBe(0);
  });

  test("a name that says no month disagrees with nothing", async () => {
    expect((await read(lines, template, { filename: "waits.csv" })).rejected).toBeNull();
  });
});

test("quirk 10: issue dates are read however they are written; Revised beats Published where it is filled", async () => {
  const issued = [
    { from: "label", label: "Revised" },
    { from: "label", label: "Published" },
    { from: "heading", pattern: "date: (?<day>\\d+) (?<month>[a-z]+) (?<year>\\d{4})" },
  ];
  const period = { from: "filename", pattern: "(?<period>[a-z]+ \\d{4})" };
  const of = async (...above: string[]) =>
    (
      await read([...above, "Code,List", "RXX,1"], templateOf({ ...base, period, issued }), {
        filename: "June 2025.csv",
      })
    ).issued;
  expect(await of("Published:,10th October 2024", "Revised:,10th July 2025")).toBe("2025-07-10");
  expect(await of("Published:,11/09/2025", "Revised:,-")).toBe("2025-09-11");
  expect(await of("Published:,2025-09-11 00:00:00", "Revised,")).toBe("2025-09-11");
  expect(await of("Publication date: 14 May 2020,")).toBe("2020-05-14");
  expect(await of("Published:,31st February 2025")).toBeNull();
});
