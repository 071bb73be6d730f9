import { describe, expect, test } from "vitest";
import { World } from "./testing/world.ts";

const TODAY = "2026-11-10";

async function anOwnerAway(world: World): Promise<void> {
  const { id: since } = await world.db.selectFrom("catalogue_version").select("id").executeTakeFirstOrThrow();
  const person = { since, until: null, forum: null, organisation: "RA", role: "owner" };
  await world.db
    .insertInto("person")
    .values([
      { ...person, email: "farah@example.org", name: "Farah Quinn" },
      { ...person, email: "ben@example.org", name: "Ben Shah", role: "author" },
      { ...person, email: "tess@example.org", name: "Tess Rowe", organisation: "SYS" },
    ])
    .execute();
}

const standIn = (world: World, person: string, deputy: string) =>
  world.db
    .insertInto("deputy")
    .values({
      person,
      deputy,
      from_day: TODAY,
      to_day: "2027-01-03",
      by: person,
      at: `${TODAY}T00:00:00Z`,
      ended_at: null,
    })
    .execute();

describe("mail for somebody who is away", () => {
  test("goes to the deputy, saying for whom and until when", async () => {
    await using world = await World.open();
    await anOwnerAway(world);
    await standIn(world, "farah@example.org", "ben@example.org");
    await world.tell({ kind: "action-plan-request", recipients: ["farah@example.org"] });
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["ben@example.org"]);
    const raw = world.server.caught[0]?.raw.toString().replaceAll("=\r\n", "") ?? "";
    expect(raw.replace(/\r?\n/g, " ")).toContain("in place of Farah Quinn, away until 3 January 2027");
  });

  test("of a chair shows the deputy all that stands before the chair's forum", async () => {
    await using world = await World.open();
    await anOwnerAway(world);
    await world.aCase();
    await standIn(world, "slt@example.org", "ben@example.org");
    await world.tell({ kind: "digest", reason: "summary", forums: ["SLT", "EC"], period: 12 * 2026 + 9 });
    await world.notifier().ring();
    const mail = world.server.caught.find(({ to }) => to === "ben@example.org");
    expect(mail?.raw.toString()).toContain("A&E four-hour performance");
    expect(world.server.caught.map(({ to }) => to)).not.toContain("slt@example.org");
  });
});

describe("an address that the mail server refuses for good", () => {
  test("is recorded, and what it was to have goes to the next in line in the same round, once", async () => {
    await using world = await World.open();
    await anOwnerAway(world);
    world.server.answer = (to) => (to === "farah@example.org" ? { rcpt: 550 } : "take");
    await world.tell({ kind: "action-plan-request", recipients: ["farah@example.org"] });
    await world.notifier().ring();
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["tess@example.org"]);
    expect(world.server.caught[0]?.raw.toString().replaceAll(/=\r\n|\r?\n/g, "")).toContain(
      "in place of Farah Quinn, whose mail comes back",
    );
    expect(await world.db.selectFrom("bounce").select(["address", "found_by"]).execute()).toEqual([
      { address: "farah@example.org", found_by: "smtp" },
    ]);
    expect((await world.mails()).map(({ status, dismissed_at }) => [status, dismissed_at !== null])).toEqual([
      ["failed", true],
      ["sent", false],
    ]);
  });

  test("comes to an end where all are refused: the last mail stays failed, for a person to see", async () => {
    await using world = await World.open();
    world.server.answer = () => ({ rcpt: 550 });
    await world.tell({ forums: ["EC"] });
    await world.notifier().ring();
    const mails = await world.mails();
    expect(mails.every(({ status }) => status === "failed")).toBe(true);
    expect(mails.filter(({ dismissed_at }) => dismissed_at === null)).toHaveLength(1);
    expect(new Set(mails.map(({ recipient }) => recipient)).size).toBe(mails.length - 1);
  });

  test("of a forum's member costs the others no second mail", async () => {
    await using world = await World.open();
    world.server.answer = (to) => (to === "slt@example.org" ? { rcpt: 550 } : "take");
    await world.tell({ forums: ["SLT"] });
    await world.notifier().ring();
    expect(world.server.caught.map(({ to }) => to)).toEqual(["chair@example.org"]);
  });

  test("for now is retried, and is no bounce", async () => {
    await using world = await World.open();
    world.server.answer = () => ({ rcpt: 451 });
    await world.tell({ recipients: ["ec@example.org"] });
    await world.notifier().ring();
    expect(await world.db.selectFrom("bounce").selectAll().execute()).toEqual([]);
  });

  test("is no bounce of whom it would go to where all mail is redirected", async () => {
    await using world = await World.open();
    world.server.answer = () => ({ rcpt: 550 });
    await world.tell({ recipients: ["ec@example.org"] });
    await world.notifier({ MAIL_MODE: "redirect:pilot@example.org" }).ring();
    expect(await world.db.selectFrom("bounce").selectAll().execute()).toEqual([]);
  });
});
