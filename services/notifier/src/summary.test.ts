import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

const MARCH = 12 * 2024 + 2;

test("a summary has all that stands before a person's forums, in one digest: new, worse, better, unchanged", async () => {
  await using world = await World.open();
  const { db } = world;
  const { id: evaluation } = await db
    .insertInto("evaluation")
    .values({ at: "2024-04-01T00:00:00Z", protocol: 1, catalogue_version: 1, cause: "test" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const stands = async (
    organisation: string,
    tier: "board" | "slt",
    given: { raisedIn: number; move?: string; area?: string; shownAt?: string },
  ) => {
    const { id: series } = await db
      .insertInto("series")
      .values({ metric: given.area === "EC" ? "staff-survey" : "ae-4h", organisation })
      .returning("id")
      .executeTakeFirstOrThrow();
    const area = given.area ?? "UEC";
    const { id: escalation } = await db
      .insertInto("escalation")
      .values({
        concern: "performance",
        series,
        organisation,
        metric: area === "EC" ? "staff-survey" : "ae-4h",
        area,
        frequency: area === "EC" ? "quarterly" : "monthly",
        tier,
        forum: tier === "slt" ? "SLT" : area,
        raised_in: given.raisedIn,
        ended_in: null,
        standing: true,
        previous: null,
        shown_at: given.shownAt ?? "2024-04-01T00:00:00Z",
        raised_at: "2024-04-01T00:00:00Z",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const event = (name: "raised" | "stepped-up" | "stepped-down" | "continued", period: number) => ({
      escalation,
      period,
      event: name,
      tier,
      at: "2024-04-01T00:00:00Z",
      evaluation,
    });
    await db.insertInto("escalation_event").values(event("raised", given.raisedIn)).execute();
    if (given.move !== undefined)
      await db
        .insertInto("escalation_event")
        .values(event(given.move as "continued", MARCH))
        .execute();
  };
  await stands("RA", "slt", { raisedIn: MARCH - 2, move: "stepped-up" });
  await stands("RB", "board", { raisedIn: MARCH });
  await stands("SYS", "board", { raisedIn: MARCH - 3, move: "continued" });
  await stands("RA1", "board", { raisedIn: MARCH, shownAt: "2030-01-01T00:00:00Z" });
  await stands("RA", "board", { raisedIn: MARCH - 2, area: "EC" });
  await db
    .insertInto("request")
    .values({
      kind: "action-plan",
      key: "long overdue",
      escalation: null,
      series: (await db.selectFrom("series").select("id").where("organisation", "=", "RB").executeTakeFirstOrThrow())
        .id,
      organisation: "RB",
      period: MARCH,
      recipients: ["owner@example.org"],
      asked_at: "2026-10-01T09:00:00Z",
      due_on: "2026-10-15",
      stage: "in-summary",
      next_at: null,
    })
    .execute();
  await world.tell(
    { reason: "summary", period: MARCH, forums: ["UEC", "EC", "SLT"], detail: { periodName: "March 2024" } },
    { forums: ["UEC"] },
  );
  await world.notifier().ring();

  const to = (address: string) => world.server.caught.filter((mail) => mail.to === address);
  expect(to("chair@example.org")).toHaveLength(1);
  const [chair] = to("chair@example.org");
  expect(chair?.subject).toBe("1 new for the board: March 2024");
  expect(chair?.text).toContain("3 stand, 1 new, 1 worse, 0 better, 1 unchanged.");
  expect(chair?.text).toContain("- SLT: A&E four-hour performance, Northwick Hospitals, since January 2024");
  // To those of the SLT alone: who sits on a board reads it on the board's agenda.
  expect(chair?.text).toContain("LONG OVERDUE: 1 ANSWER");
  expect(chair?.text).toMatch(/Action plan, due 15 October 2026: A&E four-hour performance, \S+/);
  expect(to("ec@example.org")[0]?.text).not.toContain("LONG OVERDUE");
  expect(to("ec@example.org")[0]?.subject).toBe("1 stands, 1 new, 0 worse, 0 better, 0 unchanged: March 2024");
  expect(to("slt@example.org")[0]?.text).toContain("1 stands, 0 new, 1 worse, 0 better, 0 unchanged.");
});
