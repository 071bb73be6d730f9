import { ask, currentCatalogue, type RequestKind } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { seedCatalogue } from "@signalbox/db/testing-world";
import { expect, test } from "vitest";
import { askNewOwners } from "./ask-new-owners.ts";

const NOW = Temporal.Instant.from("2026-11-24T09:00:00Z");
const FRIDAY = Temporal.Instant.from("2026-12-04T08:00:00Z");

test("who answers now is asked what their predecessor did not answer, once, and so is who chairs now", async () => {
  const database = await testDatabase();
  const { db } = database;
  try {
    const { version } = await seedCatalogue(db);
    const owner = (email: string, since: number) => ({
      since,
      until: null,
      email,
      name: email,
      role: "owner",
      forum: null,
      organisation: "RA",
    });
    const chair = (email: string, since: number) => ({
      ...owner(email, since),
      role: "chair",
      forum: "UEC",
      organisation: null,
    });
    await db
      .insertInto("person")
      .values([owner("old@example.org", version), chair("chair@example.org", version)])
      .execute();
    const { id: series } = await db
      .insertInto("series")
      .values({ metric: "ae-4h", organisation: "RA" })
      .returning("id")
      .executeTakeFirstOrThrow();
    const asking = (kind: RequestKind, recipient: string) => ({
      kind,
      key: `${kind}:1`,
      escalation: null,
      series,
      organisation: "RA",
      period: 24_000,
      recipients: [recipient],
      dueOn: "2026-12-08",
      nextAt: kind === "risk" ? null : FRIDAY,
      forum: "UEC",
      why: "",
      detail: { title: "A&E four-hour performance" },
    });
    await db
      .transaction()
      .execute((trx) =>
        ask(
          trx,
          [
            asking("action-plan", "old@example.org"),
            asking("risk", "Old@example.org"),
            asking("plan-decision", "chair@example.org"),
          ],
          NOW,
        ),
      );
    const look = async () => {
      const catalogue = await currentCatalogue(db);
      if (catalogue === null) throw new Error("no catalogue was seeded");
      return db.transaction().execute((trx) => askNewOwners(trx, catalogue, NOW));
    };
    expect(await look()).toBe(0);
    await db
      .insertInto("catalogue_version")
      .columns(["loaded_at", "loaded_by"])
      .expression((eb) => eb.selectFrom("catalogue_version").select(["loaded_at", "loaded_by"]).limit(1))
      .execute();
    const next = version + 1;
    await db.updateTable("person").set({ until: next }).where("email", "=", "old@example.org").execute();
    await db.updateTable("person").set({ until: next }).where("email", "=", "chair@example.org").execute();
    await db
      .insertInto("person")
      .values([owner("new@example.org", next), chair("next@example.org", next)])
      .execute();
    // With the people the protocol has changed as well: what nobody chased is looked at.
    await db.updateTable("protocol").set({ since: next }).execute();
    expect(await look()).toBe(3);
    expect(await look()).toBe(0);
    const requests = await db
      .selectFrom("request")
      .select(["kind", "recipients", "heard_on", "next_at"])
      .orderBy("kind")
      .execute();
    expect(requests).toEqual([
      { kind: "action-plan", recipients: ["new@example.org"], heard_on: "2026-11-24", next_at: FRIDAY },
      { kind: "plan-decision", recipients: ["next@example.org"], heard_on: "2026-11-24", next_at: FRIDAY },
      { kind: "risk", recipients: ["new@example.org"], heard_on: "2026-11-24", next_at: NOW },
    ]);
    const tellings = await db.selectFrom("telling").select(["kind", "recipients", "state"]).orderBy("id").execute();
    expect(tellings).toEqual([
      { kind: "action-plan-request", recipients: ["old@example.org"], state: "dropped" },
      { kind: "request", recipients: ["Old@example.org"], state: "dropped" },
      { kind: "request", recipients: ["chair@example.org"], state: "dropped" },
      { kind: "action-plan-request", recipients: ["new@example.org"], state: "waiting" },
      { kind: "request", recipients: ["new@example.org"], state: "waiting" },
      { kind: "request", recipients: ["next@example.org"], state: "waiting" },
    ]);
  } finally {
    await database.close();
  }
});
