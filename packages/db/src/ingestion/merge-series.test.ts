import { afterAll, beforeAll, expect, test } from "vitest";
import fc from "fast-check";
import { sql, type Transaction } from "kysely";
import type { Database } from "../tables.ts";
import { testDatabase } from "../testing.ts";
import { MARCH_2024, seedCatalogue } from "../testing-world.ts";
import { figures, flags } from "../evaluation/arrays.ts";
import { markDue } from "./mark-due.ts";
import { mergeSeries } from "./merge-series.ts";
import { appendObservations, nameSeries } from "./name-series.ts";
import { stageRows } from "./staging.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  await seedCatalogue(database.db);
});
afterAll(() => database.close());

const NOW = Temporal.Instant.from("2024-06-03T09:00:00Z");

interface File {
  readonly issued: string;
  /** Places after March 2024 → value, null for a reason without a value. */
  readonly cells: ReadonlyMap<number, number | null>;
}

const files = fc.array(
  fc.record({
    issued: fc.constantFrom("2024-04-01", "2024-05-01", "2024-06-01"),
    cells: fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.option(fc.integer({ min: 90, max: 92 }))), {
        minLength: 1,
        selector: ([place]) => place,
      })
      .map((cells) => new Map(cells)),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What holds after the files, worked out cell by cell: the latest issue date wins, then the later receipt. */
function expected(sent: readonly File[]) {
  const places = [...new Set(sent.flatMap(({ cells }) => [...cells.keys()]))];
  return new Map(
    places.map((place) => {
      const said = sent.flatMap(({ issued, cells }, at) =>
        cells.has(place) ? [{ issued, at, value: cells.get(place) ?? null }] : [],
      );
      const ranked = said.toSorted((a, b) => b.issued.localeCompare(a.issued) || b.at - a.at);
      const holds = ranked[0]?.value ?? null;
      const differs = ranked.findIndex(({ value }) => value !== holds);
      const from = ranked[(differs < 0 ? ranked.length : differs) - 1];
      return [place, { value: holds, file: from?.at, restated: differs >= 0 }] as const;
    }),
  );
}

async function send(trx: Transaction<Database>, file: File): Promise<number> {
  const { id } = await trx
    .insertInto("submission")
    .values({
      organisation: "RA1",
      channel: "cli",
      submitted_by: "test",
      received_at: NOW.toString(),
      media_type: "text/csv",
      issued: file.issued,
      sha256: "",
      size: 0,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const none = { mark: null, numerator: null, denominator: null, plan: null, comment: null };
  const rows = [...file.cells].map(([place, value], at) => ({
    row: at + 2,
    period: MARCH_2024 + place,
    organisation: "RA1",
    metric: "ae-4h",
    value,
    noValue: value === null ? "N/A" : null,
    ...none,
  }));
  await stageRows(trx, rows);
  await nameSeries(trx);
  await appendObservations(trx, id, file.issued);
  await mergeSeries(trx, id, { issued: file.issued, now: NOW });
  await markDue(trx, id, NOW);
  await sql`drop table staged, touched, incoming, route, differing, weighed`.execute(trx);
  return id;
}

class Undo extends Error {}

test("holds the value of the latest issue date whatever the order, with its first submission", async () => {
  await fc.assert(
    fc.asyncProperty(files, async (sent) => {
      const inOneTransaction = database.db.transaction().execute(async (trx) => {
        const ids: number[] = [];
        for (const file of sent) ids.push(await send(trx, file));
        const { rows } = await sql<{
          first_period: number;
          vals: string;
          submissions: string;
          restated: string;
          due_by: number[];
        }>`
          select first_period, array_to_string(vals, ',', '') as vals, array_to_string(submissions, ',', '') as submissions,
            array_to_string(restated, '') as restated, due_by
          from series_state join series on series.id = series_state.series where organisation = 'RA1'`.execute(trx);
        const [row] = rows;
        if (row === undefined) throw new Error("no series");
        const want = expected(sent);
        const first = Math.min(...want.keys());
        const count = Math.max(...want.keys()) - first + 1;
        const [values, submissions] = [figures(row.vals, count), figures(row.submissions, count)];
        const restated = flags(row.restated, count, "t");
        expect(row.first_period).toBe(MARCH_2024 + first);
        for (let i = 0; i < count; i++) {
          const cell = want.get(first + i);
          expect(values[i]).toBe(cell?.value ?? NaN);
          expect(submissions[i]).toBe(cell?.file === undefined ? NaN : ids[cell.file]);
          expect(restated[i]).toBe(cell?.restated === true ? 1 : 0);
        }
        expect(row.due_by.length).toBeGreaterThan(0);
        throw new Undo();
      });
      await expect(inOneTransaction).rejects.toThrow(Undo);
    }),
    { numRuns: 25 },
  );
});
