import { afterAll, expect, test } from "vitest";
import { createKey, findKey, KeyRefused, listKeys, revokeKey } from "./api-keys.ts";
import { findPerson, listPeople, reachOf } from "./people.ts";
import { mailSignInLink, makeSignInLink, newSignInToken, signInLinkFor, useSignInLink } from "./sign-in-links.ts";
import { seedCatalogue } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);
const { version: since } = await seedCatalogue(db);
const person = (email: string, role: string, at: { organisation?: string; forum?: string } = {}) => ({
  since,
  email,
  name: "Sam Fielding",
  role,
  ...at,
});
await db
  .insertInto("person")
  .values([
    person("Submitter@example.org", "submitter", { organisation: "RA" }),
    person("submitter@example.org", "analyst", { organisation: "RB" }),
    person("executive@example.org", "executive", { organisation: "SYS" }),
    person("operator@example.org", "operator"),
    person("chair@example.org", "chair", { forum: "UEC" }),
  ])
  .execute();

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
  expect(await signInLinkFor(db, token, now)).toEqual({ role: "operator", person: null });
  expect(await signInLinkFor(db, token, later)).toBeNull();
  const used = await Promise.all([useSignInLink(db, token, now), useSignInLink(db, token, now)]);
  expect(used.filter((signedIn) => signedIn !== null)).toEqual([{ role: "operator", person: null }]);
  expect(await signInLinkFor(db, token, now)).toBeNull();
  expect(await useSignInLink(db, await makeSignInLink(db, now), later)).toBeNull();
});

/** Asks for a link as a page does, and returns its token where one was mailed. */
async function mailedTo(recipient: string, at = now): Promise<string | null> {
  const token = newSignInToken();
  const mail = { recipient, sentTo: recipient, messageId: `<${token}@example.org>`, subject: "Sign in", held: false };
  return (await mailSignInLink(db, token, { ...mail, raw: Buffer.from(token) }, at)) ? token : null;
}

test("a link is mailed to somebody of the catalogue, however the address is written, and lives for fifteen minutes", async () => {
  const token = (await mailedTo("Submitter@Example.org")) ?? "";
  expect(await signInLinkFor(db, token, now.add({ minutes: 14 }))).toEqual({
    role: "person",
    person: "submitter@example.org",
  });
  expect(await signInLinkFor(db, token, now.add({ minutes: 16 }))).toBeNull();
  expect(await mailedTo("stranger@example.org")).toBeNull();
  const mails = await db.selectFrom("mail").select(["kind", "recipient", "status"]).execute();
  expect(mails).toEqual([{ kind: "sign-in", recipient: "submitter@example.org", status: "deferred" }]);
});

test("nobody is mailed more than three links in a quarter of an hour", async () => {
  const asked = await Promise.all(Array.from({ length: 6 }, () => mailedTo("executive@example.org")));
  expect(asked.filter((token) => token !== null)).toHaveLength(3);
  expect(await mailedTo("executive@example.org", now.add({ minutes: 16 }))).not.toBeNull();
});

test("a person's roles reach their organisations and those below; the system's reach all", async () => {
  expect(await findPerson(db, "SUBMITTER@example.org")).toMatchObject({
    email: "submitter@example.org",
    name: "Sam Fielding",
    isOperator: false,
  });
  const reached = async (email: string, ...roles: string[]) => {
    const found = await findPerson(db, email);
    return found && reachOf(found, ...roles);
  };
  expect(await reached("submitter@example.org", "submitter")).toEqual(["RA", "RA1"]);
  expect(await reached("submitter@example.org", "executive")).toEqual([]);
  expect(await reached("submitter@example.org")).toEqual(["RA", "RA1", "RB"]);
  expect((await findPerson(db, "executive@example.org"))?.reach.get("executive")).toBeNull();
  expect(await findPerson(db, "operator@example.org")).toMatchObject({ isOperator: true });
  expect((await findPerson(db, "chair@example.org"))?.sight).toMatchObject({ organisations: [], forums: ["UEC"] });
  expect((await listPeople(db, 10)).map(({ email }) => email)).toContain("chair@example.org");
});
