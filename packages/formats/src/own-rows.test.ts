import { asPeriod, type FormerParent, parsePeriod, type Period } from "@signalbox/domain";
import { expect, test } from "vitest";
import { RowGatherer } from "./canonical-rows.ts";
import { ownRows } from "./own-rows.ts";

const month = (text: string) => parsePeriod(text, "monthly") as Period;

// Ward U1 is part of site S1, which was NW's until December 2023 and is EX's; U2 has always been SW's.
const organisations = new Map(
  Object.entries({ ICS: null, NW: "ICS", EX: "ICS", SW: "ICS", S1: "EX", U1: "S1", U2: "SW" }).map(([code, parent]) => [
    code,
    { name: `Organisation ${code}`, parent },
  ]),
);
const moved: readonly FormerParent[] = [
  { organisation: "S1", parent: "NW", from: month("2023-01"), to: month("2023-12") },
];

/** What a submitter may report of a file: its own rows, and how many were refused as what. */
function own(submitter: string, said: readonly string[], formerParents = moved) {
  const gatherer = new RowGatherer();
  said.forEach((text, at) => {
    const [organisation = "", period = ""] = text.split(" ");
    gatherer.add(
      {
        row: at + 2,
        organisation,
        metric: "falls",
        period: asPeriod(month(period)),
        value: 1,
        numerator: null,
        denominator: null,
        plan: null,
        noValue: null,
        mark: null,
        comment: null,
      },
      true,
    );
  });
  const rows = gatherer.keep(new Uint8Array(said.length));
  const result = ownRows(rows, { organisation: submitter, catalogue: { organisations, formerParents } });
  const kept = [...result.rows()].map(({ row }) => said[row - 2]);
  return {
    kept,
    count: result.count,
    refused: result.problems.map(({ row, code }) => `${said[(row ?? 0) - 2]} ${code}`),
  };
}

test("whoever stands above an organisation now may report it for any period", () => {
  expect(own("EX", ["S1 2022-12", "S1 2023-06", "S1 2024-01", "U1 2023-12"])).toEqual({
    kept: ["S1 2022-12", "S1 2023-06", "S1 2024-01", "U1 2023-12"],
    count: 4,
    refused: [],
  });
});

test("whoever stood above it may report the periods in which it stood there, and what stood below it then", () => {
  expect(own("NW", ["S1 2022-12", "S1 2023-01", "S1 2023-12", "S1 2024-01", "U1 2023-12", "U1 2024-01"])).toEqual({
    kept: ["S1 2023-01", "S1 2023-12", "U1 2023-12"],
    count: 3,
    refused: ["S1 2022-12 not-yours", "S1 2024-01 not-yours", "U1 2024-01 not-yours"],
  });
});

test("nobody else may, nor anybody report what nobody knows", () => {
  expect(own("SW", ["S1 2023-06", "U2 2023-06", "ZZ 2023-06"])).toEqual({
    kept: ["U2 2023-06"],
    count: 1,
    refused: ["S1 2023-06 not-yours", "ZZ 2023-06 unknown-organisation"],
  });
  expect(own("NW", ["S1 2023-06"], []).refused).toEqual(["S1 2023-06 not-yours"]);
});

test("trees of different months that cross are no endless way up", () => {
  const crossed = [...moved, { organisation: "NW", parent: "S1", from: null, to: month("2023-12") }];
  expect(own("SW", ["S1 2023-06"], crossed).refused).toEqual(["S1 2023-06 not-yours"]);
});
