import { catalogueReader, findPerson, listPlans, makeDraft, PLAN_STATES, saveDraft } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { carryOut, staleWords } from "../plans/carry-out.ts";
import { casesToPlan } from "../plans/cases-to-plan.ts";
import { type PlanReading, readPlan, type SeenPlan } from "../plans/read-plan.ts";
import { mayDecidePlan, mayPlanFor, mayWritePlan, sitsBefore } from "../plans/who-may.ts";
import { Problem } from "../problem.ts";
import { bodyGiven, listedPlan, problemsOf, wholePlan } from "./plan-answers.ts";
import { listedPlanShape, planBodyShape, planShape } from "./plan-shapes.ts";
import { decodeCursor, encodeCursor, idFilter, idOf, idParams, paging, plainText, writtenText } from "./query.ts";
import { id, listOf } from "./shapes.ts";

const place = z.tuple([z.number().int().nonnegative()]);
const MOST_CASES = 20;

/** Action plans: listed, written as drafts, sent, and decided in the name of somebody of the forum. */
export function actionPlans(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  const tags = ["action plans"];

  async function readingOf({ caller }: Pick<FastifyRequest, "caller">): Promise<PlanReading> {
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet.");
    return { db, catalogue, caller, now };
  }

  async function thePlan(text: string, reading: PlanReading): Promise<SeenPlan> {
    const number = idOf(text);
    const seen = number === null ? null : await readPlan(number, reading);
    if (seen === null) throw new Problem(404, `There is no action plan ${text} that you may see.`);
    return seen;
  }

  async function writable(request: FastifyRequest<{ Params: { id: string } }>) {
    const reading = await readingOf(request);
    const seen = await thePlan(request.params.id, reading);
    if (!mayWritePlan(request.caller, seen))
      throw new Problem(403, "This key does not write plans of that organisation.");
    return { seen, reading };
  }

  return async (app) => {
    app.get(
      "/action-plans",
      {
        schema: {
          tags,
          summary: "Action plans, the latest first",
          querystring: z.object({
            ...paging,
            escalation: plainText.optional(),
            organisation: plainText.optional(),
            forum: plainText.optional(),
            state: z.enum(PLAN_STATES).optional(),
            overdue: z.enum(["true", "false"]).optional(),
          }),
          response: { 200: listOf(listedPlanShape) },
        },
      },
      async (request) => {
        const { limit, cursor, escalation, overdue, ...rest } = request.query;
        const offset = decodeCursor(place, cursor)?.[0] ?? 0;
        const now = await clock.now();
        const filter = {
          ...rest,
          escalation: idFilter(escalation),
          overdue: overdue === undefined ? undefined : overdue === "true",
          sight: sightOf(request),
          now,
          today: dayOf(now).toString(),
        };
        const { rows, total } = await listPlans(db, filter, { offset, limit });
        const next = offset + rows.length;
        return { items: rows.map(listedPlan), next: rows.length > 0 && next < total ? encodeCursor([next]) : null };
      },
    );

    app.get(
      "/action-plans/:id",
      {
        schema: {
          tags,
          summary: "One plan: its draft, its revisions and what was decided of them",
          params: idParams,
          response: { 200: planShape },
        },
      },
      async (request) => {
        const reading = await readingOf(request);
        return wholePlan(await thePlan(request.params.id, reading), reading);
      },
    );

    app.post(
      "/action-plans",
      {
        schema: {
          tags,
          summary: "Begin a plan for one case or several of an organisation; it is a draft until it is sent",
          body: z.object({ escalations: z.array(id).min(1).max(MOST_CASES), body: planBodyShape }),
          response: { 201: planShape },
        },
      },
      async (request, reply) => {
        const reading = await readingOf(request);
        const { caller, now, catalogue } = reading;
        const ids = [...new Set(request.body.escalations.map((text) => idOf(text) ?? 0))];
        const { cases, asked } = await casesToPlan(db, ids, { sight: sightOf(request), now });
        const unknown = ids.find((one) => !cases.some((found) => found.id === one));
        if (unknown !== undefined) throw new Problem(404, `There is no escalation ${unknown} that you may see.`);
        const organisation = cases[0]?.organisation ?? "";
        if (cases.some((one) => one.organisation !== organisation))
          throw new Problem(422, "escalations: a plan answers cases of one organisation. Make one plan for each.");
        const ended = cases.find(({ standing }) => !standing);
        if (ended !== undefined) throw new Problem(409, `Case ${ended.id} has ended: it needs no plan any more.`);
        if (!mayPlanFor(caller, organisation, asked))
          throw new Problem(403, "This key does not write plans of that organisation.");
        const body = bodyGiven(request.body.body, catalogue, []);
        const made = await makeDraft(db, { organisation, escalations: ids, body }, { by: nameOf(caller), now });
        return reply.code(201).send(wholePlan(await thePlan(String(made), reading), reading));
      },
    );

    app.put(
      "/action-plans/:id",
      {
        schema: {
          tags,
          summary: "Put a draft in place of the one that you saw; of an accepted plan it begins the next revision",
          params: idParams,
          body: z.object({ edition: z.int(), body: planBodyShape }),
          response: { 200: planShape },
        },
      },
      async (request) => {
        const { seen, reading } = await writable(request);
        const used = seen.revisions.flatMap(({ body }) => body.actions.map(({ number }) => number));
        const body = bodyGiven(request.body.body, reading.catalogue, used);
        const acting = { by: nameOf(request.caller), now: reading.now };
        const saved = await saveDraft(db, { id: seen.plan.id, edition: request.body.edition, body }, acting);
        if (saved.kind === "stale") throw new Problem(409, staleWords(saved.plan), { edition: saved.plan.edition });
        return wholePlan(await thePlan(request.params.id, reading), reading);
      },
    );

    app.post(
      "/action-plans/:id/send",
      {
        schema: {
          tags,
          summary: "Send a draft to the forums of its cases; 422 names what is missing",
          params: idParams,
          body: z.object({ edition: z.int() }),
          response: { 200: planShape },
        },
      },
      async (request) => {
        const { seen, reading } = await writable(request);
        const { plan } = seen;
        const problems = plan.draft === null ? [] : problemsOf(seen, plan.draft, reading);
        if (problems.length > 0) {
          const said = problems.map(({ field, message }) => `${field}: ${message}`).join("\n");
          throw new Problem(422, said, { problems });
        }
        const acting = { by: nameOf(request.caller), now: reading.now };
        await carryOut(parts, plan.id, acting, { act: "send", edition: request.body.edition });
        return wholePlan(await thePlan(request.params.id, reading), reading);
      },
    );

    app.post(
      "/action-plans/:id/decision",
      {
        schema: {
          tags,
          summary: "Record what somebody of the forum decided of the revision that waits, or withdraw the plan",
          params: idParams,
          body: z.discriminatedUnion("decision", [
            z.object({ decision: z.literal("accepted"), revision: z.int(), note: note.default(""), by: decider }),
            z.object({ decision: z.literal("sent-back"), revision: z.int(), note: note.min(1), by: decider }),
            z.object({ decision: z.literal("withdrawn"), edition: z.int(), note: note.default("") }),
          ]),
          response: { 200: planShape },
        },
      },
      async (request) => {
        const { body } = request;
        const { seen, reading } = await writable(request);
        const acting = { by: nameOf(request.caller), now: reading.now };
        if (body.decision === "withdrawn") {
          const { edition, note: why } = body;
          await carryOut(parts, seen.plan.id, acting, { act: "withdraw", edition, note: why });
        } else {
          if (request.caller.kind === "key" && request.caller.visible !== null)
            throw new Problem(403, "Decisions of forums are recorded with a key of the whole system.");
          const person = await findPerson(db, body.by, dayOf(reading.now).toString());
          const decider = person === null ? null : ({ kind: "person", person } as const);
          const isOver = seen.plan.state !== "sent";
          if (decider === null || !(mayDecidePlan(decider, seen) || (isOver && sitsBefore(decider, seen.cases))))
            throw new Problem(
              403,
              `${body.by} sits on no forum that a case of this plan stands before, or sent it, or stands in for who did.`,
            );
          const act = body.decision === "accepted" ? "accept" : "send-back";
          const { revision, note: said } = body;
          await carryOut(parts, seen.plan.id, acting, { act, revision, note: said, behalf: decider.person.email });
        }
        return wholePlan(await thePlan(request.params.id, reading), reading);
      },
    );
  };
}

const note = writtenText.max(4000);
const decider = plainText.describe("The e-mail address of whoever decided: chair, member or secretary of the forum");
