import { asPeriod, NAMED_MISSING } from "@signalbox/domain";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedCatalogue, seedSubmission } from "../testing-world.ts";
import { testDatabase } from "../testing.ts";
import type { Database } from "../tables.ts";
import { listReturns, type Return } from "./list-returns.ts";

// The submission days of January, February and March 2024 are 14 February, 14 March and 15 April.
const JANUARY = 12 * 2024;
const now = Temporal.Instant.from("2024-04-20T09:00:00Z");
let db: Kysely<Database>;
let close: () => Promise<void>;

beforeAll(async () => {
  const opened = await testDatabase();
  ({ db, close } = opened);
  const { version } = await seedCatalogue(db);
  const metric = {
    since: version,
    until: null,
    area: "UEC",
    unit: "count",
    better: "lower",
    minimum_change: null,
  } as const;
  await db
    .insertInto("metric")
    .values([
      {
        ...metric,
        code: "waits",
        name: "Waits",
        frequency: "monthly",
        aggregation: "sum",
        decimals: 0,
        due_working_day: null,
      },
      {
        ...metric,
        code: "early",
        name: "Early",
        frequency: "monthly",
        aggregation: "none",
        decimals: 0,
        due_working_day: 5,
      },
    ])
    .execute();
  const detail = { since: version, until: null, owner: null, author: null, contract: null, commissioner: null };
  await db
    .insertInto("series_detail")
    .values([
      { ...detail, metric: "early", organisation: "RB" },
      { ...detail, metric: "waits", organisation: "SYS" },
    ])
    .execute();
  const first = await seedSubmission(db, "RA", "first");
  const second = await seedSubmission(db, "RA", "second");
  await db.updateTable("submission").set({ received_at: "2024-02-10T09:00:00Z" }).where("id", "=", first).execute();
  await series("ae-4h", "RA", [
    [first, 94.6, null, null],
    [second, 93, null, "estimated"],
  ]);
  await series("waits", "RA", [
    [first, 12, null, null],
    [first, null, NAMED_MISSING, null],
  ]);
  await series("staff-survey", "RA", [[second, null, "nil return", null]], 3);
  const system = await db
    .insertInto("series")
    .values({ metric: "waits", organisation: "SYS" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("series_state")
    .values({ series: system.id, failure: null, parent: null, first_period: null })
    .execute();
  await db
    .updateTable("series_state")
    .set({ parent: system.id })
    .where(
      "series",
      "in",
      db.selectFrom("series").select("id").where("metric", "=", "waits").where("organisation", "=", "RA"),
    )
    .execute();
}, 30_000);
afterAll(() => close());

type Said = readonly [submission: number, value: number | null, noValue: string | null, mark: string | null];

/** A series from January 2024 on, and the observations that made it so. */
async function series(metric: string, organisation: string, said: readonly Said[], step = 1): Promise<void> {
  const { id } = await db
    .insertInto("series")
    .values({ metric, organisation })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("observation")
    .values(
      said.map(([submission, value, no_value, mark], at) => ({
        series: id,
        period: JANUARY + at * step,
        submission,
        row_number: at + 2,
        issued: "2024-04-20",
        value,
        numerator: null,
        denominator: null,
        plan: null,
        no_value,
        mark,
        comment: null,
      })),
    )
    .execute();
  const none = said.map(() => null);
  await db
    .insertInto("series_state")
    .values({
      series: id,
      parent: null,
      failure: null,
      first_period: JANUARY,
      vals: said.map(([, value]) => value),
      numerators: none,
      denominators: none,
      plans: none,
      no_value: said.map(([, , reason]) => reason),
      marks: said.map(([, , , mark]) => mark),
      submissions: said.map(([submission]) => submission),
      restated: said.map(() => false),
    })
    .execute();
}

const list = (filter: Partial<Parameters<typeof listReturns>[1]> = {}, limit = 100) =>
  listReturns(db, { visible: null, ...filter }, { after: null, limit, now });
const words = ({ organisation, frequency, dueWorkingDay, period, status, late }: Return) =>
  `${organisation} ${frequency} ${dueWorkingDay} ${period - JANUARY} ${status}${late ? " late" : ""}`;

test("lists what each organisation owes, by the day of its metrics, from its first value on", async () => {
  expect((await list()).map(words)).toEqual([
    "RA monthly 10 0 received",
    "RA monthly 10 1 partial late",
    "RA monthly 10 2 late late",
    "RA quarterly 10 0 nil late",
    // Named in series.csv since the first of January, and nothing ever came.
    "RB monthly 5 0 late late",
    "RB monthly 5 1 late late",
    "RB monthly 5 2 late late",
  ]);
});

test("says which figures came, in which submissions, and when", async () => {
  const [january, february] = await list({ organisation: "RA", frequency: "monthly", to: JANUARY + 1 });
  expect(january?.figures.map(({ metric, status, value, mark }) => [metric, status, value, mark])).toEqual([
    ["ae-4h", "received", 94.6, null],
    ["waits", "received", 12, null],
  ]);
  expect(february?.figures.map(({ metric, status }) => `${metric} ${status}`)).toEqual([
    "ae-4h estimated",
    "waits missing-named-by-publisher",
  ]);
  expect(february?.submissions).toHaveLength(2);
});

test("narrows by organisation, period, frequency, status and sight, and goes on where a page ended", async () => {
  expect((await list({ status: "late" })).map(words)).toHaveLength(4);
  expect((await list({ frequency: "quarterly" })).map(words)).toEqual(["RA quarterly 10 0 nil late"]);
  expect((await list({ from: JANUARY + 1, to: JANUARY + 1 })).map(words)).toHaveLength(2);
  expect((await list({ visible: ["RB"] })).map(({ organisation }) => organisation)).toEqual(["RB", "RB", "RB"]);
  const all = (await list()).map(words);
  const paged: string[] = [];
  for (let after: Return | null = null; ;) {
    const [next] = await listReturns(db, { visible: null }, { after, limit: 1, now });
    if (next === undefined) break;
    paged.push(words(next));
    after = next;
  }
  expect(paged).toEqual(all);
});

test("owes of a period that still goes on only where one asks for it", async () => {
  const april = asPeriod(JANUARY + 3);
  expect((await list({ organisation: "RA", frequency: "monthly", from: april, to: april })).map(words)).toEqual([
    "RA monthly 10 3 due",
  ]);
});

test("owes nothing after it closed", async () => {
  await db.updateTable("organisation").set({ closed: "2024-01-31" }).where("code", "=", "RB").execute();
  const found = (await list({ organisation: "RB" })).map(({ status }) => status);
  await db.updateTable("organisation").set({ closed: null }).where("code", "=", "RB").execute();
  expect(found).toEqual(["closed", "closed", "closed"]);
});

test("what came with the first file there ever was is history, and not late", async () => {
  const moved = db
    .updateTable("submission")
    .set({ received_at: "2024-04-19T09:00:00Z" })
    .where("organisation", "=", "RA");
  await moved.execute();
  expect((await list({ organisation: "RA" })).map(words)).toEqual([
    "RA monthly 10 0 received",
    "RA monthly 10 1 partial late",
    "RA monthly 10 2 late late",
    "RA quarterly 10 0 nil",
  ]);
});
