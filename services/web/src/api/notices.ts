import { listNotices, type NoticeRecord, readNoticeMessage } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { organisationsSeen } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idAfter, idFilter, idOf, idParams, pageById, paging, plainText } from "./query.ts";
import { listOf, noticeShape } from "./shapes.ts";

/** GET /notices and /notices/{id}/message. */
export function notices({ db, clock }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    const tags = ["notices"];
    app.get(
      "/notices",
      {
        schema: {
          tags,
          summary: "What people were, or are about to be, told",
          querystring: z.object({ ...paging, escalation: plainText.optional(), recipient: plainText.optional() }),
          response: { 200: listOf(noticeShape) },
        },
      },
      async (request) => {
        const { limit, cursor, escalation, recipient } = request.query;
        const filter = { visible: organisationsSeen(request), escalation: idFilter(escalation), recipient };
        const found = await listNotices(db, filter, { after: idAfter(cursor), limit: limit + 1 });
        return pageById(found, limit, shownNotice);
      },
    );

    app.get(
      "/notices/:id/message",
      {
        schema: {
          tags,
          summary: "The mail that carried a notice, byte for byte",
          description:
            "One mail carries all that a person is told at once. It is shown to its recipient, signed in, and to whoever may see every organisation that it tells of; to others it is 403. While a link in it lets its holder answer without signing in, only its recipient, an operator and a key of the whole system may read it.",
          params: idParams,
        },
      },
      async (request, reply) => {
        const id = idOf(request.params.id);
        const message = id === null ? null : await readNoticeMessage(db, id, readerOf(request), await clock.now());
        if (message === null) throw new Problem(404, `There is no mail of a notice ${request.params.id}.`);
        if (message.kind === "link") throw new Problem(403, carriesLink(request.params.id));
        if (message.kind === "others") throw new Problem(403, tellsOfOthers(request.params.id));
        return reply.type("message/rfc822").send(message.raw);
      },
    );
  };
}

function readerOf(request: FastifyRequest) {
  const { caller } = request;
  const visible = organisationsSeen(request);
  // Who reads all does not act for all: an auditor sees everything, and answers for nobody.
  const holdsLinks = caller.kind === "operator" || (caller.kind === "key" && visible === null);
  return { visible, reader: caller.kind === "person" ? caller.person.email : null, holdsLinks };
}

const carriesLink = (id: string) =>
  `The mail that carried notice ${id} holds a link by which its recipient answers without signing in, so it is theirs alone while the link works. What it says is under /api/v1/escalations.`;

const tellsOfOthers = (id: string) =>
  `The mail that carried notice ${id} tells of organisations, too, that are not yours to see. Its recipient may read it, or a key of the system; what this notice says of yours is under /api/v1/escalations and /api/v1/submissions.`;

/** A notice as the API shows it, here and among its case. */
export function shownNotice({ id, escalation, madeAt, sentAt, ...rest }: NoticeRecord) {
  return {
    id: String(id),
    ...rest,
    escalation: escalation === null ? null : String(escalation),
    madeAt: madeAt.toString(),
    sentAt: sentAt?.toString() ?? null,
  };
}
