import { type Action, evidenceOf, findAction, findPerson, listActions, ratingsOf } from "@signalbox/db";
import { ASPECTS, dayOf, RATINGS } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { moveDay, rate } from "../actions/acting-on-action.ts";
import { type FieldFault, readNewDay, readRating } from "../actions/read-rating.ts";
import { addressesOf } from "../acting.ts";
import { mayAgreeDay, mayRate } from "../actions/who-may.ts";
import { nameOf, organisationsSeen, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { sees } from "@signalbox/db";
import {
  actionShape,
  actionWithMoreShape,
  ratingShape,
  shownAction,
  shownEvidence,
  shownRating,
} from "./action-shapes.ts";
import { idAfter, idFilter, idOf, idParams, pageById, paging, plainText, writtenText } from "./query.ts";
import { listOf } from "./shapes.ts";

const tags = ["actions"];
const text = writtenText.max(4000).default("");

/** GET /actions and its acts: rate, agree another day. A key that operates acts for its organisations. */
export function actions(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  return async (app) => {
    app.get(
      "/actions",
      {
        schema: {
          tags,
          summary: "What accepted plans have people do, and how it stands",
          querystring: z.object({
            ...paging,
            plan: plainText.optional(),
            escalation: plainText.optional(),
            organisation: plainText.optional(),
            forum: plainText.optional(),
            owner: plainText.optional(),
            rating: z.enum(RATINGS).optional(),
          }),
          response: { 200: listOf(actionShape) },
        },
      },
      async (request) => {
        const { limit, cursor, plan, escalation, owner, ...filter } = request.query;
        const after = idAfter(cursor);
        const found = await listActions(
          db,
          {
            ...filter,
            sight: sightOf(request),
            me: addressesOf(request.caller),
            owners: owner === undefined ? undefined : [owner.toLowerCase()],
            plan: idFilter(plan),
            escalation: idFilter(escalation),
          },
          await clock.now(),
        );
        return pageById(found.filter(({ id }) => id > after).slice(0, limit + 1), limit, shownAction);
      },
    );

    app.get(
      "/actions/:id",
      { schema: { tags, summary: "One action", params: idParams, response: { 200: actionWithMoreShape } } },
      async (request) => whole(await theAction(request)),
    );

    app.post(
      "/actions/:id/ratings",
      {
        schema: {
          tags,
          summary: "Rate one aspect of an action: better than its day allows needs a reason",
          params: idParams,
          body: z.object({
            aspect: z.enum(ASPECTS),
            rating: ratingShape,
            reason: text,
            explanation: text,
            mitigation: text,
            doneOn: z.iso.date().optional().describe("Of a complete one: since which day"),
            by: plainText.optional().describe("The e-mail address of who says so, where a program writes it down"),
          }),
          response: { 201: actionWithMoreShape },
        },
      },
      async (request, reply) => {
        const action = await theAction(request);
        const { by, doneOn = "", ...typed } = request.body;
        if (!mayAct(request, action)) throw new Problem(403, "Only who answers for this action says how it stands.");
        const read = readRating({ ...typed, doneOn });
        if ("faults" in read) throw faulty(read.faults);
        const through = by === undefined ? undefined : nameOf(request.caller);
        const acting = { by: await named(request, by, action), now: await clock.now(), through };
        const rated = await rate(parts, { id: action.id, ...read }, acting);
        if (rated.kind === "faults") throw faulty(rated.faults);
        return reply.code(201).send(await whole(await theAction(request)));
      },
    );

    app.post(
      "/actions/:id/date",
      {
        schema: {
          tags,
          summary: "Agree another day for an action, for a reason",
          description:
            "With `agreedBy`, the chair or secretary of the forum that agreed it; without, the forum is asked for the day.",
          params: idParams,
          body: z.object({
            day: z.iso.date(),
            reason: writtenText.min(1).max(4000),
            agreedBy: plainText.optional().describe("The e-mail address of who agreed it for the forum"),
          }),
          response: { 200: actionWithMoreShape },
        },
      },
      async (request) => {
        const action = await theAction(request);
        const { agreedBy } = request.body;
        const agrees = mayAgreeDay(request.caller, action);
        if (!agrees && !mayAct(request, action))
          throw new Problem(403, "Only who answers for this action, or chairs its forum, moves its day.");
        // Who answers for an action does not agree its day for the forum, whomever they name.
        if (agreedBy !== undefined && request.caller.kind === "key" && organisationsSeen(request) !== null)
          throw new Problem(403, "What a forum agreed is recorded with a key of the whole system.");
        if (agreedBy !== undefined && !(await speaksForForum(agreedBy, action)))
          throw new Problem(403, `${agreedBy} neither chairs the forum of this action nor is its secretary.`);
        const now = await clock.now();
        const read = readNewDay(request.body, dayOf(now));
        if ("faults" in read) throw faulty(read.faults);
        const given = { id: action.id, ...read, agrees: agrees || agreedBy !== undefined, agreedBy };
        const kind = await moveDay(parts, given, { by: nameOf(request.caller), now });
        if (kind === "same") throw new Problem(409, "It is due on this day already.");
        return whole(await theAction(request));
      },
    );

    async function theAction(request: FastifyRequest): Promise<Action> {
      const { id: given } = request.params as { id: string };
      const id = idOf(given);
      const seen = { sight: sightOf(request), me: addressesOf(request.caller), now: await clock.now() };
      const found = id === null ? null : await findAction(db, id, seen);
      if (found === null) throw new Problem(404, `There is no action ${given} that you may see.`);
      return found;
    }

    /** A key acts for its organisations; somebody signed in as on the page. */
    function mayAct(request: FastifyRequest, action: Action): boolean {
      if (request.caller.kind === "key") return sees(organisationsSeen(request), action.organisation);
      return mayRate(request.caller, action);
    }

    /** Who an act is put down to: the person that a program names, as long as they could have done it themselves. */
    async function named(request: FastifyRequest, by: string | undefined, action: Action): Promise<string> {
      if (by === undefined || request.caller.kind !== "key") return nameOf(request.caller);
      const person = await personToday(by);
      if (person === null || !mayRate({ kind: "person", person }, action))
        throw new Problem(422, `by: ${by} neither does this action nor answers for its organisation.`);
      return person.email;
    }

    async function speaksForForum(address: string, action: Action): Promise<boolean> {
      const person = await personToday(address);
      return person !== null && mayAgreeDay({ kind: "person", person }, action);
    }

    async function personToday(address: string) {
      return findPerson(db, address, dayOf(await clock.now()).toString());
    }

    async function whole(action: Action) {
      const [ratings, evidence] = await Promise.all([ratingsOf(db, action.id), evidenceOf(db, [action.id])]);
      const files = evidence.filter(({ removedAt }) => removedAt === null).map(shownEvidence);
      return { ...shownAction(action), ratings: ratings.map(shownRating), files };
    }
  };
}

function faulty(faults: readonly FieldFault[]): Problem {
  return new Problem(422, faults.map(({ field, message }) => `${field}: ${message}`).join("\n"));
}
