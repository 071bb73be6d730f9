import { type KnownPerson, reachOf, sees } from "@signalbox/db";
import type { Caller } from "./callers.ts";

/** What a case says of where it stands. */
export interface WhereItStands {
  readonly organisation: string;
  readonly forum: string | null;
  readonly area: string | null;
  readonly areas: readonly string[];
}

/** Whether somebody answers for an organisation: its owner or executive (of it or above it), or an operator. */
export function answersFor(caller: Caller, organisation: string): boolean {
  if (caller.kind === "operator") return true;
  return caller.kind === "person" && sees(reachOf(caller.person, "owner", "executive"), organisation);
}

/** Whether somebody runs the whole system: an operator, or a key of all organisations that operates. */
export function runsAll(caller: Caller): boolean {
  if (caller.kind === "operator") return true;
  return caller.kind === "key" && caller.visible === null && caller.key.scopes.includes("operate");
}

/** The seats from which somebody decides for a forum. */
export type Seat = "chair" | "member" | "secretary";

/**
 * Whether somebody sits, in one of these seats, on a forum that a case stands before; operators do not decide for forums. Who
 * has the seat only by standing in for somebody does not decide with it what they answer for themselves.
 */
export function speaksFor(caller: Caller, one: WhereItStands, ...seats: readonly Seat[]): boolean {
  if (!("person" in caller) || caller.person === null) return false;
  const { person } = caller;
  const before = new Set([one.forum, one.area, ...one.areas]);
  if (forumsOf(person.ownSeats, seats).some((forum) => before.has(forum))) return true;
  return forumsOf(person.seats, seats).some((forum) => before.has(forum)) && !answersAbove(person, one.organisation);
}

/** Whether an organisation is among those that somebody answers for; who answers for the whole system does for none of them. */
function answersAbove(person: KnownPerson, organisation: string): boolean {
  return ["owner", "executive"].some((role) => reachOf(person, role)?.includes(organisation) === true);
}

/** Whether somebody sits in one of these seats on a forum. */
export function sitsOn(caller: Caller, forum: string, ...seats: readonly Seat[]): boolean {
  return "person" in caller && caller.person !== null && forumsOf(caller.person.seats, seats).includes(forum);
}

function forumsOf(held: KnownPerson["seats"], seats: readonly Seat[]): string[] {
  return seats.flatMap((seat) => held.get(seat) ?? []);
}

/** Somebody's own address and those of whom they stand in for, in small letters; none for who is no person. */
export function addressesOf(caller: Caller): string[] {
  if (!("person" in caller) || caller.person === null) return [];
  const { email, standsInFor } = caller.person;
  return [email, ...standsInFor.map((one) => one.email)].map((address) => address.toLowerCase());
}
