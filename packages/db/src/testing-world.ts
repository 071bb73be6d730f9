import type { Kysely } from "kysely";
import type { Database } from "./tables.ts";

/** March 2024, when most of the small world happens. */
export const MARCH_2024 = 12 * 2024 + 2;

/**
 * A small world for tests: system SYS over providers RA (with ward RA1) and RB, boards UEC and EC under the SLT, the
 * metric ae-4h (percent, monthly, of UEC) and the quarterly staff-survey.
 */
export async function seedCatalogue(db: Kysely<Database>): Promise<{ version: number; protocol: number }> {
  const { id: since } = await db
    .insertInto("catalogue_version")
    .values({ loaded_at: "2024-01-01T00:00:00Z", loaded_by: "test" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const organisation = { since, until: null, opened: null, closed: null };
  await db
    .insertInto("organisation")
    .values([
      { ...organisation, code: "SYS", name: "Wessex Vale System", kind: "system", parent: null },
      { ...organisation, code: "RA", name: "Northwick Hospitals", kind: "provider", parent: "SYS" },
      { ...organisation, code: "RA1", name: "Kestrel Ward", kind: "ward", parent: "RA" },
      { ...organisation, code: "RB", name: "Southmoor Community Trust", kind: "provider", parent: "SYS" },
    ])
    .execute();
  const forum = { since, until: null };
  await db
    .insertInto("forum")
    .values([
      { ...forum, code: "SLT", name: "System Leadership Team", tier: "slt", parent: null },
      { ...forum, code: "UEC", name: "Urgent and Emergency Care Board", tier: "board", parent: "SLT" },
      { ...forum, code: "EC", name: "Elective Care Board", tier: "board", parent: "SLT" },
    ])
    .execute();
  const metric = {
    since,
    until: null,
    better: "higher",
    aggregation: "none",
    minimum_change: null,
    due_working_day: null,
  };
  await db
    .insertInto("metric")
    .values([
      {
        ...metric,
        code: "ae-4h",
        name: "A&E four-hour performance",
        area: "UEC",
        unit: "percent",
        frequency: "monthly",
        decimals: 1,
        better: "higher",
        aggregation: "none",
      },
      {
        ...metric,
        code: "staff-survey",
        name: "Staff who would recommend",
        area: "EC",
        unit: "percent",
        frequency: "quarterly",
        decimals: 0,
        better: "higher",
        aggregation: "none",
      },
    ])
    .execute();
  const target = { since, until: null, metric: "ae-4h", to_period: null, source: "standard" };
  await db
    .insertInto("target")
    .values([
      { ...target, organisation: null, value: 95, from_period: 12 * 2010 },
      { ...target, organisation: "RA", value: 76, from_period: MARCH_2024 },
    ])
    .execute();
  const { id: protocol } = await db
    .insertInto("protocol")
    .values({ since, until: null, body: "{}" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { version: since, protocol };
}

/** A submission that was read, and its bytes. */
export async function seedSubmission(db: Kysely<Database>, organisation: string, text: string): Promise<number> {
  const { id } = await db
    .insertInto("submission")
    .values({
      organisation,
      channel: "api",
      submitted_by: "robot",
      received_at: "2024-04-20T09:00:00Z",
      filename: "march.csv",
      media_type: "text/csv",
      template: null,
      issued: null,
      sha256: text,
      size: text.length,
      idempotency_key: null,
      released_by: null,
      failure: null,
      status: "accepted",
      read_at: "2024-04-20T09:00:01Z",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("submission_file")
    .values({ submission: id, bytes: Buffer.from(text) })
    .execute();
  return id;
}
