import { type EscalationRecord, findPerson, type Kysely, type Database } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { speaksFor } from "./acting.ts";
import { type Caller, nameOf } from "./callers.ts";
import { Problem } from "./problem.ts";

type Stands = Pick<EscalationRecord, "organisation" | "forum" | "area" | "areas">;

/** Whether somebody decides of a case for its forum: its chair, or its secretary who writes down what the chair decided. */
export function decidesFor(caller: Caller, one: Stands): boolean {
  return speaksFor(caller, one, "chair", "secretary");
}

/**
 * Who is to be named for an act by the API: a key of the whole system that operates acts for the person it names, who is chair
 * or secretary of a forum that the case stands before. Throws Problem 403 for another key, 422 for another person.
 */
export async function actorNamed(
  db: Kysely<Database>,
  { caller, one, by, now }: { caller: Caller; one: Stands; by: string; now: Temporal.Instant },
): Promise<string> {
  if (caller.kind === "key" && caller.visible !== null)
    throw new Problem(
      403,
      `${nameOf(caller)} is of one organisation: what a chair decides needs a key of the whole system.`,
    );
  const person = await findPerson(db, by, dayOf(now).toString());
  if (person === null || !decidesFor({ kind: "person", person }, one))
    throw new Problem(422, `${by} is neither chair nor secretary of a forum that this case stands before.`);
  return by.toLowerCase();
}
