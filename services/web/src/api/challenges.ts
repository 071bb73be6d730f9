import { answerChallenge, challengesOf, findPerson, readEscalation, REQUEST_STAGES } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { challengedSeat } from "../actions/challenged-seat.ts";
import { sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { idOf, idParams, plainText, writtenText } from "./query.ts";
import { instant } from "./shapes.ts";

const challengeShape = z.object({
  seat: z.enum(["owner", "chair"]),
  why: z.string(),
  dueOn: z.iso.date(),
  status: z.enum(REQUEST_STAGES),
  answers: z.array(z.object({ body: z.string(), by: z.string(), at: instant })),
});

/** What is made of a figure that has not moved though the actions were done, in the name of whoever is challenged. */
export function challenges({ db, clock, queues }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/escalations/:id/challenge",
      {
        schema: {
          tags: ["escalations"],
          summary: "Answer a challenge: the actions are done, and the figure has not moved",
          params: idParams,
          body: z.object({
            body: writtenText.min(1).max(4000),
            by: plainText.describe("The e-mail address of whoever is challenged: who answers for it, or the chair"),
          }),
          response: { 200: z.object({ items: z.array(challengeShape), next: z.null() }) },
        },
      },
      async (request) => {
        const { body, by } = request.body;
        const now = await clock.now();
        const id = idOf(request.params.id);
        const one = id === null ? null : await readEscalation(db, id, { sight: sightOf(request), now });
        if (one === null) throw new Problem(404, `There is no escalation ${request.params.id} that you may see.`);
        const person = await findPerson(db, by, dayOf(now).toString());
        const open = (await challengesOf(db, one.id)).filter(({ endedAt }) => endedAt === null);
        const seat = person === null ? null : challengedSeat({ kind: "person", person }, one, open);
        if (person === null || seat === null)
          throw new Problem(
            422,
            `by: nothing is asked of ${by} about case ${one.id} because its figure has not moved.`,
          );
        if (seat === "chair" && request.caller.kind === "key" && request.caller.visible !== null)
          throw new Problem(403, "What a chair says is recorded with a key of the whole system.");
        await answerChallenge(db, { escalation: one.id, seat, body }, { by: person.email, now });
        void queues.ring("tell", {});
        const items = (await challengesOf(db, one.id)).map(({ stage, seat: of, why, dueOn, answers }) => ({
          seat: of,
          why,
          dueOn,
          status: stage,
          answers: answers.map((answer) => ({ ...answer })),
        }));
        return { items, next: null };
      },
    );
  };
}
