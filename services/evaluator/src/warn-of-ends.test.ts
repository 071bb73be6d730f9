import { currentCatalogue } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { MARCH_2024, seedCatalogue } from "@signalbox/db/testing-world";
import { afterAll, beforeAll, expect, test } from "vitest";
import { warnOfEnds } from "./warn-of-ends.ts";

let open: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  open = await testDatabase();
  const { version } = await seedCatalogue(open.db);
  const person = { since: version, until: null, organisation: null };
  await open.db
    .insertInto("person")
    .values([
      { ...person, email: "sol@example.org", name: "Sol", role: "secretary", forum: "UEC" },
      { ...person, email: "ada@example.org", name: "Ada", role: "administrator", forum: null },
      { ...person, email: "eve@example.org", name: "Eve", role: "secretary", forum: "EC" },
    ])
    .execute();
  await open.db
    .insertInto("threshold")
    .values({
      since: version,
      until: null,
      metric: "ae-4h",
      organisation: null,
      level: null,
      basis: "value",
      board: 78,
      slt: 70,
      from_period: MARCH_2024 - 12,
      to_period: MARCH_2024,
      status: "approved",
      approved_on: null,
      minute: null,
    })
    .execute();
});
afterAll(() => open.close());

async function warnedBy(now: string) {
  await open.db.transaction().execute(async (trx) => {
    const catalogue = await currentCatalogue(trx);
    if (catalogue !== null) await warnOfEnds(trx, catalogue, Temporal.Instant.from(now));
  });
  return open.db.selectFrom("telling").select(["recipients", "reason", "tell_at"]).execute();
}

test("a board's secretary and the administrators are warned once, 60 days before limits end", async () => {
  expect(await warnedBy("2024-01-30T12:00:00Z")).toEqual([]);
  const first = await warnedBy("2024-01-31T00:00:00Z");
  expect(first).toMatchObject([{ reason: "limits-end-soon", recipients: ["sol@example.org", "ada@example.org"] }]);
  expect(first[0]?.tell_at.toString()).toBe("2024-01-31T08:00:00Z");
  expect(await warnedBy("2024-03-20T00:00:00Z")).toEqual(first);
});
