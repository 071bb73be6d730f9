import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cast } from "./cast.ts";
import { ACTS_AT, at, type DemoYear, openDemoYear } from "./demo-year.ts";
import { actsOfTheYear, toldOfOwnActs, toldTwiceOnOneDay, withoutNextStep } from "./laws.ts";
import { lettersOf } from "./letters.ts";
import { chased, expectedRings } from "./rings.ts";

const GOLDEN = join(import.meta.dirname, "golden");
const MINUTES = 60_000;

let year: DemoYear;
const withoutStep: string[] = [];

beforeAll(async () => {
  year = await openDemoYear();
  await year.pass(cast, async ({ pipeline }) => void withoutStep.push(...(await withoutNextStep(pipeline))));
}, 9 * MINUTES);
afterAll(() => year.pipeline.close());

test("people did of everything something", async () => {
  const acts = await actsOfTheYear(year.pipeline);
  expect(Object.entries(acts).filter(([, count]) => count === 0)).toEqual([]);
});

test("each clock rang when it should, and at no other time", async () => {
  const requests = await chased(year.pipeline);
  expect(requests.length).toBeGreaterThan(50);
  const end = at(year.ends, ACTS_AT);
  expect(requests.map(({ id, kind, dueOn, heard }) => ({ id, kind, dueOn, heard }))).toEqual(
    requests.map((one) => ({ id: one.id, kind: one.kind, dueOn: one.dueOn, heard: expectedRings(one, end) })),
  );
});

test("at every moment of the year each open case had a next step, with a day and a person", () => {
  expect(withoutStep).toEqual([]);
});

test("nobody was told of one thing twice on one day", async () => {
  expect(await toldTwiceOnOneDay(year.pipeline)).toEqual([]);
});

test("nobody was told of their own acts", async () => {
  expect(await toldOfOwnActs(year.pipeline)).toEqual([]);
});

test("the post of each person reads as it did", async () => {
  const letters = await lettersOf(year.pipeline);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    if (existsSync(GOLDEN)) rmSync(GOLDEN, { recursive: true });
    mkdirSync(GOLDEN);
    for (const [person, text] of letters) writeFileSync(join(GOLDEN, `${nameOf(person)}.txt`), text);
  }
  expect([...letters.keys()].map((person) => `${nameOf(person)}.txt`).toSorted()).toEqual(
    readdirSync(GOLDEN).toSorted(),
  );
  for (const [person, text] of letters)
    expect(text, person).toBe(readFileSync(join(GOLDEN, `${nameOf(person)}.txt`), "utf8"));
});

/** "farah.quinn": a file's name without what makes it an address. */
function nameOf(address: string): string {
  return address.split("@", 1)[0] ?? address;
}
