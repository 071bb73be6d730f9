import { z } from "zod";
import { meetingsBody } from "./meeting-shapes.ts";
import { problemShape } from "./shapes.ts";

/** The API's description as a document; complete once the app is ready. */
export type Description = () => Document;

interface Document {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** One method of one address, as OpenAPI 3.1 describes it. */
export interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: { readonly type?: string; readonly enum?: readonly string[] };
  }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: object }>> };
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>;
}

const problem = {
  description: "What went wrong, as RFC 9457 has it",
  content: { "application/problem+json": { schema: z.toJSONSchema(problemShape, { target: "draft-2020-12" }) } },
};
const bytes = { schema: { type: "string", format: "binary" } };
const fileBody = {
  required: true,
  content: {
    "text/csv": bytes,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": bytes,
    "multipart/form-data": {
      schema: { type: "object", required: ["file"], properties: { file: { type: "string", format: "binary" } } },
    },
  },
};

const meetingsSent = {
  required: true,
  content: {
    "text/csv": bytes,
    "application/json": { schema: z.toJSONSchema(meetingsBody, { target: "draft-2020-12" }) },
  },
};

/** The document with what no schema of a route says: errors are problems, and what submissions and meetings are sent as. */
export function completed<Source extends object>(document: Source): Source {
  const { paths = {} } = document as Document;
  const entries = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => {
        const sent = path.endsWith("/submissions") ? fileBody : path.endsWith("/meetings") ? meetingsSent : undefined;
        const body = method === "post" && sent !== undefined ? { requestBody: sent } : {};
        return [method, { ...operation, ...body, responses: { ...operation.responses, default: problem } }];
      }),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(entries) };
}
