import type { FastifyRequest } from "fastify";
import { placeInWords } from "./place.ts";

/** Begins a session of a new name: one that somebody else laid under this browser signs nobody in. */
export async function beginSession(
  request: FastifyRequest,
  { role, person }: { role: string; person: string | null },
): Promise<void> {
  await request.session.regenerate();
  request.session.role = role;
  if (person !== null) request.session.person = person;
  request.session.place = placeInWords(request.headers["user-agent"]);
}

/** The text of a field; an empty one where it is missing or no text. */
export function textOf(given: unknown): string {
  return typeof given === "string" ? given.trim() : "";
}

const OWN = "http://own.invalid";

/** A path of this site to go on to; null for anything that could lead elsewhere. */
export function ownPath(given: unknown): string | null {
  const path = textOf(given);
  if (path.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) return null;
  return URL.parse(path, OWN)?.origin === OWN ? path : null;
}
