import { expect, test } from "vitest";
import { replacedFrom } from "./replaced-limits.ts";

const old = {
  metric: "fds",
  forum: "elec",
  organisation: null,
  level: null,
  from: 100,
  to: null,
  status: "approved",
} as const;

test.each([
  ["later ones of the same scope", { ...old, from: 120 }, 120],
  ["those that have not begun", { ...old, from: 201 }, null],
  ["those that have ended", { ...old, from: 120, to: 130 }, null],
  ["drafts", { ...old, from: 120, status: "draft" }, null],
  ["those of one organisation", { ...old, from: 120, organisation: "RA" }, null],
] as const)("limits and %s", (_, other, from) => {
  expect(replacedFrom(old, [old, other], 200)).toBe(from);
});
