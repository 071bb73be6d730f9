import { agreeDay, askForDay, type Action, type DayAgreed, type Rated, rateAction } from "@signalbox/db";
import type { Aspect, RatingSent } from "@signalbox/domain";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";

type Ringing = Pick<Parts, "db" | "queues">;

/** Who acts, and when. */
interface Acting {
  readonly by: string;
  readonly now: Temporal.Instant;
  readonly through?: string | undefined;
}

/** Rates an action and rings for what follows. Throws Problem 404 or 409 where there is nothing to rate. */
export async function rate(
  { db, queues }: Ringing,
  given: { readonly id: number; readonly aspect: Aspect; readonly sent: RatingSent },
  acting: Acting,
): Promise<Extract<Rated, { kind: "done" | "faults" }>> {
  const rated = await rateAction(db, given, acting);
  if (rated.kind === "gone") throw new Problem(404, `There is no action ${given.id}.`);
  if (rated.kind === "dropped") throw new Problem(409, "A later revision of the plan left this action out.");
  if (rated.kind === "done") void queues.ring("tell", {});
  return rated;
}

/** Agrees another day, or asks its forum for one; `agreedBy`: who agreed, where a program writes it down. */
export async function moveDay(
  { db, queues }: Ringing,
  given: { id: Action["id"]; day: Temporal.PlainDate; reason: string; agrees: boolean; agreedBy?: string | undefined },
  acting: Acting,
): Promise<Exclude<DayAgreed["kind"], "gone" | "dropped" | "done-before">> {
  const { agrees, ...asked } = given;
  const { kind } = agrees ? await agreeDay(db, asked, acting) : await askForDay(db, asked, acting);
  if (kind === "gone") throw new Problem(404, `There is no action ${given.id}.`);
  if (kind === "dropped") throw new Problem(409, "A later revision of the plan left this action out.");
  if (kind === "done-before") throw new Problem(409, "This action is done: it has no day to agree any more.");
  if (kind === "done") void queues.ring("tell", {});
  return kind;
}
