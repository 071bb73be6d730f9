import { type Database, type Kysely, planAccepted } from "@signalbox/db";

/**
 * An accepted plan for a case of RA with two actions, due on 10 and 31 May 2024: the first is of `ward`, the second of the
 * owner. Returns the plan's id and those of its actions.
 */
export async function seedAcceptedPlan(
  db: Kysely<Database>,
  { escalation, series, ward }: { escalation: number; series: number; ward: string },
): Promise<{ plan: number; actions: readonly [number, number] }> {
  const now = Temporal.Instant.from("2024-04-24T09:00:00Z");
  const at = now.toString();
  const sender = "olu.owner@example.org";
  const { id: plan } = await db
    .insertInto("action_plan")
    .values({ organisation: "RA", state: "accepted", revision: 1, draft: null, made_by: sender, made_at: at })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("action_plan_revision")
    .values({
      plan,
      revision: 1,
      body: JSON.stringify({ what: "Too few beds", why: "Winter", actions: [], path: [] }),
      sent_by: sender,
      sent_at: at,
      decision: "accepted",
      decided_by: "chris.chair@example.org",
      decided_at: at,
      note: null,
    })
    .execute();
  await db
    .insertInto("action_plan_case")
    .values({ plan, escalation, added_by: sender, added_at: at, ended_at: null })
    .execute();
  const action = { plan, starts_on: null, effect_by: 6, effect_in: 12 * 2024 + 8, added_in: 1, dropped_in: null };
  const rows = await db
    .insertInto("action")
    .values([
      {
        ...action,
        number: 1,
        what: "Open <b>Kestrel</b> ward",
        owner: ward,
        due_on: "2024-05-10",
        effect_series: series,
      },
      { ...action, number: 2, what: "Hire two", owner: sender, due_on: "2024-05-31", effect_series: series },
    ])
    .returning("id")
    .execute();
  await db.transaction().execute((trx) => planAccepted(trx, { plan, revision: 1, by: "chris.chair@example.org", now }));
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error("The actions were not written.");
  return { plan, actions: [first.id, second.id] };
}
