import { afterAll, expect, test } from "vitest";
import { createKey, findKey, KeyRefused, listKeys, revokeKey } from "./api-keys.ts";
import { endSession, readSession, writeSession } from "./sessions.ts";
import { isSignInLinkGood, makeSignInLink, useSignInLink } from "./sign-in-links.ts";
import { seedCatalogue } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
await seedCatalogue(db);

const now = Temporal.Instant.from("2026-04-20T09:00:00Z");
const later = now.add({ hours: 13 });

test("a key is found by what its holder presents until it is revoked, and only its hash is kept", async () => {
  const key = await createKey(db, { organisation: "RA", name: "robot", scopes: ["submit", "read"], now });
  expect(await findKey(db, key)).toMatchObject({ name: "robot", organisation: "RA", scopes: ["submit", "read"] });
  expect(await findKey(db, `${key}x`)).toBeNull();
  expect(JSON.stringify(await db.selectFrom("api_key").selectAll().execute())).not.toContain(key);
  expect(await revokeKey(db, "robot", now)).toBe(true);
  expect(await findKey(db, key)).toBeNull();
  expect(await revokeKey(db, "robot", now)).toBe(false);
});

test("a key needs a known organisation and a name of its own; a revoked name may be used again", async () => {
  const wanted = { organisation: "RB", name: "reader", scopes: ["read"], now } as const;
  await expect(createKey(db, { ...wanted, organisation: "nowhere" })).rejects.toThrow(KeyRefused);
  await createKey(db, wanted);
  await expect(createKey(db, wanted)).rejects.toThrow("There is a key named reader");
  await revokeKey(db, "reader", now);
  await createKey(db, wanted);
  const named = (await listKeys(db)).filter(({ name }) => name === "reader");
  expect(named.map(({ revokedAt }) => revokedAt === null)).toEqual([true, false]);
});

test("a sign-in link works once, even for two at the same moment, and not after twelve hours", async () => {
  const token = await makeSignInLink(db, now);
  expect(await isSignInLinkGood(db, token, now)).toBe(true);
  expect(await isSignInLinkGood(db, token, later)).toBe(false);
  const used = await Promise.all([useSignInLink(db, token, now), useSignInLink(db, token, now)]);
  expect(used.filter((role) => role !== null)).toEqual(["operator"]);
  expect(await isSignInLinkGood(db, token, now)).toBe(false);
  expect(await useSignInLink(db, await makeSignInLink(db, now), later)).toBeNull();
});

test("a session lasts until it ends or is ended", async () => {
  await writeSession(db, { id: "s1", data: { role: "operator" }, expiresAt: now.add({ hours: 1 }), now });
  expect(await readSession(db, "s1", now)).toEqual({ role: "operator" });
  expect(await readSession(db, "s1", later)).toBeNull();
  await writeSession(db, { id: "s2", data: {}, expiresAt: later.add({ hours: 1 }), now: later });
  expect(await db.selectFrom("session").select("id").execute()).toEqual([{ id: "s2" }]);
  await endSession(db, "s2");
  expect(await readSession(db, "s2", later)).toBeNull();
});
