import { type ApiKey, findKey, visibleTo, type Visible } from "@signalbox/db";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Parts } from "./parts.ts";

/** Who calls: nobody we know, the holder of an API key, or an operator who signed in. */
export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "key"; readonly key: ApiKey; readonly visible: Visible }
  | { readonly kind: "operator"; readonly visible: null };

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
  interface Session {
    role?: string;
  }
}

/** Finds out who calls before anything of the body is read; needs the session plugin registered before it. */
export function recogniseCallers(app: FastifyInstance, { db }: Pick<Parts, "db">): void {
  const nobody: Caller = { kind: "nobody" };
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    request.caller = nobody;
    const { authorization } = request.headers;
    if (authorization !== undefined) request.caller = await holderOf(authorization, db);
    else if (request.session.role === "operator") request.caller = { kind: "operator", visible: null };
  });
}

async function holderOf(authorization: string, db: Parts["db"]): Promise<Caller> {
  const presented = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = presented === undefined ? null : await findKey(db, presented);
  if (key === null) return { kind: "nobody" };
  return { kind: "key", key, visible: await visibleTo(db, key.organisation) };
}

/** As the audit trail and the pages name a caller. */
export function nameOf(caller: Caller): string {
  if (caller.kind === "key") return `key ${caller.key.name}`;
  return caller.kind;
}

/** The organisations a caller may see; somebody unknown sees none. */
export function sightOf({ caller }: FastifyRequest): Visible {
  return caller.kind === "nobody" ? [] : caller.visible;
}
