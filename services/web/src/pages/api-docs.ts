import type { FastifyInstance } from "fastify";
import type { Description, Operation } from "../api/description.ts";
import type { Pages } from "../pages.ts";

/** /api/docs: what /api/v1/openapi.json says, for people, without a script. */
export function apiDocs(app: FastifyInstance, pages: Pages, describe: Description): void {
  app.get("/api/docs", (request, reply) => {
    const operations = Object.entries(describe().paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => shown(path, method, operation)),
    );
    const groups = [...Map.groupBy(operations, ({ tag }) => tag)].map(([name, members]) => ({ name, members }));
    return pages.show(request, reply, { template: "api-docs", context: { groups } });
  });
}

function shown(path: string, method: string, operation: Operation) {
  const { summary = "", description, tags = [], parameters = [], requestBody, responses = {} } = operation;
  return {
    id: `${method}-${path}`.replace(/[^a-z0-9]+/gi, "-"),
    name: `${method.toUpperCase()} ${path}`,
    tag: tags[0] ?? "other",
    summary,
    description,
    body: Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({ type, schema: json(schema) })),
    parameters: parameters.map(({ name, in: where, required, description: about, schema }) => ({
      name,
      where,
      required: required === true,
      about: [about, schema?.enum?.join(", ")].filter(Boolean).join(": "),
    })),
    responses: Object.entries(responses)
      .filter(([status]) => status !== "default")
      .map(([status, { content }]) => ({ status, schema: json(content && Object.values(content)[0]?.schema) })),
  };
}

function json(schema: object | undefined): string | null {
  return schema === undefined
    ? null
    : JSON.stringify(schema, (key, value: unknown) => (key === "$schema" ? undefined : value), 2);
}
