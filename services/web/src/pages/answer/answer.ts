import {
  type AnswerLink,
  answerLinksOf,
  endAnswerLink,
  findAnswerLink,
  findPerson,
  openedAnswerLink,
} from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { limitedPerson } from "../../answering/limited-person.ts";
import { Attempts, networkOf, refuseTooMany } from "../../attempts.ts";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { placeInWords } from "../../place.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { askedInWords, lastDayOf, OVER, placeOf } from "./answer-words.ts";

/** How many links that there are not one address of the network may try. */
const TRIED_FROM = { max: 20, seconds: 15 * 60 } as const;
const TRIED_TOO_OFTEN = "Too many links that do not work were tried from here.";

interface OneLink {
  Params: { token: string };
}

/**
 * /answer: what the link of a mail opens. Looking at it changes nothing; its button opens a sign-in that reaches this one
 * request of this one person and nothing else, as often as it is pressed, until the link runs out or is ended.
 */
export const answerPages: PagesOf = (app, { db, config, clock, machineNow }, pages) => {
  const triedFrom = new Attempts(TRIED_FROM, machineNow);

  app.get("/answer", async (request, reply) => {
    const { answering } = request;
    if (answering === null) return over(request, reply, null);
    if (answering.over === null) return reply.redirect(placeOf(answering.link), 303);
    return over(request, reply, { ...answering.link, over: answering.over });
  });

  app.get<OneLink>("/answer/:token", async (request, reply) => {
    const link = await linkOf(request, reply);
    if (link === null || link.over !== null) return over(request, reply, link);
    const context = {
      link,
      name: link.name,
      token: request.params.token,
      asked: askedInWords(link),
      lastDay: lastDayOf(link.expiresAt),
      place: placeOf(link),
      signedInAs: whoIs(request, link),
    };
    return pages.show(request, reply, { template: "answer/link", form: true, context });
  });

  app.post<OneLink>("/answer/:token", async (request, reply) => {
    const link = await linkOf(request, reply);
    if (link === null || link.over !== null) return over(request, reply, link);
    // Whoever is signed in stays so: a link never takes the place of a sign-in.
    if (whoIs(request, link) !== "nobody") return reply.redirect(`/answer/${request.params.token}`, 303);
    const from = `${placeInWords(request.headers["user-agent"])}, by the link of a mail`;
    await openedAnswerLink(db, link, { now: await clock.now(), from });
    // A session of a new name: one that somebody else laid under this browser opens nothing.
    await request.session.regenerate();
    const until = link.expiresAt.toString();
    request.session.answering = { link: link.id, person: link.person, until };
    request.session.place = from;
    return reply.redirect(placeOf(link), 303);
  });

  app.post<OneLink>("/answer/:token/end", async (request, reply) => {
    const link = await linkOf(request, reply);
    if (link === null || link.over === "ended") return over(request, reply, link);
    await endAnswerLink(db, link.id, { by: link.person, now: await clock.now() });
    if (request.answering?.link.id === link.id) await request.session.destroy();
    return over(request, reply, { ...link, over: "ended" }, 200);
  });

  app.post<{ Params: { id: string; link: string } }>(
    "/escalations/:id/answer-links/:link/end",
    async (request, reply) => {
      const { caller, params } = request;
      const [escalation, link] = [idOf(params.id), idOf(params.link)];
      const isOperator = caller.kind === "operator" || caller.kind === "key";
      const person = isOperator ? null : nameOf(caller);
      const now = await clock.now();
      const mine = escalation === null ? [] : await answerLinksOf(db, escalation, { person, now });
      if (link === null || !mine.some(({ id }) => id === link))
        throw new Problem(404, "There is no such link of yours: it may have ended already.");
      await endAnswerLink(db, link, { by: nameOf(caller), now });
      return reply.redirect(`/escalations/${escalation}#answer-links`, 303);
    },
  );

  /** The link of an address, with its person's name; over, too, where its person is nobody here any more. Wrong ones are counted. */
  async function linkOf({ params, ip }: FastifyRequest<OneLink>, reply: FastifyReply) {
    reply.header("referrer-policy", "no-referrer");
    const from = networkOf(ip);
    const [secret, now] = [config.sessionSecret, await clock.now()];
    const link = secret === null ? null : await findAnswerLink(db, params.token, { secret, now });
    // One that works opens whatever others try from the same network, which may be a whole trust's.
    if (link === null) {
      refuseTooMany(reply, triedFrom.secondsToWait(from), TRIED_TOO_OFTEN);
      triedFrom.count(from);
      return null;
    }
    const person = await findPerson(db, link.person, dayOf(now).toString());
    const isTheirs = person !== null && limitedPerson(person, link) !== null;
    const isOver = link.over ?? (isTheirs ? null : ("no-longer-asked" as const));
    return { ...link, over: isOver, name: person?.name ?? link.person };
  }

  function over(request: FastifyRequest, reply: FastifyReply, link: AnswerLink | null, status?: number) {
    reply.header("referrer-policy", "no-referrer");
    const why = link === null || link.over === null ? null : OVER[link.over];
    const next = link === null ? null : placeOf(link);
    const context = { why, asked: why === null || link === null ? null : askedInWords(link), next };
    return pages.show(request, reply, {
      template: "answer/over",
      status: status ?? (why === null ? 404 : 410),
      context,
    });
  }
};

/** Who opens a link: nobody who is signed in, its own person (who may have opened it before), or somebody else. */
function whoIs({ caller, answering }: FastifyRequest, { id, person }: Pick<AnswerLink, "id" | "person">) {
  if (answering !== null && answering.link.id !== id) return "nobody";
  if (caller.kind === "nobody" || caller.kind === "key") return "nobody";
  return caller.person?.email === person ? "its person" : "somebody else";
}
