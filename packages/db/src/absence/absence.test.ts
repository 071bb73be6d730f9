import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { writeTellings, type TellingRow } from "../evaluation/write-tellings.ts";
import { findPerson } from "../people.ts";
import { makeNotices } from "../tellings.ts";
import { seedCatalogue } from "../testing-world.ts";
import { testDatabase } from "../testing.ts";
import { recordBounces } from "./bounces.ts";
import { endDeputy, nameDeputy } from "./deputies.ts";
import { aRequest, seedPeople } from "./testing.ts";
import { listLeavers } from "./unreached.ts";

const { db, close } = await testDatabase();
afterAll(close);
const world = await seedCatalogue(db);
const CHRISTMAS = Temporal.Instant.from("2026-12-25T09:00:00Z");
const today = "2026-12-25";
const acting = { actor: "farah@example.org", today, now: CHRISTMAS };

beforeAll(() => seedPeople(db, world.version));
beforeEach(async () => {
  await db.deleteFrom("deputy").execute();
  await db.deleteFrom("bounce").execute();
});

async function told(given: Partial<TellingRow>): Promise<[recipient: string, inPlaceOf: string[]][]> {
  const row = aRequest({ tellAt: CHRISTMAS, ...given });
  await db.transaction().execute((trx) => writeTellings(trx, [row]));
  await makeNotices(db, CHRISTMAS);
  return whoHears(row.key);
}

async function whoHears(key: string): Promise<[recipient: string, inPlaceOf: string[]][]> {
  const rows = await db
    .selectFrom("notice as n")
    .innerJoin("telling as t", "t.id", "n.telling")
    .select(["n.recipient", "n.in_place_of"])
    .where("t.key", "=", key)
    .orderBy("n.recipient")
    .execute();
  return rows.map(({ recipient, in_place_of }) => [
    recipient,
    (in_place_of as { name: string; why: string; until: string | null }[]).map(
      ({ name, why, until }) => `${name}, ${why}${until === null ? "" : ` until ${until}`}`,
    ),
  ]);
}

const standIn = (person: string, deputy: string, [fromDay, toDay]: readonly [string, string] = [today, "2027-01-03"]) =>
  nameDeputy(db, { person, deputy, fromDay, toDay, reason: "" }, acting);
const bounces = (...addresses: string[]) =>
  db
    .transaction()
    .execute((trx) =>
      recordBounces(
        trx,
        { found: addresses.map((address) => ({ address, said: "550 no", mail: null, at: CHRISTMAS })), by: "import" },
        CHRISTMAS,
      ),
    );

describe("who is away", () => {
  test("has a deputy told in their place, on the first and the last day and on no other", async () => {
    await standIn("farah@example.org", "ben@example.org", ["2026-12-20", today]);
    const stood = ["Farah Quinn, away until 2026-12-25"];
    expect(await told({ recipients: ["Farah@example.org"] })).toEqual([["ben@example.org", stood]]);
    await db.updateTable("deputy").set({ from_day: "2026-12-26", to_day: "2027-01-03" }).execute();
    expect(await told({ recipients: ["Farah@example.org"] })).toEqual([["farah@example.org", []]]);
  });

  test("is told themselves from the moment the deputy is ended", async () => {
    const named = await standIn("farah@example.org", "ben@example.org");
    const id = "id" in named ? named.id : 0;
    expect(await endDeputy(db, { id, person: "ben@example.org", today }, acting)).toBe(false);
    expect(await endDeputy(db, { id, person: "FARAH@example.org", today }, acting)).toBe(true);
    expect(await told({ recipients: ["farah@example.org"] })).toEqual([["farah@example.org", []]]);
  });

  test("costs a deputy who is told anyway no second notice", async () => {
    await standIn("farah@example.org", "ben@example.org");
    expect(await told({ recipients: ["farah@example.org", "ben@example.org"] })).toEqual([
      ["ben@example.org", ["Farah Quinn, away until 2027-01-03"]],
    ]);
  });

  test("is not told, nor is the deputy, of what either of them did", async () => {
    await standIn("farah@example.org", "ben@example.org");
    expect(await told({ recipients: ["farah@example.org"], detail: { except: ["ben@example.org"] } })).toEqual([]);
    expect(await told({ recipients: ["farah@example.org"], detail: { except: ["farah@example.org"] } })).toEqual([]);
  });

  test("has the next in line told where the deputy is away too, and no chain or circle is followed", async () => {
    await standIn("farah@example.org", "ben@example.org");
    await standIn("ben@example.org", "farah@example.org");
    expect(await told({ recipients: ["farah@example.org"] })).toEqual([
      ["tess@example.org", ["Farah Quinn, away until 2027-01-03"]],
    ]);
  });
});

describe("the next in line", () => {
  test.each<[string, readonly string[], string]>([
    ["is the organisation's owner", ["farah@example.org"], "tess@example.org"],
    ["else the owner above", ["farah@example.org", "tess@example.org"], "sys@example.org"],
    ["else the executive", ["farah@example.org", "tess@example.org", "sys@example.org"], "boss@example.org"],
    [
      "else the operator",
      ["farah@example.org", "tess@example.org", "sys@example.org", "boss@example.org"],
      "operator@example.org",
    ],
    [
      "else there is none, and it goes where it was addressed",
      ["farah@example.org", "tess@example.org", "sys@example.org", "boss@example.org", "operator@example.org"],
      "farah@example.org",
    ],
  ])("of a bouncing address %s", async (_, refusing, heard) => {
    await bounces(...refusing);
    expect((await told({ recipients: ["farah@example.org"] })).map(([recipient]) => recipient)).toEqual([heard]);
  });

  test("of a chair is the forum's secretary", async () => {
    await bounces("chair@example.org");
    expect(await told({ recipients: ["chair@example.org"], forums: [], organisation: null })).toEqual([
      ["secretary@example.org", ["Cy Hall, bouncing"]],
    ]);
  });

  test("of an operator is another operator, and no owner", async () => {
    await bounces("operator@example.org");
    expect((await told({ recipients: [] })).map(([recipient]) => recipient)).toEqual(["operator@example.org"]);
  });

  test("of who has left is found in the catalogue in force; an address that no catalogue knew is written to", async () => {
    expect(await told({ recipients: ["lee@example.org"], organisation: "RB" })).toEqual([
      ["sys@example.org", ["Lee Moss, left"]],
    ]);
    expect(await told({ recipients: ["stranger@example.org"] })).toEqual([["stranger@example.org", []]]);
    await db
      .insertInto("series_detail")
      .values({
        since: world.version,
        until: null,
        metric: "ae-4h",
        organisation: "RB",
        owner: "lee@example.org",
        author: "stranger@example.org",
        contract: null,
        commissioner: null,
      })
      .execute();
    expect(await listLeavers(db, null)).toEqual([
      { address: "lee@example.org", name: "Lee Moss", requests: 0, series: 1 },
      { address: "stranger@example.org", name: null, requests: 0, series: 1 },
    ]);
  });
});

test("mail that came back is told again, once, to somebody who has not had it", async () => {
  const key = "came back";
  await told({ key, kind: "digest", reason: "raised", recipients: ["farah@example.org", "tess@example.org"] });
  const { id: mail } = await db
    .insertInto("mail")
    .values({
      kind: "digest",
      recipient: "farah@example.org",
      sent_to: "farah@example.org",
      message_id: "<came-back@example.org>",
      subject: "One",
      raw: null,
      status: "sent",
      made_at: CHRISTMAS.toString(),
      attempted_at: CHRISTMAS.toString(),
      sent_at: CHRISTMAS.toString(),
      failure: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .updateTable("notice")
    .set({ mail, status: "sent" })
    .where("recipient", "=", "farah@example.org")
    .where("kind", "=", "digest")
    .execute();
  await db.updateTable("notice").set({ status: "sent" }).where("recipient", "=", "tess@example.org").execute();
  expect(await bounces("FARAH@example.org")).toEqual(["farah@example.org"]);
  expect(await bounces("farah@example.org")).toEqual([]);
  await makeNotices(db, CHRISTMAS);
  const again = await db.selectFrom("telling").select("key").where("key", "like", "came back came back%").execute();
  expect(again).toHaveLength(1);
  // Tess is next in line and has had it: nobody hears of it twice.
  expect(await whoHears(again[0]?.key ?? "")).toEqual([]);
});

describe("a deputy is refused", () => {
  test.each([
    ["yourself", "FARAH@example.org", today, "2027-01-03", "yourself"],
    ["somebody the catalogue does not know", "nobody@example.org", today, "2027-01-03", "nobody"],
    ["somebody who has left", "lee@example.org", today, "2027-01-03", "nobody"],
    ["days that are over", "ben@example.org", "2026-12-01", "2026-12-24", "past"],
    ["days the wrong way round", "ben@example.org", "2027-01-03", "2027-01-02", "backwards"],
    ["more than a year", "ben@example.org", today, "2027-12-31", "too-long"],
  ])("of %s", async (_, deputy, from, to, why) => {
    expect(await standIn("farah@example.org", deputy, [from, to])).toMatchObject({ why });
  });

  test("of days that touch others by one day, also when both are asked for at once", async () => {
    const asked = await Promise.all([
      standIn("farah@example.org", "ben@example.org", ["2026-12-25", "2026-12-31"]),
      standIn("Farah@example.org", "tess@example.org", ["2026-12-31", "2027-01-03"]),
    ]);
    expect(asked.filter((one) => "id" in one)).toHaveLength(1);
    expect(asked.find((one) => "why" in one)).toMatchObject({ why: "overlaps", with: { personName: "Farah Quinn" } });
    expect(await standIn("farah@example.org", "tess@example.org", ["2027-01-04", "2027-01-05"])).toHaveProperty("id");
  });
});

test("a deputy reaches and sits where the person does who is away, on those days, and no operator's rights are passed on", async () => {
  await standIn("farah@example.org", "ben@example.org");
  await standIn("operator@example.org", "ben@example.org");
  const ben = await findPerson(db, "ben@example.org", "2027-01-03");
  expect(ben).toMatchObject({ name: "Ben Shah", isOperator: false });
  expect(ben?.reach.get("owner")).toContain("RA");
  expect(ben?.seats.get("member")).toEqual(["EC"]);
  expect(ben?.standsInFor.map(({ name, until }) => [name, until])).toEqual([
    ["Farah Quinn", "2027-01-03"],
    ["Oz Park", "2027-01-03"],
  ]);
  const after = await findPerson(db, "ben@example.org", "2027-01-04");
  expect(after?.reach.get("owner")).toBeUndefined();
  expect(after?.standsInFor).toEqual([]);
  const [entry] = await db
    .selectFrom("audit")
    .select("detail")
    .where("action", "=", "deputy-named")
    .orderBy("id", "desc")
    .execute();
  expect(entry?.detail).toMatchObject({ person: "operator@example.org", deputy: "ben@example.org" });
});
