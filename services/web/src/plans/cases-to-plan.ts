import { askedForPlan, type CaseToPlan, type Database, type Kysely, readCasesToPlan, type Sight } from "@signalbox/db";

/** The cases that a plan is begun for, as far as they are seen, and who was asked for one. */
export async function casesToPlan(
  db: Kysely<Database>,
  ids: readonly number[],
  asked: { readonly sight: Sight; readonly now: Temporal.Instant },
): Promise<{ readonly cases: readonly CaseToPlan[]; readonly asked: readonly string[] }> {
  const [cases, people] = await Promise.all([readCasesToPlan(db, ids, asked), askedForPlan(db, ids)]);
  return { cases, asked: people };
}
