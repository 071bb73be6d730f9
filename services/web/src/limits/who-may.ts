import { type CurrentCatalogue, type KnownPerson, type Proposal, type ProposedLimit, sees } from "@signalbox/db";
import { runsAll } from "../acting.ts";
import { type Caller, nameOf, sightOf } from "../callers.ts";

/** The roles that propose limits for their organisations, and for a board; its chair decides and so does not propose. */
const OF_ORGANISATIONS = new Set(["analyst", "author", "executive"]);
const OF_BOARDS = new Set(["secretary", "member"]);

/** Whether a caller may propose limits of some board at all, or for everything. */
export function proposesAnything(caller: Caller): boolean {
  if (keepsAll(caller)) return true;
  if (caller.kind !== "person") return false;
  const { reach, seats } = caller.person;
  return (
    [...reach.keys()].some((role) => OF_ORGANISATIONS.has(role)) ||
    [...seats.keys()].some((role) => OF_BOARDS.has(role))
  );
}

/**
 * Whether a caller may propose a limit of a board's metric: an operator, an administrator and the board's secretary and members
 * any; analysts, authors and executives those of the organisations they are of (in their area, where they are of one), and
 * limits of a level or of all only where that is the whole system.
 */
export function mayProposeLimit(
  caller: Caller,
  catalogue: CurrentCatalogue,
  { forum, row }: { forum: string; row: Pick<ProposedLimit, "organisation"> },
): boolean {
  if (keepsAll(caller)) return true;
  if (caller.kind !== "person") return false;
  if ([...caller.person.seats].some(([role, forums]) => OF_BOARDS.has(role) && forums.includes(forum))) return true;
  const email = caller.person.email;
  return catalogue.people.some(
    (one) =>
      one.email.toLowerCase() === email &&
      OF_ORGANISATIONS.has(one.role) &&
      one.organisation !== null &&
      (one.forum === null || one.forum === forum) &&
      isWithin(catalogue, row.organisation, one.organisation),
  );
}

/** A limit of nobody in particular is the whole system's. */
function isWithin({ organisations }: CurrentCatalogue, of: string | null, above: string): boolean {
  if (of === null) return organisations.get(above)?.parent === null;
  const seen = new Set<string>();
  for (let code: string | null = of; code !== null && !seen.has(code); code = organisations.get(code)?.parent ?? null) {
    if (code === above) return true;
    seen.add(code);
  }
  return false;
}

/** Who decides a board's limits: its chair, and the SLT's where it has none. In small letters. */
export function chairsFor({ people, forums }: CurrentCatalogue, forum: string): string[] {
  const chairs = (code: string | undefined) =>
    people.flatMap((one) =>
      one.role === "chair" && one.forum === code && one.organisation === null ? [one.email.toLowerCase()] : [],
    );
  const own = chairs(forum);
  if (own.length > 0) return own;
  return chairs([...forums.values()].find(({ tier }) => tier === "slt")?.code);
}

/** Whether a caller signed in decides a board's limits. */
export function decidesFor(caller: Caller, catalogue: CurrentCatalogue, forum: string): boolean {
  const person = personOf(caller);
  return person !== null && chairsFor(catalogue, forum).includes(person.email);
}

/** Who has a hand in a set: they see it, may change it while it is with them, and withdraw it. */
export function isProposer(caller: Caller, { proposedBy, sentBy }: Proposal): boolean {
  const name = nameOf(caller);
  return caller.kind !== "nobody" && (name === proposedBy || name === sentBy);
}

/** Whether somebody may see a set: its board's people, those who have a hand in it, who keeps the catalogue, and who sees all. */
export function seesProposal(caller: Caller, proposal: Proposal): boolean {
  const { organisations, forums } = sightOf({ caller });
  return keepsAll(caller) || organisations === null || forums.includes(proposal.forum) || isProposer(caller, proposal);
}

export const NOT_YOUR_TRIAL =
  "What this set would have done names cases that you do not see. Its board sees it, and whoever sees all its organisations.";

/**
 * Whether somebody who sees a set sees its trial too, which names cases of every organisation that it concerns: its board's
 * people, and whoever sees all of these organisations. Who proposed it once, or keeps the catalogue, does not by that alone.
 */
export function seesTrial(
  caller: Caller,
  { forum }: Pick<Proposal, "forum">,
  rows: readonly Pick<ProposedLimit, "organisation">[],
): boolean {
  const { organisations, forums } = sightOf({ caller });
  if (organisations === null || forums.includes(forum)) return true;
  return rows.every(({ organisation }) => organisation !== null && sees(organisations, organisation));
}

/** Forums whose proposals somebody may see; null is all. */
export function forumsSeen(caller: Caller): readonly string[] | null {
  const { organisations, forums } = sightOf({ caller });
  return keepsAll(caller) || organisations === null ? null : forums;
}

function keepsAll(caller: Caller): boolean {
  return runsAll(caller) || (caller.kind === "person" && caller.person.isAdministrator);
}

function personOf(caller: Caller): KnownPerson | null {
  return caller.kind === "person" || caller.kind === "operator" ? caller.person : null;
}
