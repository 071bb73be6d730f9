import { expect, test } from "vitest";
import { read, templateOf, told } from "./fixture.ts";

const monthly = {
  columns: { code: { headers: ["Provider Code"] }, list: { headers: ["Total Waiting List"] } },
  ignore: ["Region", "Provider Name"],
  period: { from: "label", label: "Period" },
  organisation: { from: "cell", column: "code" },
  metrics: [{ metric: "list", value: { plus: ["list"] } }],
  passOver: [{ column: "code", is: ["", "-"] }],
};

test("quirk 2: multi-row and merged headers, repeated under groups, with line breaks, padding and footnote marks", async () => {
  const template = templateOf({
    header: { rows: 2 },
    columns: {
      code: { headers: ["Org Code"] },
      available: { headers: ["Available: Total"] },
      occupied: { headers: ["Occupied: Total"] },
      share: { headers: ["% Occupied: Total"] },
    },
    ignore: [{ pattern: ": (maternity|general & acute)$" }],
    period: { from: "heading", pattern: "^Period:? (?<period>.+)$" },
    organisation: { from: "cell", column: "code" },
    metrics: [{ metric: "occupancy", numerator: { plus: ["occupied"] }, denominator: { plus: ["available"] } }],
  });
  const found = await read(
    [
      {
        name: "Beds",
        merges: ["B4:D4", "E4:G4"],
        rows: [
          ["Period:", "October to December 2024"],
          [],
          [null, 3, 4, 5],
          [null, "Available*", null, null, "Occupied (see note 1)", null, null, "% Occupied²"],
          [
            "Org Code \n",
            " Total ",
            "General &\nAcute",
            "Maternity",
            "Total\u00A0",
            "General & Acute",
            "Maternity",
            "Total",
          ],
          ["RXX", 200, 150, 50, 180, 140, 40, 0.9],
        ],
      },
    ],
    template,
  );
  expect(told(found)).toEqual(["2024/25 Q3 RXX occupancy = 90"]);
  expect(found.problems).toEqual([]);
});

test("quirk 2, under three header rows and with a header that was merged downwards", async () => {
  const template = templateOf({
    header: { rows: 3 },
    columns: { code: { headers: ["Code"] }, list: { headers: ["Elective: Adults: Waiting"] } },
    ignore: [{ pattern: "^(elective|urgent): " }],
    period: { from: "filename", pattern: "(?<month>[a-z]{3})(?<year>\\d{2})" },
    organisation: { from: "cell", column: "code" },
    metrics: [{ metric: "list", value: { plus: ["list"] } }],
  });
  const lines = ["Code,Elective,,,Urgent", ",Adults,,Children,Adults", ",Waiting,Seen,Waiting,Waiting", "RXX,1,2,3,4"];
  expect(told(await read(lines, template, { filename: "Waits Jun25.csv" }))).toEqual(["2025-06 RXX list = 1"]);
  // A group ends where one above it begins: no "Urgent: Children".
  const ended = lines.with(1, ",Adults,,Children,").with(2, ",Waiting,Seen,Waiting,Refused");
  const urgent = {
    ...template,
    columns: { ...template.columns, list: { headers: ["Urgent: Refused"], optional: false } },
  };
  expect(told(await read(ended, urgent, { filename: "Waits Jun25.csv" }))).toEqual(["2025-06 RXX list = 4"]);
});

test("a header that is there twice is refused; under groups the last row alone does not tell which is meant", async () => {
  const twice = await read(
    [",Period,June 2025", "Provider Code,Total Waiting List,Total waiting list ", "RXX,1,2"],
    templateOf(monthly),
  );
  expect(twice.rejected).toMatchObject({ code: "duplicate-column" });
  const grouped = templateOf({ ...monthly, header: { rows: 2 } });
  const lines = [
    ",Period,June 2025,",
    ",Elective,Urgent",
    "Provider Code,Total Waiting List,Total Waiting List",
    "RXX,1,2",
  ];
  const unsure = await read(lines, grouped);
  expect(unsure.rejected).toMatchObject({
    code: "missing-columns",
    message: expect.stringContaining('"Total Waiting List"'),
  });
  const sure = await read(lines.with(2, "Provider Code,Total Waiting List,Seen"), grouped);
  expect(told(sure)).toEqual(["2025-06 RXX list = 1"]);
});
