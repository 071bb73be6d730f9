import {
  type ApiKey,
  findKey,
  findPerson,
  type KnownPerson,
  reachOf,
  SEES_ALL,
  SEES_NOTHING,
  type Sight,
  sightOfOrganisations,
  visibleTo,
  type Visible,
} from "@signalbox/db";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Parts } from "./parts.ts";

/**
 * Who calls: nobody we know, the holder of an API key, an operator who signed in (by the link of this machine, or by
 * their own address), or a person of an organisation who signed in.
 */
export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "key"; readonly key: ApiKey; readonly visible: Visible }
  | { readonly kind: "operator"; readonly person: KnownPerson | null }
  | { readonly kind: "person"; readonly person: KnownPerson };

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
  interface Session {
    role?: string;
    /** The e-mail address of whoever signed in; the operator of this machine has none. */
    person?: string;
  }
}

const NOBODY: Caller = { kind: "nobody" };

/** Finds out who calls before anything of the body is read; needs the session plugin registered before it. */
export function recogniseCallers(app: FastifyInstance, { db }: Pick<Parts, "db">): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    request.caller = NOBODY;
    const { authorization } = request.headers;
    if (authorization !== undefined) request.caller = await holderOf(authorization, db);
    else request.caller = await signedIn(request.session, db);
  });
}

async function holderOf(authorization: string, db: Parts["db"]): Promise<Caller> {
  const presented = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = presented === undefined ? null : await findKey(db, presented);
  if (key === null) return NOBODY;
  return { kind: "key", key, visible: await visibleTo(db, key.organisation) };
}

/** What somebody is, is asked at each request: who left the catalogue is nobody from then on. */
async function signedIn({ role, person: email }: FastifyRequest["session"], db: Parts["db"]): Promise<Caller> {
  if (role === "operator") return { kind: "operator", person: null };
  const person = email === undefined ? null : await findPerson(db, email);
  if (person === null) return NOBODY;
  if (person.isOperator) return { kind: "operator", person };
  return { kind: "person", person };
}

/** As the audit trail and the pages name a caller. */
export function nameOf(caller: Caller): string {
  if (caller.kind === "key") return `key ${caller.key.name}`;
  if (caller.kind === "nobody") return caller.kind;
  return caller.person?.email ?? caller.kind;
}

/** The organisations of which a caller may see everything; somebody unknown sees none. */
export function organisationsSeen({ caller }: FastifyRequest): Visible {
  return sightOf({ caller }).organisations;
}

/** How far a caller sees: their organisations, and what stands before their forums. */
export function sightOf({ caller }: Pick<FastifyRequest, "caller">): Sight {
  if (caller.kind === "nobody") return SEES_NOTHING;
  if (caller.kind === "operator") return SEES_ALL;
  return caller.kind === "key" ? sightOfOrganisations(caller.visible) : caller.person.sight;
}

/** The organisations for which somebody signed in may do what these roles do; an operator may for all of them. */
export function reachOfRoles(caller: Caller, ...roles: readonly string[]): Visible {
  if (caller.kind === "operator") return null;
  return caller.kind === "person" ? reachOf(caller.person, ...roles) : [];
}

/** The organisations for which somebody signed in may submit. */
export function submitsFor(caller: Caller): Visible {
  return reachOfRoles(caller, "submitter");
}
