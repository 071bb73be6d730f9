import {
  type ApiKey,
  deputiesStamp,
  findKey,
  findPerson,
  keptByVersion,
  type KnownPerson,
  reachOf,
  SEES_ALL,
  SEES_NOTHING,
  type Sight,
  sightOfOrganisations,
  visibleTo,
  type Visible,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Attempts, networkOf, refuseTooMany } from "./attempts.ts";
import type { BegunSignIn } from "./oidc.ts";
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
    /** The e-mail address of whoever signed in, in small letters; the operator of this machine has none. */
    person?: string;
    /** Where they signed in from, in words. */
    place?: string;
    /** A sign-in with the OpenID provider that this browser began. */
    oidc?: BegunSignIn & { readonly next: string | null; readonly begunAt: string };
  }
}

/** How many wrong keys one address of the network may present. */
const WRONG_KEYS = { max: 60, seconds: 60 } as const;
const NOBODY: Caller = { kind: "nobody" };

/** Finds out who calls before anything of the body is read; needs the session plugin registered before it. */
export function recogniseCallers(
  app: FastifyInstance,
  { db, clock, machineNow }: Pick<Parts, "db" | "clock" | "machineNow">,
): void {
  const known = whoIsKnown();
  const wrongKeys = new Attempts(WRONG_KEYS, machineNow);
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request, reply) => {
    request.caller = NOBODY;
    const { authorization } = request.headers;
    if (authorization === undefined) {
      request.caller = await signedIn(request.session, { db, clock, known });
      return;
    }
    request.caller = await holderOf(authorization, { db, clock, known });
    // A right key is let in whatever others try from its address.
    if (request.caller.kind !== "nobody") return;
    refuseTooMany(reply, wrongKeys.count(networkOf(request.ip)), "Too many wrong API keys came from here.");
  });
}

interface Known {
  /** Of one day and one set of deputies: at midnight, and when one is named or ended, all are looked up anew. */
  readonly people: { of: string; known: Map<string, KnownPerson> };
  readonly organisations: Map<string, Visible>;
}

/** What one catalogue says of those who called, kept until another is loaded: who it drops is nobody at the next request. */
function whoIsKnown() {
  return keptByVersion(async (): Promise<Known> => ({
    people: { of: "", known: new Map() },
    organisations: new Map(),
  }));
}

interface Asked {
  readonly db: Parts["db"];
  readonly clock: Parts["clock"];
  readonly known: ReturnType<typeof whoIsKnown>;
}

async function holderOf(authorization: string, { db, known }: Asked): Promise<Caller> {
  const presented = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = presented === undefined ? null : await findKey(db, presented);
  if (key === null) return NOBODY;
  const { organisations } = await known(db);
  const kept = organisations.get(key.organisation);
  const visible = kept === undefined ? await visibleTo(db, key.organisation) : kept;
  organisations.set(key.organisation, visible);
  return { kind: "key", key, visible };
}

/** What somebody is, the catalogue in force says at each request. */
async function signedIn(
  { role, person: email }: FastifyRequest["session"],
  { db, clock, known }: Asked,
): Promise<Caller> {
  if (role === "operator") return { kind: "operator", person: null };
  if (email === undefined) return NOBODY;
  const { people } = await known(db);
  const today = dayOf(await clock.now()).toString();
  const of = `${today} ${await deputiesStamp(db)}`;
  if (people.of !== of) Object.assign(people, { of, known: new Map() });
  const kept = people.known;
  const person = kept.get(email) ?? (await findPerson(db, email, today));
  if (person === null) return NOBODY;
  kept.set(email, person);
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

/** The forums that somebody sits on, in whatever seat; none for who is no person of the catalogue. */
export function seatsOf({ caller }: Pick<FastifyRequest, "caller">): readonly string[] {
  return "person" in caller ? [...new Set([...(caller.person?.seats.values() ?? [])].flat())] : [];
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
