import { type AnswerLink, type KnownPerson, reachOf, sees } from "@signalbox/db";

const ANSWERS = ["owner", "author", "executive"] as const;

/**
 * What is left of a person who comes by a link: what they are to the one organisation, of the roles that answer; no seat, no
 * office of the system, no sight of anything else. Null where that is nothing any more: their link then opens no door.
 */
export function limitedPerson(person: KnownPerson, link: AnswerLink): KnownPerson | null {
  const { organisation, named } = link;
  const roles = ANSWERS.filter((role) => role === named || sees(reachOf(person, role), organisation));
  // An executive, who answers for the organisation anyway; anybody else only while they, or those in whose place they were told, are asked.
  if (roles.length === 0 || (!link.isAsked && !roles.includes("executive"))) return null;
  return {
    ...person,
    isOperator: false,
    isAuditor: false,
    isAdministrator: false,
    reach: new Map(roles.map((role) => [role, [organisation]])),
    seats: new Map(),
    ownSeats: new Map(),
    standsInFor: [],
    sight: { organisations: [organisation], forums: [], levels: [] },
  };
}
