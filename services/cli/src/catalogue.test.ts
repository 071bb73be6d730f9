import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Files, good, withRows, withText } from "@signalbox/catalogue/testing";
import { testDatabase } from "@signalbox/db/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkCatalogue, loadCatalogue } from "./catalogue.ts";

const NOW = Temporal.Instant.from("2024-05-01T09:00:00Z");

let dir: string;
let open: Awaited<ReturnType<typeof testDatabase>>;
let lines: string[];
const print = (line: string): void => void lines.push(line);

beforeEach(async () => {
  [dir, open, lines] = [await mkdtemp(join(tmpdir(), "catalogue-")), await testDatabase(), []];
  await write(good);
});
afterEach(async () => {
  await open.close();
  await rm(dir, { recursive: true });
});

async function write(files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content ?? "");
}

const load = () => loadCatalogue(open.db, dir, "operator", NOW, print);

test("check prints each problem with its place, and answers 1", async () => {
  await write(withRows("plans.csv", "ae-4h,NV,2024-02,eighty"));
  expect(await checkCatalogue(dir, print)).toBe(1);
  expect(lines).toEqual([
    'plans.csv:3: organisation: unknown organisation "NV" (did you mean "NW"?)',
    'plans.csv:3: value: "eighty" is no percent: There is text where a number belongs.',
  ]);
});

test("check of a catalogue without problems says how much it holds, and answers 0", async () => {
  expect(await checkCatalogue(dir, print)).toBe(0);
  expect(lines).toEqual([
    "No problems: 3 organisations, 2 forums, 2 people, 6 metrics, 1 thresholds, 1 plans, 0 targets.",
  ]);
});

test("load prints what it changed, and a second time that nothing did", async () => {
  expect(await load()).toMatchObject({ exitCode: 0, due: false, result: { kind: "loaded", version: 1 } });
  expect(lines.at(-1)).toBe("Catalogue version 1 is loaded.");
  lines = [];
  expect(await load()).toMatchObject({ exitCode: 0, due: false });
  expect(lines).toEqual(["Nothing changed: catalogue version 1 holds."]);
  lines = [];
  await write(withText("thresholds.csv", "value,85", "value,78"));
  await load();
  expect(lines).toEqual([
    "thresholds.csv: 0 added, 1 changed, 0 removed",
    "thresholds.csv: ae-4h approved from 2020-04: board 85 → 78",
    "Catalogue version 2 is loaded.",
  ]);
});

test("load of a catalogue with a problem loads none of it, and answers 1", async () => {
  await write(withRows("plans.csv", "ae-4h,NV,2024-02,80"));
  expect(await load()).toMatchObject({ exitCode: 1, due: false, result: { kind: "refused" } });
  expect(lines).toHaveLength(1);
  expect(await open.db.selectFrom("catalogue_version").selectAll().execute()).toEqual([]);
});
