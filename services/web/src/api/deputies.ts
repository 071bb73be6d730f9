import { type Deputy, endDeputy, listDeputies, nameDeputy } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../callers.ts";
import { isDay, refusalInWords } from "../deputies/deputy-words.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idAfter, idOf, idParams, pageById, paging, plainText } from "./query.ts";
import { id, instant, listOf } from "./shapes.ts";

const day = z.string().refine(isDay, "write a day like 2026-12-24");

const deputyShape = z.object({
  id,
  person: z.string().describe("Who is away"),
  deputy: z.string().describe("Who stands in for them"),
  from: z.iso.date(),
  to: z.iso.date(),
  reason: z.string(),
  by: z.string(),
  endedAt: instant.nullable(),
});

/** Who stands in for whom, for keys that operate on the whole system. */
export function deputies({ db, clock }: Parts): FastifyPluginAsyncZod {
  const tags = ["deputies"];
  return async (app) => {
    app.get(
      "/deputies",
      {
        schema: {
          tags,
          summary: "Who stands in for whom, and who did",
          querystring: z.object({ ...paging, person: plainText.optional().describe("Who is away, or stands in") }),
          response: { 200: listOf(deputyShape) },
        },
      },
      async (request) => {
        const { limit, cursor, person } = request.query;
        const found = await listDeputies(db, { of: person }, { after: idAfter(cursor), limit: limit + 1 });
        return pageById(found, limit, shown);
      },
    );

    app.post(
      "/deputies",
      {
        schema: {
          tags,
          summary: "Name somebody who stands in for somebody from one day to another, both included",
          body: z.object({
            person: plainText.min(1),
            deputy: plainText.min(1),
            from: day,
            to: day,
            reason: plainText.max(200).default(""),
          }),
          response: { 201: deputyShape },
        },
      },
      async (request, reply) => {
        const { person, deputy, from, to, reason } = request.body;
        const now = await clock.now();
        const asked = { person, deputy, fromDay: from, toDay: to, reason };
        const named = await nameDeputy(db, asked, { actor: nameOf(request.caller), today: dayOf(now).toString(), now });
        if ("why" in named) throw new Problem(named.why === "overlaps" ? 409 : 422, `${refusalInWords(named).text}.`);
        return reply.code(201).send(shown(await theDeputy(named.id)));
      },
    );

    app.post(
      "/deputies/:id/end",
      { schema: { tags, summary: "End it before its last day", params: idParams, response: { 200: deputyShape } } },
      async (request) => {
        const number = idOf(request.params.id);
        const now = await clock.now();
        const which = { id: number ?? 0, person: null, today: dayOf(now).toString() };
        if (!(await endDeputy(db, which, { actor: nameOf(request.caller), now })))
          throw new Problem(404, `There is no deputy ${request.params.id} that has not ended.`);
        return shown(await theDeputy(which.id));
      },
    );

    async function theDeputy(number: number): Promise<Deputy> {
      const [found] = await listDeputies(db, {}, { after: number - 1, limit: 1 });
      if (found?.id !== number) throw new Problem(404, `There is no deputy ${number}.`);
      return found;
    }
  };
}

function shown({ id: number, person, deputy, fromDay, toDay, reason, by, endedAt }: Deputy) {
  return {
    id: String(number),
    person,
    deputy,
    from: fromDay,
    to: toDay,
    reason,
    by,
    endedAt: endedAt?.toString() ?? null,
  };
}
