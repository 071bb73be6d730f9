import { expect, test } from "vitest";
import { nameOfPerson } from "./names-of-people.ts";

const people = [{ email: "Kate@example.org", name: "Kate Dunmore", role: "analyst", forum: null, organisation: "RA" }];

test.each([
  ["kate@example.org", "Kate Dunmore"],
  ["gone@example.org", "gone@example.org"],
  ["operator", "operator"],
])("%s is called %s", (address, name) => {
  expect(nameOfPerson({ people }, address)).toBe(name);
});
