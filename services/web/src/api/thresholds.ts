import {
  actsOfProposal,
  catalogueReader,
  createProposal,
  findProposal,
  limitsOfProposal,
  listLimits,
  listProposals,
  type Proposal,
  type ProposedLimit,
} from "@signalbox/db";
import { proposedCells, proposedCsv } from "@signalbox/catalogue";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import { decideSet } from "../limits/deciding.ts";
import { readSet } from "../limits/read-set.ts";
import { trialsOf } from "../limits/trying.ts";
import { chairsFor, forumsSeen, NOT_YOUR_TRIAL, seesProposal, seesTrial } from "../limits/who-may.ts";
import { monthOf, months, shownProposal } from "./limit-answers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor, idOf, idParams, paging, plainText } from "./query.ts";
import {
  limitShape,
  proposedLimitShape,
  proposalShape,
  proposalWithRowsShape,
  trialShape,
} from "./threshold-shapes.ts";
import { listOf } from "./shapes.ts";

const place = z.tuple([z.number().int().nonnegative()]);
/** Limits in force, and sets of them: proposed, tried and decided by keys. */
export function thresholds(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();
  const trials = trialsOf(parts, readCatalogue);
  const inForce = async () => {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet.");
    return catalogue;
  };
  const tags = ["thresholds"];
  return async (app) => {
    app.get(
      "/thresholds",
      {
        schema: {
          tags,
          summary: "The limits in force, draft and approved",
          querystring: z.object({
            ...paging,
            forum: plainText.optional(),
            metric: plainText.optional(),
            organisation: plainText.optional(),
            status: z.enum(["draft", "approved"]).optional(),
          }),
          response: { 200: listOf(limitShape) },
        },
      },
      async (request) => {
        const { limit, cursor, ...filter } = request.query;
        const offset = decodeCursor(place, cursor)?.[0] ?? 0;
        const { rows, total } = await listLimits(db, sightOf(request), filter, { offset, limit });
        const next = offset + rows.length;
        const items = rows.map(({ id, ...one }) => ({
          ...one,
          id: String(id),
          ...months(one),
          proposal: one.proposal === null ? null : String(one.proposal),
        }));
        return { items, next: next < total ? encodeCursor([next]) : null };
      },
    );

    app.get(
      "/threshold-proposals",
      {
        schema: {
          tags,
          summary: "Sets of limits that were proposed, the latest first",
          querystring: z.object({
            ...paging,
            state: z.enum(["draft", "sent", "approved", "sent-back", "withdrawn"]).optional(),
          }),
          response: { 200: listOf(proposalShape) },
        },
      },
      async (request) => {
        const { caller } = request;
        const { limit, cursor, state } = request.query;
        const before = decodeCursor(place, cursor)?.[0];
        const found = await listProposals(db, {
          forums: forumsSeen(caller),
          by: nameOf(caller),
          state,
          before,
          limit: limit + 1,
        });
        const items = found.slice(0, limit);
        return {
          items: items.map(shownProposal),
          next: found.length > limit ? encodeCursor([items.at(-1)?.id ?? 0]) : null,
        };
      },
    );

    app.get(
      "/threshold-proposals/:id",
      {
        schema: {
          tags,
          summary: "One set: its limits and what was done with it",
          params: idParams,
          response: { 200: proposalWithRowsShape },
        },
      },
      async (request) => whole(await theProposal(request)),
    );

    app.get(
      "/threshold-proposals/:id/trial",
      {
        schema: {
          tags,
          summary: "What a set would have done over the last 24 months, and would change now",
          params: idParams,
          response: { 200: trialShape },
        },
      },
      async (request) => {
        const proposal = await theProposal(request);
        const rows = await limitsOfProposal(db, proposal.id, proposal.revision);
        if (!seesTrial(request.caller, proposal, rows)) throw new Problem(404, NOT_YOUR_TRIAL);
        const shown = await trials(proposal, rows);
        if (shown === null)
          throw new Problem(404, "There is no trial of this set: it was decided before one was made.");
        const { trial } = shown;
        return { ...trial, ...months(trial), foretold: trial.foretold.filter(({ isHeld }) => !isHeld) };
      },
    );

    app.post(
      "/threshold-proposals",
      {
        schema: {
          tags,
          summary: "Propose a set of limits of one board; it is a draft until it is sent",
          body: z.object({ title: plainText.min(1).max(200), rows: z.array(proposedLimitShape).min(1).max(500) }),
          response: { 201: proposalWithRowsShape },
        },
      },
      async (request, reply) => {
        const catalogue = await inForce();
        const cells = request.body.rows.map((one) => {
          const typed: ProposedLimit = {
            ...one,
            from: monthOf(one.from),
            to: one.to === null ? null : monthOf(one.to),
          };
          return proposedCells(typed, catalogue.metrics.get(one.metric) ?? { unit: "rate", scale: [] });
        });
        const read = await readSet(request.caller, catalogue, Buffer.from(proposedCsv(cells)));
        if (read.problems.length > 0 || read.forum === null) {
          const said = read.problems.map(({ line, column, message }) =>
            line > 1 ? `row ${line - 1}: ${column}: ${message}` : message,
          );
          throw new Problem(422, said.join("\n"));
        }
        const acting = { actor: nameOf(request.caller), now: await clock.now() };
        const id = await createProposal(db, { forum: read.forum, title: request.body.title, rows: read.rows }, acting);
        return reply.code(201).send(await whole(await asItIs(id)));
      },
    );

    app.post(
      "/threshold-proposals/:id/send",
      {
        schema: {
          tags,
          summary: "Send a set to its board's chair",
          params: idParams,
          body: z.object({ revision: z.int() }),
          response: { 200: proposalWithRowsShape },
        },
      },
      async (request) => {
        const proposal = await theProposal(request);
        const { revision } = request.body;
        await decideSet(
          parts,
          { catalogue: await inForce(), proposal, revision, actor: nameOf(request.caller) },
          { act: "send" },
        );
        return whole(await asItIs(proposal.id));
      },
    );

    app.post(
      "/threshold-proposals/:id/decision",
      {
        schema: {
          tags,
          summary: "Record what the board's chair decided of a set, or withdraw it",
          params: idParams,
          body: z.discriminatedUnion("decision", [
            z.object({
              decision: z.literal("approved"),
              revision: z.int(),
              minute: plainText.min(1).max(200),
              approvedBy: plainText.describe("The e-mail address of the board's chair, who approved it"),
            }),
            z.object({ decision: z.literal("sent-back"), revision: z.int(), reason: plainText.min(1) }),
            z.object({ decision: z.literal("withdrawn"), revision: z.int() }),
          ]),
          response: { 200: proposalWithRowsShape },
        },
      },
      async (request) => {
        const { body } = request;
        const proposal = await theProposal(request);
        const catalogue = await inForce();
        const of = { catalogue, proposal, revision: body.revision, actor: nameOf(request.caller) };
        if (body.decision === "withdrawn") await decideSet(parts, of, { act: "withdraw" });
        else if (body.decision === "sent-back") await decideSet(parts, of, { act: "send-back", reason: body.reason });
        else {
          const behalf = body.approvedBy.toLowerCase();
          if (!chairsFor(catalogue, proposal.forum).includes(behalf))
            throw new Problem(403, `${body.approvedBy} does not chair the board of this set.`);
          await decideSet(parts, of, { act: "approve", minute: body.minute, behalf });
        }
        return whole(await asItIs(proposal.id));
      },
    );

    async function theProposal(request: FastifyRequest<{ Params: { id: string } }>): Promise<Proposal> {
      const id = idOf(request.params.id);
      const proposal = id === null || id > 2 ** 31 - 1 ? null : await findProposal(db, id);
      if (proposal === null || !seesProposal(request.caller, proposal))
        throw new Problem(404, `There is no set of limits ${request.params.id} that you may see.`);
      return proposal;
    }

    async function asItIs(id: number): Promise<Proposal> {
      const proposal = await findProposal(db, id);
      if (proposal === null) throw new Problem(404, `There is no set of limits ${id}.`);
      return proposal;
    }

    async function whole(proposal: Proposal) {
      const [limits, acts] = await Promise.all([
        limitsOfProposal(db, proposal.id, proposal.revision),
        actsOfProposal(db, proposal.id),
      ]);
      return {
        ...shownProposal(proposal),
        rows: limits.map((one) => ({ ...one, ...months(one) })),
        acts: acts.map((act) => ({ ...act, at: act.at.toString() })),
      };
    }
  };
}
