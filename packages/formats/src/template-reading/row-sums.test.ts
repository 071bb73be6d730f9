import { expect, test } from "vitest";
import { problemsOf, read, templateOf, told } from "../quirks/fixture.ts";

const where = [{ column: "function", isNot: ["C_999"] }];
const template = templateOf({
  columns: {
    period: { headers: ["Period"] },
    code: { headers: ["Provider"] },
    function: { headers: ["Function"] },
    within: { every: "^Gt 0\\d" },
    all: { every: "^Gt " },
  },
  ignore: ["Commissioner"],
  period: { from: "cell", columns: ["period"], pattern: "^RTT-(?<month>[a-z]+)-(?<year>\\d{4})$" },
  organisation: { from: "cell", column: "code" },
  means: { "": "zero", null: "zero" },
  metrics: [
    { metric: "share", numerator: { plus: ["within"] }, denominator: { plus: ["all"] }, where, over: "rows" },
    { metric: "list", value: { plus: ["all"] }, where: [{ column: "function", is: ["C_999"] }], over: "rows" },
  ],
});
const header = "Period,Provider,Commissioner,Function,Gt 00 To 01,Gt 01 To 02,Gt 18 To 19";

test("adds up an organisation's rows over commissioners, total rows passed over, and reports the first", async () => {
  const found = await read(
    [
      header,
      "RTT-June-2024,RXX,00Q,C_100,1,2,3",
      "RTT-June-2024,RYY,00Q,C_100,5,,5",
      "RTT-June-2024,RXX,00R,C_101,NULL,4,",
      "RTT-June-2024,RXX,00Q,C_999,1,2,3",
      "RTT-May-2024,RXX,00Q,C_100,1,0,0",
      "RTT-June-2024,RXX,00R,C_999,0,4,0.5",
    ],
    template,
  );
  expect(told(found)).toEqual([
    "2024-06 RXX share = 70",
    "2024-06 RYY share = 50",
    "2024-05 RXX share = 100",
    "2024-06 RXX list = 10.5",
  ]);
  expect(Array.from(found.rows, ({ row }) => row)).toEqual([2, 3, 6, 5]);
  expect(found.rows.at(0)).toMatchObject({ numerator: 7, denominator: 10 });
  expect(found).toMatchObject({ read: 4, unchanged: 0, refused: 0, problems: [] });
});

test("a wrong cell in any row refuses the sum and says so; the others count", async () => {
  const found = await read(
    [
      header,
      "RTT-June-2024,RXX,00Q,C_100,1,2,3",
      "RTT-June-2024,RXX,00R,C_100,1,x,3",
      "RTT-June-2024,RYY,00R,C_100,1,0,0",
      "RTT-June-2024,,00R,C_100,1,0,0",
    ],
    template,
  );
  expect(told(found)).toEqual(["2024-06 RYY share = 100"]);
  expect(problemsOf(found)).toEqual([
    [null, "metric-not-in-file"],
    [3, "not-a-number"],
    [5, "no-organisation"],
  ]);
  expect(found.problems[1]?.message).toContain("The sum of share over the rows of RXX is refused.");
  expect(found).toMatchObject({ read: 3, refused: 2 });
});

test("a row without a number leaves the sum without a value, with its reason", async () => {
  const found = await read(
    [header, "RTT-June-2024,RXX,00Q,C_100,1,2,3", "RTT-June-2024,RXX,00R,C_100,*,2,3"],
    template,
  );
  expect(told(found)).toEqual(["2024-06 RXX share = (suppressed)"]);
});
