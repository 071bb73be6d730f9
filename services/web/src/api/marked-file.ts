import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { MARKED_FORMATS, sendMarked } from "../marked-file.ts";
import type { Parts } from "../parts.ts";
import { idParams } from "./query.ts";
import { visibleSubmission } from "./submissions.ts";

/** GET /submissions/{id}/marked.csv and .xlsx: the file as it came, with what is wrong beside each row. */
export function markedFiles(parts: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    for (const format of MARKED_FORMATS) {
      app.get(
        `/submissions/:id/marked.${format}`,
        {
          schema: {
            tags: ["submissions"],
            summary: `The file of a submission, with a column that says what is wrong, as ${format.toUpperCase()}`,
            params: idParams,
          },
        },
        async (request, reply) => {
          const submission = await visibleSubmission(parts, request);
          return sendMarked(parts, reply, { submission, format });
        },
      );
    }
  };
}
