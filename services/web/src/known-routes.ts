import type { FastifyInstance } from "fastify";
import { ruleOf } from "./access.ts";

interface KnownRoute {
  readonly method: string;
  readonly url: string;
  readonly shape: RegExp;
}

const known = new WeakMap<object, KnownRoute[]>();

/** Keeps a list of the routes, each of which must have its rule in the table of who may call; to be called first. */
export function keepRoutes(app: FastifyInstance): void {
  const routes: KnownRoute[] = [];
  known.set(app.server, routes);
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) {
      ruleOf(one, url);
      if (url !== "*") routes.push({ method: one, url, shape: shapeOf(url) });
    }
  });
}

/** Method and pattern of every route. */
export function routesOf(app: FastifyInstance): readonly { readonly method: string; readonly url: string }[] {
  return known.get(app.server) ?? [];
}

/** The methods that an address understands; none where there is no such address. */
export function allowedMethods(app: FastifyInstance, url: string): string[] {
  const path = url.split("?", 1)[0] ?? "";
  const routes = known.get(app.server) ?? [];
  return [...new Set(routes.filter(({ shape }) => shape.test(path)).map(({ method }) => method))];
}

/** "/submissions/:id" as an expression; only whole patterns with a star at the end count as any path. */
function shapeOf(url: string): RegExp {
  const parts = url.split("/").map((part) => {
    if (part.startsWith(":")) return "[^/]+";
    if (part === "*") return ".*";
    return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}
