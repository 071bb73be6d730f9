import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { endSession, endSessions, listSessions, readSession, writeSession } from "./sessions.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
beforeEach(async () => {
  await db.deleteFrom("session").execute();
});

const now = Temporal.Instant.from("2026-04-20T09:00:00Z");
const chair = "chris.chair@example.org";
const keep = (id: string, person: string | null = chair, at = now) =>
  writeSession(db, {
    id,
    data: { id },
    person,
    place: "Firefox on Windows",
    expiresAt: at.add({ hours: 12 }),
    now: at,
  });
const isLive = async (id: string, at = now) => (await readSession(db, id, at)) !== null;
const listed = async (person: string | null, at = now) =>
  (await listSessions(db, { person, own: "s1", now: at, limit: 10 })).map((session) => ({ ...session, number: 0 }));

describe("a session", () => {
  test("holds what was put into it, until twelve hours are over, however much it is used", async () => {
    await keep("s1");
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
      expect([hours, await readSession(db, "s1", now.add({ hours }))]).toEqual([hours, { id: "s1" }]);
    }
    expect(await isLive("s1", now.add({ hours: 12 }))).toBe(false);
  });

  test("is over when nothing was done for two hours", async () => {
    await keep("s1");
    expect(await isLive("s1", now.add({ minutes: 119 }))).toBe(true);
    expect(await isLive("s1", now.add({ minutes: 119 + 119 }))).toBe(true);
    expect(await isLive("s1", now.add({ minutes: 119 + 119 + 120 }))).toBe(false);
  });

  test("says when it was last used, written once a minute at most", async () => {
    await keep("s1");
    await readSession(db, "s1", now.add({ seconds: 50 }));
    expect((await listed(chair))[0]?.lastSeenAt).toEqual(now);
    await readSession(db, "s1", now.add({ seconds: 61 }));
    expect((await listed(chair))[0]?.lastSeenAt).toEqual(now.add({ seconds: 61 }));
  });

  test("that is ended is not brought back by a request that was under way, and keeps nothing", async () => {
    await keep("s1");
    await endSession(db, "s1", now);
    await keep("s1");
    expect(await isLive("s1")).toBe(false);
    expect(await db.selectFrom("session").select("data").execute()).toEqual([{ data: {} }]);
  });

  test("that is over leaves the table", async () => {
    await keep("s1");
    await keep("s2", null, now.add({ hours: 3 }));
    expect(await db.selectFrom("session").select("id").execute()).toEqual([{ id: "s2" }]);
  });
});

test("somebody's sessions are listed, last used first; everybody's are those of all who signed in", async () => {
  await keep("s1");
  await keep("s2", chair, now.add({ minutes: 1 }));
  await keep("s3", "operator");
  await keep("s4", null);
  const place = "Firefox on Windows";
  const first = { number: 0, person: chair, place, madeAt: now, lastSeenAt: now, isThis: true };
  const later = now.add({ minutes: 1 });
  const second = { ...first, madeAt: later, lastSeenAt: later, isThis: false };
  expect(await listed(chair)).toEqual([second, first]);
  expect(await listed(null)).toEqual([second, { ...first, person: "operator", isThis: false }, first]);
});

describe("ending sessions", () => {
  const by = { actor: chair, now };
  const numberOf = async (person: string) =>
    (await listSessions(db, { person, own: null, now, limit: 1 }))[0]?.number ?? 0;

  test("one by one reaches one's own alone, unless one may end anybody's", async () => {
    await keep("s1");
    await keep("s2", "ann.other@example.org");
    const which = { number: await numberOf("ann.other@example.org") };
    expect(await endSessions(db, { of: chair, which }, by)).toBe(0);
    expect(await isLive("s2")).toBe(true);
    expect(await endSessions(db, { of: null, which }, { actor: "operator", now })).toBe(1);
    expect(await isLive("s2")).toBe(false);
    expect(await isLive("s1")).toBe(true);
    const [entry] = await db.selectFrom("audit").select(["actor", "action", "detail"]).execute();
    const detail = { sessions: 1, people: ["ann.other@example.org"] };
    expect(entry).toEqual({ actor: "operator", action: "sessions-ended", detail });
  });

  test("all but one's own leaves this one, and everybody else's", async () => {
    for (const id of ["s1", "s2", "s3"]) await keep(id);
    await keep("s4", "ann.other@example.org");
    expect(await endSessions(db, { of: chair, which: { allBut: "s1" } }, by)).toBe(2);
    expect(await Promise.all(["s1", "s2", "s3", "s4"].map((id) => isLive(id)))).toEqual([true, false, false, true]);
  });
});
