import { type Clock, closeRisk, declineRisk, giveRisk, type RiskRow } from "@signalbox/db";
import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { MARCH_2024, seedCatalogue, seedSubmission } from "@signalbox/db/testing-world";
import { testDatabase } from "@signalbox/db/testing";
import { catalogueReader, openClock } from "@signalbox/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askForRisks } from "./ask-for-risks.ts";

let at: Awaited<ReturnType<typeof testDatabase>>;
let clock: Clock;
let escalation: number;
const OWNER = "olu.owner@example.org";
const acting = { by: OWNER, now: Temporal.Instant.from("2024-06-20T09:00:00Z") };
const risk: RiskRow = {
  organisation: "RA",
  reference: "BAF 3",
  title: "Patients wait too long in A&E",
  likelihood: 4,
  impact: 5,
  reviewedOn: "2024-06-01",
  owner: null,
};

beforeAll(async () => {
  at = await testDatabase();
  const { db } = at;
  const world = await seedCatalogue(db);
  const person = { since: world.version, until: null, role: "owner", organisation: "RA", forum: null };
  await db
    .insertInto("person")
    .values({ ...person, email: OWNER, name: "Olu Owner" })
    .execute();
  const body = { risk: { afterPeriods: 3 }, reminders: { workingDaysBefore: 2, workingDaysPerLevel: 5 } };
  await db
    .updateTable("protocol")
    .set({ body: JSON.stringify(body) })
    .execute();
  const submission = await seedSubmission(db, "RA", "period,organisation\r\n");
  const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
  ({ escalation } = await seedEscalation(db, world, { series, organisation: "RA", submission }));
  clock = openClock(db, "test");
  await db.insertInto("clock").values({ now: "2024-06-20T09:00:00Z" }).execute();
});
afterAll(() => at.close());

async function decided(period: number, event: "continued" | "stepped-down" | "stepped-up", tier: "slt" | "board") {
  const { evaluation } = await at.db
    .selectFrom("escalation_event")
    .select("evaluation")
    .where("escalation", "=", escalation)
    .executeTakeFirstOrThrow();
  const said = { escalation, period, event, tier, at: "2024-06-20T09:00:00Z", evaluation };
  await at.db.insertInto("escalation_event").values(said).execute();
  await at.db.updateTable("escalation").set({ tier }).execute();
}
const sweep = () => askForRisks({ db: at.db, clock, readCatalogue: catalogueReader() });
const asked = async () =>
  (
    await at.db
      .selectFrom("request")
      .select(["key", "stage", "recipients", "due_on", "forum"])
      .where("kind", "=", "risk")
      .orderBy("id")
      .execute()
  ).map(({ key, stage, ...more }) => ({ what: `${key.replace(String(escalation), "CASE")} ${stage}`, ...more }));
const inTransaction = <T>(
  act: (trx: Parameters<Parameters<ReturnType<typeof at.db.transaction>["execute"]>[0]>[0]) => Promise<T>,
) => at.db.transaction().execute(act);

test("a case asks for its risk after its third period before the SLT, once, however often it is looked at", async () => {
  await decided(MARCH_2024 + 1, "continued", "slt");
  await sweep();
  expect(await asked()).toEqual([]);
  await decided(MARCH_2024 + 2, "continued", "slt");
  await Promise.all([sweep(), sweep()]);
  await sweep();
  expect(await asked()).toEqual([{ what: "risk:CASE asked", recipients: [OWNER], due_on: "2024-07-04", forum: "UEC" }]);
  const telling = await at.db.selectFrom("telling").selectAll().where("reason", "=", "asked-risk").execute();
  expect(telling).toMatchObject([
    {
      kind: "request",
      recipients: [OWNER],
      detail: {
        title: "A&E four-hour performance",
        asksFor: "risk",
        since: "March 2024",
        why: "It has stood before the SLT for 3 months and names no risk",
        answerAt: `/escalations/${escalation}/risk`,
      },
    },
  ]);
});

test("a risk that is given answers, and nothing is asked again until that risk is closed", async () => {
  await inTransaction((trx) => giveRisk(trx, { escalation, risk }, acting));
  await sweep();
  expect((await asked()).map(({ what }) => what)).toEqual(["risk:CASE answered"]);
  const closed = await inTransaction((trx) => closeRisk(trx, risk, { ...acting, because: "It is gone" }));
  expect(closed).toEqual([escalation]);
  await sweep();
  expect((await asked()).map(({ what }) => what)).toEqual(["risk:CASE answered", "risk:CASE:2 asked"]);
});

test("a reason answers too, until the case has left the SLT and come back", async () => {
  await inTransaction((trx) => declineRisk(trx, escalation, { ...acting, reason: "Tolerated by the board" }));
  await sweep();
  expect((await asked()).at(-1)?.what).toBe("risk:CASE:2 answered");
  await at.db.updateTable("escalation_event").set({ at: "2024-06-21T09:00:00Z" }).execute();
  await at.db.updateTable("risk_declined").set({ at: "2024-06-20T10:00:00Z" }).execute();
  await decided(MARCH_2024 + 3, "stepped-down", "board");
  await at.db
    .updateTable("escalation_event")
    .set({ at: "2024-07-21T09:00:00Z" })
    .where("period", "=", MARCH_2024 + 3)
    .execute();
  for (const period of [4, 5, 6]) await decided(MARCH_2024 + period, period === 4 ? "stepped-up" : "continued", "slt");
  await sweep();
  expect((await asked()).at(-1)?.what).toBe("risk:CASE:3 asked");
});

test("a case that leaves the SLT is asked no more", async () => {
  await decided(MARCH_2024 + 7, "stepped-down", "board");
  await sweep();
  expect((await asked()).at(-1)?.what).toBe("risk:CASE:3 withdrawn");
});

test("old figures ask nobody", async () => {
  await decided(MARCH_2024 + 8, "stepped-up", "slt");
  for (const period of [9, 10]) await decided(MARCH_2024 + period, "continued", "slt");
  await at.db.updateTable("clock").set({ now: "2025-12-20T09:00:00Z" }).execute();
  await sweep();
  expect((await asked()).map(({ what }) => what)).toHaveLength(3);
});
