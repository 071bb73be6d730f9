import {
  answerChallenge,
  catalogueReader,
  type Challenge,
  type ChallengeSeat,
  challengesOf,
  effectsOfCase,
  type Explanation,
} from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { challengedSeat } from "../../actions/challenged-seat.ts";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { readCase } from "../cases/case-page.ts";
import { summaryOf } from "../cases/case-words.ts";
import { textIn } from "./actions.ts";

const LONGEST = 4000;

interface OneCase {
  Params: { id: string };
  Body: Readonly<Record<string, unknown>> | null;
}

interface Challenged {
  readonly found: Explanation;
  readonly seat: ChallengeSeat;
  readonly challenge: Challenge;
}

/** /escalations/:id/challenge: whoever is challenged says what they make of a figure that has not moved. */
export const challengePages: PagesOf = (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();

  app.get<OneCase>("/escalations/:id/challenge", async (request, reply) =>
    show(request, reply, await theChallenge(request), null),
  );

  app.post<OneCase>("/escalations/:id/challenge", async (request, reply) => {
    const challenged = await theChallenge(request);
    const body = textIn(request.body, "body");
    const error = body === "" ? "Say why you think it has not moved, and what will change" : null;
    const tooLong = body.length > LONGEST ? `Use at most ${LONGEST} characters` : null;
    if (error !== null || tooLong !== null)
      return show(request, reply, challenged, { error: error ?? tooLong ?? "", body });
    const escalation = challenged.found.case.id;
    const acting = { by: nameOf(request.caller), now: await clock.now() };
    await answerChallenge(db, { escalation, seat: challenged.seat, body }, acting);
    void parts.queues.ring("tell", {});
    return reply.redirect(`/escalations/${escalation}#actions`, 303);
  });

  async function theChallenge({ params, caller }: FastifyRequest<OneCase>): Promise<Challenged> {
    const id = idOf(params.id);
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const found = id === null ? null : await readCase(id, { db, catalogue, caller, now });
    if (found === null) throw new Problem(404, `There is no case ${params.id} that you may see.`);
    const open = (await challengesOf(db, found.case.id)).filter(({ endedAt }) => endedAt === null);
    const seat = challengedSeat(caller, found.case, open);
    const challenge = open.find((one) => one.seat === seat);
    if (seat === null || challenge === undefined)
      throw new Problem(404, `Nothing is asked of you about case ${params.id} because its figure has not moved.`);
    return { found, seat, challenge };
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { found, seat, challenge }: Challenged,
    wrong: { readonly error: string; readonly body: string } | null,
  ): Promise<FastifyReply> {
    const { case: one, names } = found;
    const [effect] = await effectsOfCase(db, one.id);
    const context = {
      one: summaryOf(one, names),
      seat,
      challenge,
      said: effect?.said ?? "",
      plan: effect?.plan,
      ...wrong,
    };
    return pages.show(request, reply, {
      template: "actions/challenge",
      status: wrong === null ? 200 : 400,
      form: true,
      context,
    });
  }
};
