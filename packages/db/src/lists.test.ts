import { afterAll, describe, expect, test } from "vitest";
import { acknowledgeEscalation } from "./acknowledge.ts";
import { listAssessments } from "./assessments.ts";
import { listEscalations, readEscalation } from "./escalation-lists.ts";
import { listNotices, readNoticeMessage } from "./notice-lists.ts";
import { readSeriesPoints } from "./series-points.ts";
import { listSubmissions } from "./submission-reports.ts";
import { SEES_ALL, sightOfOrganisations } from "./sight.ts";
import { seedEscalation, seedSeries } from "./testing-cases.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";
import { visibleTo, type Visible } from "./visible-organisations.ts";

const { db, close } = await testDatabase();
afterAll(close);

const world = await seedCatalogue(db);
const submission = await seedSubmission(db, "RA", "a");
await seedSubmission(db, "RB", "b");
const ofB = await seedSeries(db, { metric: "ae-4h", organisation: "RB", submission });
const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
const { escalation, notice, mail } = await seedEscalation(db, world, { series, organisation: "RA", submission });
const now = Temporal.Instant.from("2024-04-21T09:00:00Z");

test("an organisation sees itself and those below it, the system everything", async () => {
  expect(await visibleTo(db, "RA")).toEqual(["RA", "RA1"]);
  expect(await visibleTo(db, "RA1")).toEqual(["RA1"]);
  expect(await visibleTo(db, "SYS")).toBeNull();
  expect(await visibleTo(db, "gone")).toEqual(["gone"]);
});

describe("assessments", () => {
  test("come in order of metric, organisation and period, with what was decided", async () => {
    const all = await listAssessments(db, { sight: SEES_ALL }, { after: null, limit: 1000 });
    expect(all.map((one) => [one.organisation, one.period - MARCH_2024])).toEqual([
      ...[-2, -1, 0].map((month) => ["RA", month]),
      ...[-2, -1, 0].map((month) => ["RB", month]),
    ]);
    expect(all[2]).toEqual({
      metric: "ae-4h",
      organisation: "RA",
      frequency: "monthly",
      period: MARCH_2024,
      value: 71.5,
      plan: null,
      rag: "red",
      provisional: true,
      deterioratingFor: 2,
      watch: true,
      silentFor: 0,
      tier: "slt",
      reasons: [
        { rule: "threshold", tier: "slt" },
        { rule: "deterioration", tier: "slt" },
      ],
      partial: false,
      missing: [],
      submission,
      restated: false,
      mark: null,
      noValue: null,
    });
    expect(all[1]).toMatchObject({ value: null, rag: "grey", silentFor: 1, submission: null });
  });

  test("page by page give the same list, whatever the page's size", async () => {
    const all = await listAssessments(db, { sight: SEES_ALL }, { after: null, limit: 1000 });
    for (const limit of [1, 2, 3, 4]) {
      const paged = [];
      for (;;) {
        const page = await listAssessments(db, { sight: SEES_ALL }, { after: paged.at(-1) ?? null, limit });
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(all);
    }
  });

  test("keep to the periods and the organisations asked for", async () => {
    const some = await listAssessments(
      db,
      { sight: sightOfOrganisations(["RA"]), metric: "ae-4h", from: MARCH_2024 - 1, to: MARCH_2024 - 1 },
      { after: null, limit: 9 },
    );
    expect(some).toHaveLength(1);
    expect(
      await listAssessments(db, { sight: sightOfOrganisations(["RA"]), organisation: "RB" }, { after: null, limit: 9 }),
    ).toEqual([]);
  });
});

describe("escalations", () => {
  const page = { after: 0, limit: 10 };

  test("show one event a period, those they replaced with history, their notices and the plan asked for", async () => {
    const [found] = await listEscalations(db, { sight: sightOfOrganisations(["RA"]), now }, page);
    expect(found).toMatchObject({ id: escalation, tier: "slt", standing: true, previous: null, acknowledged: null });
    expect(found?.events.map(({ event, tier }) => [event, tier])).toEqual([["raised", "slt"]]);
    expect(found?.notices.map(({ id, status }) => [id, status])).toEqual([[notice, "sent"]]);
    expect(found?.actionPlan).toMatchObject({ dueOn: "2024-05-07", status: "asked" });
    const whole = await readEscalation(db, escalation, { sight: SEES_ALL, now, history: true });
    expect(whole?.events.map(({ tier, replacedAt }) => [tier, replacedAt !== null])).toEqual([
      ["board", true],
      ["slt", false],
    ]);
  });

  test("are in a forum's list from the moment they are shown to it, and only in its own", async () => {
    const before = Temporal.Instant.from("2024-04-20T08:00:00Z");
    expect(await listEscalations(db, { sight: SEES_ALL, now: before, forum: "SLT" }, page)).toEqual([]);
    expect(await listEscalations(db, { sight: SEES_ALL, now: before }, page)).toHaveLength(1);
    expect(await listEscalations(db, { sight: SEES_ALL, now, forum: "SLT" }, page)).toHaveLength(1);
    expect(await listEscalations(db, { sight: SEES_ALL, now, forum: "UEC" }, page)).toEqual([]);
  });

  test("are chosen by standing, tier, metric, organisation and concern, and hidden from other organisations", async () => {
    const all = { sight: SEES_ALL, now };
    expect(await listEscalations(db, { ...all, standing: false }, page)).toEqual([]);
    expect(await listEscalations(db, { ...all, tier: "board" }, page)).toEqual([]);
    expect(await listEscalations(db, { ...all, concern: "reporting" }, page)).toEqual([]);
    expect(await listEscalations(db, { ...all, metric: "ae-4h", organisation: "RA", tier: "slt" }, page)).toHaveLength(
      1,
    );
    expect(await listEscalations(db, { sight: sightOfOrganisations(["RB"]), now }, page)).toEqual([]);
    expect(await readEscalation(db, escalation, { sight: sightOfOrganisations(["RB"]), now })).toBeNull();
  });

  test("that were withdrawn are in the history only, and still found by their number", async () => {
    await db.updateTable("escalation").set({ withdrawn: true, standing: false }).where("id", "=", escalation).execute();
    expect(await listEscalations(db, { sight: SEES_ALL, now }, page)).toEqual([]);
    expect(await listEscalations(db, { sight: SEES_ALL, now, history: true }, page)).toHaveLength(1);
    expect(await readEscalation(db, escalation, { sight: SEES_ALL, now })).not.toBeNull();
    await db.updateTable("escalation").set({ withdrawn: false, standing: true }).where("id", "=", escalation).execute();
  });

  test("are acknowledged with a note, which the audit trail keeps", async () => {
    await acknowledgeEscalation(db, escalation, { actor: "key robot", note: "Seen", now });
    const found = await readEscalation(db, escalation, { sight: SEES_ALL, now });
    expect(found?.acknowledged).toMatchObject({ by: "key robot", note: "Seen" });
    const kept = await db.selectFrom("audit").select(["action", "subject"]).execute();
    expect(kept).toContainEqual({ action: "escalation-acknowledged", subject: `escalation ${escalation}` });
  });
});

test("a series shows each period with its target: its own before the general one", async () => {
  const ra = await readSeriesPoints(db, "ae-4h", "RA");
  expect(ra?.points.map(({ value, target, rag }) => [value, target, rag])).toEqual([
    [96.25, 95, "green"],
    [null, 95, "grey"],
    [71.5, 76, "red"],
  ]);
  expect((await readSeriesPoints(db, "ae-4h", "RA1"))?.points).toEqual([]);
  expect(await readSeriesPoints(db, "nothing", "RA")).toBeNull();
});

test("notices are chosen by case and recipient, with the mail that carried them, for those who may see the case", async () => {
  const page = { after: 0, limit: 10 };
  const told = await listNotices(db, { visible: ["RA"], escalation, recipient: "Chair@example.org" }, page);
  expect(told).toMatchObject([
    { id: notice, kind: "digest", messageId: `<${escalation}@example.org>`, status: "sent" },
  ]);
  expect(await listNotices(db, { visible: ["RB"] }, page)).toEqual([]);
});

test("a mail is read by who may see all that it tells of, or by its recipient; a notice alone is no key to the rest", async () => {
  const read = async (of: number, visible: Visible, reader: string | null = null) => {
    const found = await readNoticeMessage(db, of, { visible, reader, holdsLinks: visible === null }, now);
    return found?.kind === "mail" ? found.raw.toString().includes("Message-ID: <1@example.org>") : found;
  };
  expect(await read(notice, null)).toBe(true);
  expect(await read(notice, ["RA"])).toBe(true);
  expect(await read(notice, ["RB"])).toBeNull();
  const other = await seedEscalation(db, world, { series: ofB, organisation: "RB", submission });
  await db.updateTable("notice").set({ mail }).where("id", "=", other.notice).execute();
  for (const [of, visible] of [
    [notice, ["RA"]],
    [other.notice, ["RB"]],
  ] as const) {
    expect(await read(of, visible)).toEqual({ kind: "others" });
    expect(await read(of, visible, "somebody@example.org")).toEqual({ kind: "others" });
    expect(await read(of, visible, "Chair@example.org")).toBe(true);
    expect((await listNotices(db, { visible }, { after: 0, limit: 10 })).map(({ id }) => id)).toEqual([of]);
  }
  expect(await read(notice, ["RA", "RB"])).toBe(true);
  expect(await read(notice, null)).toBe(true);
  // While a link in it opens, it is its recipient's, and those's who hold all keys.
  const request = await db
    .selectFrom("request")
    .select("id")
    .where("escalation", "=", escalation)
    .executeTakeFirstOrThrow();
  const link = { request: request.id, escalation, person: "chair@example.org", made_at: now.toString() };
  await db
    .insertInto("answer_link")
    .values({ ...link, expires_at: now.add({ hours: 1 }).toString() })
    .execute();
  expect(await read(notice, ["RA", "RB"])).toEqual({ kind: "link" });
  expect(await read(notice, ["RA", "RB"], "Chair@example.org")).toBe(true);
  expect(await read(notice, null)).toBe(true);
  await db.updateTable("answer_link").set({ revoked_at: now.toString(), revoked_by: "operator" }).execute();
  expect(await read(notice, ["RA", "RB"])).toBe(true);
  // What is of no organisation, such as a summary of all that stands, only those see who see all.
  await db.updateTable("notice").set({ escalation: null, event: null }).where("id", "=", other.notice).execute();
  await db.updateTable("telling").set({ organisation: null }).where("id", "=", other.telling).execute();
  expect(await read(notice, ["RA", "RB"])).toEqual({ kind: "others" });
  expect(await read(notice, null)).toBe(true);
});

test("submissions are listed to their organisation, oldest first", async () => {
  expect((await listSubmissions(db, { visible: null }, { after: 0, limit: 9 })).map((one) => one.organisation)).toEqual(
    ["RA", "RB"],
  );
  expect(await listSubmissions(db, { visible: ["RB"] }, { after: 0, limit: 9 })).toMatchObject([
    { organisation: "RB" },
  ]);
  expect(await listSubmissions(db, { visible: null, status: "rejected" }, { after: 0, limit: 9 })).toEqual([]);
});
