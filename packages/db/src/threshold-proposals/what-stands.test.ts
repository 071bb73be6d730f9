import { afterAll, expect, test } from "vitest";
import { seedEscalation, seedSeries } from "../testing-cases.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "../testing-world.ts";
import { testDatabase } from "../testing.ts";
import { movedByLimits } from "./what-stands.ts";

const { db, close } = await testDatabase();
afterAll(close);
const world = await seedCatalogue(db);
const now = Temporal.Instant.from("2024-04-22T09:00:00Z");

async function seedCase(organisation: string): Promise<number> {
  const submission = await seedSubmission(db, organisation, organisation);
  const series = await seedSeries(db, { metric: "ae-4h", organisation, submission });
  const { escalation } = await seedEscalation(db, world, { series, organisation, submission });
  return escalation;
}

async function approved(organisation: string | null): Promise<number> {
  const by = { proposed_by: "ana@example.org", sent_by: "ana@example.org", decided_by: "chair@example.org" };
  const at = now.subtract({ hours: 48 }).toString();
  const { id } = await db
    .insertInto("threshold_proposal")
    .values({
      forum: "UEC",
      title: "New",
      state: "approved",
      ...by,
      proposed_at: at,
      sent_at: at,
      decided_at: at,
      minute: "1",
      reason: null,
      version: world.version,
      trial: null,
      trial_of: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const limit = { metric: "ae-4h", organisation, level: null, basis: "value" as const, board: 80, slt: 70 };
  await db
    .insertInto("threshold_proposal_row")
    .values({
      proposal: id,
      revision: 1,
      place: 0,
      ...limit,
      from_period: MARCH_2024,
      to_period: null,
      replaces: null,
      displaced: null,
    })
    .execute();
  return id;
}

test("limits of one provider move no other's case, whatever was decided since they were approved", async () => {
  const [a, b] = [await seedCase("RA"), await seedCase("RB")];
  const [ofOne, ofAll] = [await approved("RA"), await approved(null)];
  const moved = await movedByLimits(db, [ofOne, ofAll], now);
  expect(moved.filter(({ proposal }) => proposal === ofOne).map(({ escalation }) => escalation)).toEqual([a]);
  expect(
    moved
      .filter(({ proposal }) => proposal === ofAll)
      .map(({ escalation }) => escalation)
      .toSorted((x, y) => x - y),
  ).toEqual([a, b]);
});
