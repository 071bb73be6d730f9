import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import { figures, flags, sentFigures, Slab } from "./arrays.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test.each([
  ["float8", [94.5, null, -0.1, 1e300, 5e-324]],
  ["float8", [null, null]],
  ["int8", [1, null, 4_294_967_296, 9_007_199_254_740_991, -3]],
  ["float8", []],
] as const)("an array of %s comes out as it was sent: %j", async (type, values) => {
  const array = sql`${[...values]}::${sql.raw(type)}[]`;
  const { rows } = await sql<{ sent: Buffer; text: string }>`select array_send(${array}) as sent,
    array_to_string(${array}, ',', '') as text`.execute(database.db);
  const [row] = rows;
  const expected = Float64Array.from(values, (value) => value ?? NaN);
  expect(row && sentFigures(row.sent, values.length, new Slab(values.length))).toEqual(expected);
  expect(row && figures(row.text, values.length)).toEqual(expected);
});

test("arrays of one slab do not touch, and a slab that is used up gives new memory", () => {
  const slab = new Slab(3);
  const [one, other, beyond] = [slab.take(2), slab.take(1), slab.take(2)];
  one.fill(1);
  expect([...other, ...beyond]).toEqual([NaN, NaN, NaN]);
  expect(one.length + other.length + beyond.length).toBe(5);
});

test("no text is no flag anywhere", () => {
  expect(flags("", 3)).toEqual(new Uint8Array(3));
});
