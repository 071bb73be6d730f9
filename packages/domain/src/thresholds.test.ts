import { expect, test } from "vitest";
import { periodOf } from "./period.ts";
import { type ThresholdRow, thresholdInForce } from "./thresholds.ts";

const march = periodOf(2024, 3);
let ids = 0;
const row = (changes: Partial<ThresholdRow>): ThresholdRow => ({
  id: (ids += 1),
  scope: "*",
  status: "approved",
  basis: "value",
  board: 90,
  slt: 80,
  from: periodOf(2020, 4),
  to: null,
  ...changes,
});
const inForce = (rows: ThresholdRow[], isSystem = false): ThresholdRow | null =>
  thresholdInForce(rows, march, isSystem);

const general = row({});
const level = row({ scope: "level" });
const own = row({ scope: "own" });
const draft = row({ status: "draft", from: march });
const later = row({ from: march });

test.each([
  ["an own row beats its level's", [level, own, general], own],
  ["a level's row beats the general one", [general, level], level],
  ["approved beats a later draft", [general, draft], general],
  ["the latest from wins among equals", [later, general], later],
  ["an older own row beats a later general one", [own, later], own],
  ["a draft rates where nothing is approved", [draft], draft],
  ["a row counts from its first month to its last", [row({ from: march, to: march })].concat(general), null],
])("%s", (_, rows, expected) => {
  expect(inForce(rows)).toBe(expected ?? rows[0]);
});

test.each([
  ["an own draft does not count", [row({ scope: "own", status: "draft" })], false],
  ["the system's own series has no own rows", [own], true],
  ["a row that has ended does not count", [row({ to: periodOf(2024, 2) })], false],
  ["a row that has not begun does not count", [row({ from: periodOf(2024, 4) })], false],
])("%s", (_, rows, isSystem) => {
  expect(inForce(rows, isSystem)).toBeNull();
});
