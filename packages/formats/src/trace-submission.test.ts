import { expect, test } from "vitest";
import { quirkMetrics, templateOf } from "./quirks/fixture.ts";
import { readSubmission } from "./read-submission.ts";
import { canonical } from "./testing.ts";
import { traceSubmission } from "./trace-submission.ts";

const request = (file: string) => ({
  bytes: Buffer.from(file),
  filename: "waits.csv",
  mediaType: "text/csv",
  metrics: quirkMetrics,
  now: "2025-07-10",
});
const template = templateOf({
  columns: { code: { headers: ["Code"] }, within: { headers: ["Within"] }, all: { headers: ["All"] } },
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "share", numerator: { plus: ["within"] }, denominator: { plus: ["all"] } }],
  passOver: [{ column: "code", is: ["Total"] }],
  endsAt: ["^Notes"],
});

test("says cell by cell what it became, and of each row that gives nothing why", async () => {
  const file =
    ",Period,June 2025\n,Code,Within,All\n,RXX,4,5\n,RYY,x,5\n,Total,4,10\nA remark,,\nNotes:,a,\n,RZZ,1,1\n";
  const traced = await traceSubmission({ ...request(file), templates: [template], named: false });
  expect(traced.template).toBe("quirk");
  expect(traced.became).toEqual([
    {
      sheet: "",
      row: 3,
      period: "2025-06",
      organisation: "RXX",
      metric: "share",
      value: 80,
      noValue: null,
      mark: null,
      refused: null,
      cells: [
        { address: "C3", text: "4" },
        { address: "D3", text: "5" },
      ],
    },
    expect.objectContaining({ row: 4, refused: "not-a-number", value: null }),
  ]);
  expect(traced.tables).toEqual([
    {
      sheet: "",
      row: 2,
      columns: [
        { address: "B2", header: "Code", names: ["code"] },
        { address: "C2", header: "Within", names: ["within"] },
        { address: "D2", header: "All", names: ["all"] },
      ],
    },
  ]);
  expect(traced.passed.map(({ row, why }) => [row, why])).toEqual([
    [1, "above-the-table"],
    [5, "passed-over"],
    [6, "one-cell"],
    [7, "after-the-end"],
    [8, "after-the-end"],
  ]);
  expect(traced.result.problems).toMatchObject([{ row: 4, code: "not-a-number" }]);
});

test("of a canonical file too", async () => {
  const file = canonical("2025-06,RXX,list,4,,,,", "2025-06,RXX,list,x,,,,", "Total,,,9,,,,");
  const traced = await traceSubmission({ ...request(file), templates: [template], named: false });
  expect(traced).toMatchObject({
    template: null,
    became: [
      { row: 2, cells: [{ address: "D2", text: "4" }], organisation: "RXX", metric: "list", value: 4, refused: null },
      { row: 3, refused: "not-a-number" },
    ],
    passed: [{ row: 4, why: "passed-over" }],
  });
});

test("reads just as a submission is read", async () => {
  const asked = { ...request(",Period,June 2025\n,Code,Within,All\n,RXX,4,5\n"), templates: [template], named: true };
  const { result } = await traceSubmission(asked);
  expect({ ...result, rows: [...result.rows] }).toEqual({ ...(await readSubmission(asked)), rows: [...result.rows] });
});
