import { type Explanation, findPerson } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { Caller } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { mayChoose } from "./choose.ts";

/** The person a key names as having chosen, as a caller; throws Problem 403 where they may not, 409 where nothing is to choose. */
export async function mayChooseNamed(
  { db, clock }: Pick<Parts, "db" | "clock">,
  one: Explanation["case"],
  email: string,
): Promise<Caller> {
  if (!one.standing || one.concern === "reporting")
    throw new Problem(409, "There is nothing to choose: the case has ended, or asks for a return.");
  const person = await findPerson(db, email, dayOf(await clock.now()).toString());
  const caller: Caller = person === null ? { kind: "nobody" } : { kind: "person", person };
  if (!mayChoose(caller, one))
    throw new Problem(403, `${email} is neither chair nor secretary of a forum that this case stands before.`);
  return caller;
}
