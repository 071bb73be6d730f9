/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { expect, test } from "vitest";
import { read, templateOf, told } from "../quirks/fixture.ts";

const base = {
  columns: {
    code: { headers: ["Code"] },
    test: { headers: ["Test"] },
    list: { headers: ["List"] },
    long: { headers: ["Long"] },
  },
  period: { from: "filename", pattern: "(?<period>[a-z]+ \\d{4})" },
  organisation: { from: "cell", column: "code" },
  passOver: [{ column: "code", is: ["", "Total"] }],
  metrics: [
    { metric: "list", value: { plus: ["list"] }, where: [{ column: "test", is: ["16"] }] },
    { metric: "long", value: { plus: ["long"] }, where: [{ column: "test", is: ["16"] }] },
  ],
};
const filename = "June 2025.csv";
const lines = [
  "Code,Test,List,Long",
  "Total,16,31,3",
  "RXX,1,10,1",
  "RXX,2,10,1",
  "RXX,16,20,2",
  "RYY,1,10,1",
  "RYY,16,11,1",
];

test("a total row that is not the sum of its parts is told, and its values count", async () => {
  const totals = [
    { total: [{ column: "code", is: ["Total"] }], parts: [{ column: "test", is: ["16"] }], columns: ["list", "long"] },
  ];
  const right = await read(lines, templateOf({ ...base, totals }), { filename });
  expect(right.problems).toEqual([]);
  const found = await read(lines.with(1, "Total,16,39,3"), templateOf({ ...base, totals }), { filename });
  expect(found.problems).toMatchObject([
    {
      row: 2,
      column: "List",
      code: "total-differs",
      value: "39",
      severity: "warning",
      message: "The total is 39, but its parts add up to 31.",
    },
  ]);
  expect(told(found)).toHaveLength(4);
  const tolerant = templateOf({ ...base, totals: totals.map((one) => ({ ...one, tolerance: 8 })) });
  expect((await read(lines.with(1, "Total,16,39,3"), tolerant, { filename })).problems).toEqual([]);
});

test("a total of each organisation marks, or keeps out, what was made of the column, of it alone", async () => {
  const of = (then: string) =>
    templateOf({
      ...base,
      totals: [
        {
          total: [{ column: "test", is: ["16"] }],
          parts: [{ column: "test", isNot: ["16"] }],
          by: "code",
          columns: ["list", "long"],
          then,
        },
      ],
    });
  const marked = await read(lines, of("mark"), { filename });
  expect(told(marked)).toEqual([
    "2025-06 RXX list = 20",
    "2025-06 RXX long = 2",
    "2025-06 RYY list = 11 [implausible]",
    "2025-06 RYY long = 1",
  ]);
  expect(marked.problems).toMatchObject([{ row: 7, message: "The total of RYY is 11, but its parts add up to 10." }]);
  const out = await read(lines, of("keep-out"), { filename });
  expect(told(out)[2]).toBe("2025-06 RYY list = (suspect)");
});

test("parts without a number cannot be added up, and nothing is said", async () => {
  const totals = [{ total: [{ column: "code", is: ["Total"] }], columns: ["list"] }];
  const found = await read([...lines, "RZZ,16,*,1"], templateOf({ ...base, totals }), { filename });
  expect(found.problems).toEqual([]);
});
