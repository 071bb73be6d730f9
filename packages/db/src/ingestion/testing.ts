import { type Kysely, sql } from "kysely";
import { flags } from "../evaluation/arrays.ts";
import type { Database } from "../tables.ts";
import { MARCH_2024 } from "../testing-world.ts";
import { markDue } from "./mark-due.ts";
import { mergeSeries } from "./merge-series.ts";
import { appendObservations, nameSeries } from "./name-series.ts";
import { stageRows } from "./staging.ts";

export const NOW = Temporal.Instant.from("2024-06-03T09:00:00Z");

/** What a file says of a month: a value, a marked one, or a reason for none. */
export type Cell = number | "N/A" | `${number} estimated`;

/** A file of one ward's figures: places after March 2024 → what it says. */
export interface SentFile {
  readonly issued: string;
  readonly cells: ReadonlyMap<number, Cell>;
}

/** Keeps and reads a file as ingestion does, in a transaction of its own. */
export async function send(db: Kysely<Database>, file: SentFile): Promise<{ id: number; unchanged: number }> {
  return db.transaction().execute(async (trx) => {
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
        status: "accepted",
        read_at: NOW.toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const none = { numerator: null, denominator: null, plan: null, comment: null };
    const where = { organisation: "RA1", metric: "ae-4h" };
    const rows = [...file.cells].map(([place, cell], at) => ({
      row: at + 2,
      period: MARCH_2024 + place,
      ...where,
      ...none,
      value: cell === "N/A" ? null : Number.parseFloat(String(cell)),
      noValue: cell === "N/A" ? "N/A" : null,
      mark: String(cell).endsWith("estimated") ? "estimated" : null,
    }));
    await stageRows(trx, rows);
    await nameSeries(trx);
    await appendObservations(trx, id, file.issued);
    const { unchanged } = await mergeSeries(trx, id, { issued: file.issued, now: NOW });
    await markDue(trx, id, NOW);
    return { id, unchanged };
  });
}

/** What holds of the ward, by place after March 2024, and what made it due. */
export async function heldOf(db: Kysely<Database>) {
  const { rows } = await sql<{
    first_period: number | null;
    vals: (number | null)[];
    marks: (string | null)[];
    no_value: (string | null)[];
    submissions: (number | null)[];
    restated: string;
    due_by: number[];
  }>`select first_period, vals, marks, no_value, submissions, array_to_string(restated, '') as restated, due_by
    from series_state join series on series.id = series_state.series where organisation = 'RA1'`.execute(db);
  const [row] = rows;
  if (row === undefined) return { cells: new Map(), dueBy: [] };
  const restated = flags(row.restated, row.vals.length, "t");
  const cells = new Map(
    row.vals.flatMap((value, i) => {
      const submission = row.submissions[i];
      if (row.first_period === null || submission === null) return [];
      const said = row.no_value[i] ?? (row.marks[i] ? `${value} ${row.marks[i]}` : value);
      return [[row.first_period + i - MARCH_2024, { said, submission, restated: restated[i] === 1 }] as const];
    }),
  );
  return { cells, dueBy: row.due_by, places: row.vals.length };
}

/** Forgets all figures, so that the next run of a property begins anew. */
export async function forgetFigures(db: Kysely<Database>): Promise<void> {
  for (const table of ["observation", "submission_problem", "series_state", "series", "submission"])
    await sql`delete from ${sql.table(table)}`.execute(db);
}

/** What holds after the files, worked out cell by cell: the latest issue date wins, then the later receipt. */
export function expectedOf(sent: readonly (SentFile & { readonly id: number })[]) {
  const places = new Set(sent.flatMap(({ cells }) => [...cells.keys()]));
  const value = (cell: Cell | undefined) => (cell === "N/A" ? null : Number.parseFloat(String(cell)));
  return new Map(
    Array.from(places, (place) => {
      const said = sent.filter(({ cells }) => cells.has(place));
      const ranked = said.toSorted((a, b) => b.issued.localeCompare(a.issued) || b.id - a.id);
      const holds = ranked[0]?.cells.get(place);
      const differs = ranked.findIndex(({ cells }) => cells.get(place) !== holds);
      const from = ranked[(differs < 0 ? ranked.length : differs) - 1];
      const restated = ranked.some(({ cells }) => value(cells.get(place)) !== value(holds));
      return [place, { said: holds, submission: from?.id, restated }] as const;
    }),
  );
}
