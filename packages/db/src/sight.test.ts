import { sql } from "kysely";
import { afterAll, describe, expect, test } from "vitest";
import { listAssessments } from "./assessments.ts";
import { listEscalations } from "./escalation-lists.ts";
import { findPerson, type KnownPerson } from "./people.ts";
import { seesSeries } from "./sight.ts";
import { listSubmissions } from "./submission-reports.ts";
import { seedEscalation, seedSeries } from "./testing-cases.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);

// Cases of two providers before the board, one of several areas before the SLT, and one that its owner alone knows yet.
const world = await seedCatalogue(db);
await db
  .updateTable("protocol")
  .set({ body: JSON.stringify({ escalate: ["system", "provider"] }) })
  .execute();
const seat = { since: world.version, name: "Sam Fielding" };
await db
  .insertInto("person")
  .values([
    { ...seat, email: "uec@example.org", role: "chair", forum: "UEC", organisation: null },
    { ...seat, email: "ec@example.org", role: "observer", forum: "EC", organisation: null },
    { ...seat, email: "slt@example.org", role: "chair", forum: "SLT", organisation: null },
    { ...seat, email: "provider@example.org", role: "owner", forum: null, organisation: "RB" },
    { ...seat, email: "ward@example.org", role: "owner", forum: null, organisation: "RA1" },
    { ...seat, email: "system@example.org", role: "analyst", forum: null, organisation: "SYS" },
    { ...seat, email: "auditor@example.org", role: "auditor", forum: null, organisation: null },
  ])
  .execute();

const submission = await seedSubmission(db, "RA", "a");
const submissions = [submission, await seedSubmission(db, "RB", "b")];
await db
  .updateTable("submission")
  .set({ sign_off_asked_at: "2024-04-20T09:00:01Z", unsigned_from: "2024-05-20T09:00:00Z" })
  .where("id", "=", submission)
  .execute();

async function seedCase(metric: string, organisation: string, set: object): Promise<number> {
  const series = await seedSeries(db, { metric, organisation, submission });
  const { escalation } = await seedEscalation(db, world, { series, organisation, submission });
  await db.updateTable("escalation").set(set).where("id", "=", escalation).execute();
  return escalation;
}
const shown = await seedCase("ae-4h", "RA", { tier: "board", forum: "UEC" });
const unreleased = await seedCase("ae-4h", "RB", { tier: "board", forum: "UEC", shown_at: "2024-04-22T09:00:00Z" });
const elective = await seedCase("staff-survey", "RA", { area: "EC", tier: "board", forum: "EC" });
const severalAreas = await seedCase("ae-4h", "SYS", {
  concern: "several-areas",
  organisation: "RA",
  metric: null,
  series: null,
  area: null,
});
await db
  .updateTable("escalation_event")
  .set({ areas: ["UEC"] })
  .where("escalation", "=", severalAreas)
  .execute();
await seedSeries(db, { metric: "ae-4h", organisation: "RA1", submission });

const now = Temporal.Instant.from("2024-04-21T09:00:00Z");
const later = now.add({ hours: 48 });

async function seeing(name: string): Promise<KnownPerson> {
  const person = await findPerson(db, `${name}@example.org`);
  if (person === null) throw new Error(`nobody is ${name}`);
  return person;
}
async function casesOf(name: string, at = now): Promise<number[]> {
  const { sight } = await seeing(name);
  const found = await listEscalations(db, { sight, now: at }, { after: 0, limit: 100 });
  return found.map(({ id }) => id);
}
async function seriesOf(name: string): Promise<string[]> {
  const { sight } = await seeing(name);
  const found = await listAssessments(db, { sight }, { after: null, limit: 100 });
  return [...new Set(found.map(({ metric, organisation }) => `${metric} ${organisation}`))];
}

describe("cases", () => {
  test.each([
    ["uec", "a board's chair: what is shown to the board, and what names its area", [shown, severalAreas]],
    ["ec", "a board's observer: not what stands before another board", [elective]],
    ["slt", "the SLT's chair: what is shown to the SLT and the boards below", [shown, elective, severalAreas]],
    ["provider", "a provider's owner: their own, before anybody else", [unreleased]],
    ["ward", "a ward's owner: not the provider's", []],
    ["system", "an analyst of the system: all", [shown, unreleased, elective, severalAreas]],
    ["auditor", "an auditor: all", [shown, unreleased, elective, severalAreas]],
  ])("of %s: %s", async (name, _, expected) => {
    expect(await casesOf(name)).toEqual(expected);
  });

  test("reach a board when they are released", async () => {
    expect(await casesOf("uec", later)).toEqual([shown, unreleased, severalAreas]);
  });
});

describe("series", () => {
  const providers = ["ae-4h RA", "ae-4h RB"];
  test.each([
    ["uec", "of the area, at the levels that become cases: no ward", [...providers, "ae-4h SYS"]],
    ["ec", "of the area alone", ["staff-survey RA"]],
    ["slt", "of every board below", [...providers, "ae-4h SYS", "staff-survey RA"]],
    ["provider", "of one's own organisation", ["ae-4h RB"]],
    ["ward", "of the ward, not of what it is part of", ["ae-4h RA1"]],
    ["system", "of everybody", ["ae-4h RA", "ae-4h RA1", "ae-4h RB", "ae-4h SYS", "staff-survey RA"]],
    ["auditor", "of everybody", ["ae-4h RA", "ae-4h RA1", "ae-4h RB", "ae-4h SYS", "staff-survey RA"]],
  ])("of %s: %s", async (name, _, expected) => {
    expect(await seriesOf(name)).toEqual(expected);
    const { sight } = await seeing(name);
    const ward = { organisation: "RA1", kind: "ward", area: "UEC" } as const;
    expect(seesSeries(sight, ward)).toBe(expected.includes("ae-4h RA1"));
  });
});

describe("submissions", () => {
  test.each([
    ["uec", []],
    ["slt", []],
    ["provider", submissions.slice(1)],
    ["ward", []],
    ["system", submissions],
    ["auditor", submissions],
  ])("of %s", async (name, expected) => {
    const { sight } = await seeing(name);
    const found = await listSubmissions(db, { visible: sight.organisations }, { after: 0, limit: 100 });
    expect(found.map(({ id }) => id)).toEqual(expected);
  });
});

describe("a figure whose submission waits for its executive's signature", () => {
  const valueSeenBy = async (name: string) => {
    const { sight } = await seeing(name);
    const filter = { sight, metric: "ae-4h", organisation: "RA", from: MARCH_2024 };
    return (await listAssessments(db, filter, { after: null, limit: 1 }))[0];
  };
  test.each(["uec", "slt"])("has no value for %s, who sees it by forum alone, and keeps its rating", async (name) => {
    expect(await valueSeenBy(name)).toMatchObject({ value: null, noValue: "not signed off yet", rag: "red" });
  });
  test.each(["system", "auditor"])("has its value for %s", async (name) => {
    expect(await valueSeenBy(name)).toMatchObject({ value: 71.5, noValue: null });
  });
  test("is not told by what is computed from it either: of the months it gave, the value above is kept back", async () => {
    const { rows } = await sql<{ id: number; organisation: string }>`select id, organisation from series
      where metric = 'ae-4h' and organisation in ('RA', 'SYS')`.execute(db);
    const [below, above] = ["RA", "SYS"].map((code) => rows.find(({ organisation }) => organisation === code)?.id ?? 0);
    await sql`insert into series_state (series, parent) values (${below}::int, ${above}::int)`.execute(db);
    await sql`insert into observation (series, period, submission, row_number, issued, value)
      values (${below}::int, ${MARCH_2024}, ${submission}, 1, '2024-04-20', 71.5)`.execute(db);
    await sql`update series_decision set submissions = array[null, null, null]::bigint[] where series = ${above}::int`.execute(
      db,
    );
    const valuesSeenBy = async (name: string) => {
      const { sight } = await seeing(name);
      const filter = { sight, metric: "ae-4h", organisation: "SYS" };
      return (await listAssessments(db, filter, { after: null, limit: 9 })).map(({ value }) => value);
    };
    expect(await valuesSeenBy("uec")).toEqual([96.25, null, null]);
    expect(await valuesSeenBy("system")).toEqual([96.25, null, 71.5]);
  });
  test("has its value for all once it is signed", async () => {
    const signed = { signed_off_at: now.toString(), signed_off_by: "erin.executive@example.org" };
    await db.updateTable("submission").set(signed).where("id", "=", submission).execute();
    expect(await valueSeenBy("uec")).toMatchObject({ value: 71.5, noValue: null });
  });
});
