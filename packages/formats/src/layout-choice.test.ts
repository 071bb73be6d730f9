import { expect, test } from "vitest";
import { workbook } from "./national/testing/drawn-workbook.ts";
import { quirkMetrics, templateOf, told } from "./quirks/fixture.ts";
import type { ReadResult } from "./read-result.ts";
import type { Template } from "./template.ts";
import { canonical, reading } from "./testing.ts";

const base = {
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
};
const waits = templateOf({
  ...base,
  name: "waits",
  columns: { code: { headers: ["Code"] }, list: { headers: ["Waiting"] } },
});
const tests = templateOf({
  ...base,
  name: "tests",
  columns: { code: { headers: ["Code"] }, list: { headers: ["Tests"] }, done: { headers: ["Done"] } },
});
const find = (file: string | Buffer, ...templates: Template[]): Promise<ReadResult> =>
  reading(file, { templates, named: false, metrics: quirkMetrics, now: "2025-07-10" });
const file = ",Period,June 2025\nCode,Waiting\nRXX,5\n";

test("the one template whose header a file has reads it, and is named", async () => {
  const found = await find(file, tests, waits);
  expect(told(found)).toEqual(["2025-06 RXX list = 5"]);
  expect(found.template).toBe("waits");
});

test("a canonical file is canonical, whatever templates there are", async () => {
  const loose = templateOf({
    ...base,
    name: "loose",
    columns: { code: { headers: ["organisation"] }, list: { headers: ["value"] } },
    period: { from: "filename", pattern: "(?<period>.+)" },
  });
  const found = await find(canonical("2025-06,RXX,list,4,,,,"), loose, waits);
  expect(told(found)).toEqual(["2025-06 RXX list = 4"]);
  expect(found.template).toBeUndefined();
});

test("two that fit are named, and neither is taken", async () => {
  const found = await find(file, waits, { ...waits, name: "waits-too" }, tests);
  expect(found.rejected).toMatchObject({
    code: "several-templates",
    message: expect.stringContaining("waits, waits-too."),
  });
  expect(found).toMatchObject({ read: 0, refused: 0 });
});

test("look-alikes are told apart by what they need and what they refuse", async () => {
  const needing = { ...waits, name: "old", needs: [{ in: "headings", pattern: "2024$" } as const] };
  const refusing = { ...waits, name: "new", refuses: [{ in: "headings", pattern: "2024$" } as const] };
  expect((await find(file, needing, refusing)).template).toBe("new");
  expect((await find(file.replace("2025", "2024"), needing, refusing)).template).toBe("old");
  const named = await reading(file, { template: needing, metrics: quirkMetrics });
  expect(named.rejected?.message).toContain('"2024$" in its headings');
});

test("none that fits: what the canonical columns lack, and the nearest template, are said", async () => {
  const found = await find("Monthly figures,\nCode,Tests,Trust\nRXX,1,2\n", waits, tests);
  expect(found.rejected?.code).toBe("missing-columns");
  expect(found.rejected?.message).toMatch(
    /row 1 lacks period, organisation, metric, value\..*tests comes nearest.*row 2 lacks "Done"/,
  );
  expect(found.problems).toHaveLength(1);
});

test("a template none of whose metrics is in the catalogue stands back for one that is of use", async () => {
  const other = templateOf({
    ...base,
    name: "foreign",
    columns: { code: { headers: ["Code"] }, list: { headers: ["Waiting"] } },
    metrics: [{ metric: "no-such", value: { plus: ["list"] } }],
  });
  expect((await find(file, other, waits)).template).toBe("waits");
  expect((await find(file, other)).rejected?.code).toBe("unknown-metric");
});

test("a workbook's sheets are all looked at, in one pass", async () => {
  const book = await workbook(
    { name: "Guidance", rows: [["Read this first"], ["Code", "means the provider"]] },
    {
      name: "Data",
      rows: [
        ["Period", "June 2025"],
        ["Code", "Waiting"],
        ["RXX", 5],
      ],
    },
    {
      name: "Again",
      rows: [
        ["Period", "June 2025"],
        ["Code", "Waiting"],
        ["RXX", 6],
      ],
    },
  );
  const found = await find(book, tests, waits);
  expect(told(found)).toEqual(["2025-06 RXX list = 5"]);
});
