import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import { seedCatalogue } from "../testing-world.ts";
import { type Cell, expectedOf, forgetFigures, heldOf, NOW, send, type SentFile } from "./testing.ts";
import { withdrawSubmission } from "./withdraw-submission.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await seedCatalogue(database.db);
});
afterAll(() => database.close());

const cell = fc.constantFrom<Cell>(90, 91, "91 estimated", 92, "N/A");
const file: fc.Arbitrary<SentFile> = fc.record({
  issued: fc.constantFrom("2024-04-01", "2024-05-01", "2024-06-01"),
  cells: fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), cell), { minLength: 1, selector: ([place]) => place })
    .map((cells) => new Map(cells)),
});
const files = fc.array(file, { minLength: 1, maxLength: 6 });

const sorted = (cells: ReadonlyMap<number, unknown>) => [...cells].toSorted(([a], [b]) => a - b);

test("holds the value of the latest issue date whatever the order, with its first submission", async () => {
  const { db } = database;
  await fc.assert(
    fc
      .asyncProperty(files, async (sent) => {
        const all: (SentFile & { id: number })[] = [];
        for (const one of sent) all.push({ ...one, id: (await send(db, one)).id });
        const held = await heldOf(db);
        expect(sorted(held.cells)).toEqual(sorted(expectedOf(all)));
        expect(held.dueBy.length).toBeGreaterThan(0);
      })
      .afterEach(() => forgetFigures(db)),
    { numRuns: 25 },
  );
});

test("what is withdrawn was never said: before or after the others, all of them or some", async () => {
  const { db } = database;
  const acts = fc.array(fc.tuple(file, fc.boolean(), fc.nat(5)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc
      .asyncProperty(acts, async (sent) => {
        const all: (SentFile & { id: number; isWithdrawn: boolean })[] = [];
        for (const [one, isWithdrawn, earlier] of sent) {
          all.push({ ...one, id: (await send(db, one)).id, isWithdrawn: false });
          const gone = all[earlier];
          if (!isWithdrawn || gone === undefined) continue;
          await withdrawSubmission(db, gone.id, { by: "key ra", reason: "wrong file", now: NOW });
          gone.isWithdrawn = true;
        }
        const left = all.filter((one) => !one.isWithdrawn);
        const held = await heldOf(db);
        expect(sorted(held.cells)).toEqual(sorted(expectedOf(left)));
        const places = left.flatMap(({ cells }) => [...cells.keys()]);
        expect(held.places).toBe(places.length === 0 ? 0 : Math.max(...places) - Math.min(...places) + 1);
      })
      .afterEach(() => forgetFigures(db)),
    { numRuns: 25 },
  );
});

test("counts what already holds as unchanged, and a value whose mark differs as changed", async () => {
  const { db } = database;
  const issued = "2024-06-01";
  const said = new Map<number, Cell>([
    [0, 90],
    [1, "91 estimated"],
    [2, "N/A"],
  ]);
  expect(await send(db, { issued, cells: said })).toMatchObject({ unchanged: 0 });
  expect(await send(db, { issued, cells: said })).toMatchObject({ unchanged: 3 });
  const { id, unchanged } = await send(db, { issued, cells: new Map([...said, [1, 91]]) });
  expect(unchanged).toBe(2);
  expect((await heldOf(db)).cells.get(1)).toEqual({ said: 91, submission: id, restated: false });
  await forgetFigures(db);
});
