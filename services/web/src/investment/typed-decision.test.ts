import { expect, test } from "vitest";
import { readDecision } from "./typed-decision.ts";

const typed = { forum: "SLT", decision: "agreed", amount: "", note: "" };
const asked = { cost: 80_000, forums: ["SLT"] };

test.each([
  ["all of it", {}, { decision: "agreed", amount: 80_000 }],
  ["a part, as people write pounds", { decision: "agreed-in-part", amount: "£50,000.50" }, { amount: 50_000.5 }],
  ["nothing, with the reason", { decision: "declined", note: "No money" }, { amount: null, note: "No money" }],
  [
    "an amount that nobody asked about is passed over",
    { decision: "deferred", amount: "5", note: "May" },
    { amount: null },
  ],
])("%s", (_, given, expected) => {
  expect(readDecision({ ...typed, ...given }, asked).read).toMatchObject(expected);
});

test("help without a price is agreed without an amount", () => {
  expect(readDecision(typed, { ...asked, cost: null }).read).toMatchObject({ decision: "agreed", amount: null });
});

test.each([
  ["of another forum", { forum: "UEC" }, "forum"],
  ["without a word", { decision: "perhaps" }, "agreed"],
  ["in part of nothing", { decision: "agreed-in-part", amount: "0" }, "amount"],
  ["in part of a word", { decision: "agreed-in-part", amount: "1e9" }, "amount"],
  ["in part of more than the whole", { decision: "agreed-in-part", amount: "80000" }, "amount"],
  ["declined without a reason", { decision: "declined" }, "note"],
  ["with a very long note", { note: "x".repeat(2001) }, "note"],
])("a decision %s is not taken", (_, given, field) => {
  const { read, errors } = readDecision({ ...typed, ...given }, asked);
  expect(read).toBeNull();
  expect(errors.map((one) => one.field)).toEqual([field]);
});
