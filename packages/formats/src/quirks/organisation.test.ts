import { describe, expect, test } from "vitest";
import { problemsOf, read, templateOf, told } from "./fixture.ts";

const base = {
  columns: { code: { headers: ["Code"] }, name: { headers: ["Name"], optional: true }, list: { headers: ["List"] } },
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code", name: "name", codes: { OLD1: "NEW1", "Northwick Hospitals": "RXX" } },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
};

test("quirk 12: old codes for new ones, names for codes, blanks after codes, six-character codes, no names", async () => {
  const lines = [",Period,June 2025", "Code,List", "old1 ,1", " NORTHWICK  hospitals,2", "Y02428,3", "G6V2S ,4"];
  const found = await read(lines, templateOf(base));
  expect(Array.from(found.rows, ({ organisation }) => organisation)).toEqual(["NEW1", "RXX", "Y02428", "G6V2S"]);
  const nobody = await read([",Period,June 2025", "Code,Name,List", ",Nobody,1"], templateOf(base));
  expect(problemsOf(nobody)).toContainEqual([3, "no-organisation"]);
});

test("an organisation may be named by the sheet, a label, or the file's name", async () => {
  const rows = [
    ["Period", "June 2025"],
    ["Provider", "Northwick (RXX)"],
    ["Code", "List"],
    ["x", 1],
  ];
  const of = async (organisation: object, name = "Waits", filename = "RYY waits.xlsx") =>
    told(await read([{ name, rows }], templateOf({ ...base, organisation }), { filename }))[0];
  expect(await of({ from: "label", label: "Provider", pattern: "\\((?<code>\\w+)\\)" })).toBe("2025-06 RXX list = 1");
  expect(await of({ from: "sheet" }, "RZZ")).toBe("2025-06 RZZ list = 1");
  expect(await of({ from: "sheet", pattern: "^(?<code>\\w+) \\d+$", codes: { old: "RNW" } }, "OLD 2")).toBe(
    "2025-06 RNW list = 1",
  );
  expect(await of({ from: "filename", pattern: "^(?<code>\\w+) waits" })).toBe("2025-06 RYY list = 1");
  const unsaid = templateOf({ ...base, organisation: { from: "label", label: "Trust" } });
  expect((await read([{ name: "Waits", rows }], unsaid)).rejected).toMatchObject({ code: "no-organisation" });
});

describe("quirk 11: organisations that notes name as missing or estimated", () => {
  const notes = [
    {
      sheets: "^(Notes|Data Quality)$",
      period: "^Notes (for|of) (?<period>[a-z]+ \\d{4})",
      lists: [
        { heading: "did not submit and an estimate", means: "estimated" },
        { heading: "did not submit", means: "missing" },
      ],
      sentences: [
        { pattern: "(?<code>[a-z0-9]{3}) [a-z ]+ sent nothing for (?<period>[a-z]+ \\d{4})", means: "missing" },
      ],
    },
  ];
  const template = templateOf({ ...base, sheets: { named: "^Data$" }, notes });
  const data = {
    name: "Data",
    rows: [
      ["Period", "June 2025"],
      ["Code", "Name", "List"],
      ["RXX", "Northwick", 1],
      ["RYY", "Southwick NHS Trust", 2],
    ],
  };
  const sheet = (...rows: (string | null)[][]) => ({ name: "Notes", hidden: true, rows });

  test("after the table, before it, on a hidden sheet, by code and by name", async () => {
    const named = sheet(
      ["Notes for June 2025"],
      ["The following did not submit this month:"],
      ["Code", "Name"],
      ["RA1", "Eastwick"],
      ["None"],
      ["The following trusts did not submit and an estimate was made on their behalf:"],
      [null, "SOUTHWICK  NHS Trust"],
      ["RB1", "Westwick"],
    );
    for (const sheets of [
      [data, named],
      [named, data],
    ]) {
      const found = await read(sheets, template);
      expect(told(found)).toEqual([
        "2025-06 RXX list = 1",
        "2025-06 RYY list = 2 [estimated]",
        "2025-06 RA1 list = (missing, named by the publisher)",
      ]);
      expect(found.rows.at(2).row).toBe(4);
      expect(found).toMatchObject({ read: 3, refused: 0, problems: [] });
    }
  });

  test("in a sentence", async () => {
    const found = await read(
      [data, sheet(["RA1 Eastwick Hospitals sent nothing for June 2025. RXX was late."])],
      template,
    );
    expect(told(found).at(-1)).toBe("2025-06 RA1 list = (missing, named by the publisher)");
  });

  test("nobody, though the heading stays", async () => {
    const found = await read(
      [data, sheet(["The following organisation did not submit this month:"], ["Code", "Name"])],
      template,
    );
    expect(found).toMatchObject({ read: 2, problems: [] });
  });

  test("of another month: stale notes are not used, and said once", async () => {
    const list = [["The following did not submit:"], ["RA1"]];
    const found = await read([data, sheet(["Notes for May 2025"], ...list)], template);
    expect(found.rows.length).toBe(2);
    expect(found.problems).toMatchObject([
      { code: "stale-note", severity: "warning", message: expect.stringContaining("June 2025") },
    ]);
    const sentence = await read([data, sheet(["RA1 Eastwick sent nothing for May 2025."])], template);
    expect(problemsOf(sentence)).toEqual([[1, "stale-note"]]);
  });

  test("that are in the table all the same: the table counts", async () => {
    const found = await read([data, sheet(["The following did not submit:"], ["RXX"])], template);
    expect(told(found)).toEqual(["2025-06 RXX list = 1", "2025-06 RYY list = 2"]);
    expect(problemsOf(found)).toEqual([[2, "note-differs"]]);
  });
});
