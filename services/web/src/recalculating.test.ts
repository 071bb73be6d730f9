import type { KnownPerson, Organisation, Person } from "@signalbox/db";
import { expect, test } from "vitest";
import type { Caller } from "./callers.ts";
import { mayRecalculate } from "./recalculating.ts";

const organisation = (code: string, parent: string | null): [string, Organisation] => [
  code,
  {
    code,
    name: code,
    kind: parent === null ? "system" : "provider",
    parent,
    opened: null,
    closed: null,
    signOff: false,
  },
];
const organisations = new Map([organisation("SYS", null), organisation("RA", "SYS"), organisation("RB", "SYS")]);
const person: KnownPerson = {
  email: "kim@example.org",
  name: "Kim",
  isOperator: false,
  isAuditor: false,
  isAdministrator: false,
  standsInFor: [],
  ownSeats: new Map(),
  reach: new Map(),
  seats: new Map(),
  sight: { organisations: null, forums: [], levels: [] },
};
const caller: Caller = { kind: "person", person };
const row = (role: string, of: Partial<Pick<Person, "organisation" | "forum">>): Person => ({
  email: "Kim@example.org",
  name: "Kim",
  role,
  organisation: null,
  forum: null,
  ...of,
});

test.each<readonly [string, Person, boolean]>([
  ["an analyst of the organisation", row("analyst", { organisation: "RA" }), true],
  ["an author of the one above it", row("author", { organisation: "SYS" }), true],
  ["an executive of another", row("executive", { organisation: "RB" }), false],
  ["an analyst there, of the area", row("analyst", { organisation: "RA", forum: "UEC" }), true],
  ["an analyst there, of another area", row("analyst", { organisation: "RA", forum: "EC" }), false],
  ["the chair of the area's board", row("chair", { forum: "UEC" }), true],
  ["the chair of another board", row("chair", { forum: "EC" }), false],
  ["the chair of the SLT", row("chair", { forum: "SLT" }), false],
  ["an owner", row("owner", { organisation: "RA" }), false],
  ["an observer of the board", row("observer", { forum: "UEC" }), false],
  ["somebody else", { ...row("analyst", { organisation: "RA" }), email: "lee@example.org" }, false],
])("%s", (_who, one, may) => {
  const catalogue = { people: [one], organisations };
  expect(mayRecalculate(catalogue, caller, { organisation: "RA", area: "UEC" })).toBe(may);
});

test("an operator may, a key does not do it as a person, nobody does not", () => {
  const series = { organisation: "RA", area: "UEC" };
  const catalogue = { people: [], organisations };
  expect(mayRecalculate(catalogue, { kind: "operator", person: null }, series)).toBe(true);
  expect(mayRecalculate(catalogue, { kind: "nobody" }, series)).toBe(false);
});
