import {
  catalogueReader,
  type CurrentCatalogue,
  type Dispute,
  disputeValue,
  listDisputes,
  namesIn,
  readSubmission,
  settleDispute,
} from "@signalbox/db";
import { type Frequency, nameOfPeriod, parsePeriod, type Period } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, organisationsSeen } from "../../callers.ts";
import { mayDispute } from "../../disputing.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { Problem } from "../../problem.ts";
import type { PagesOf } from "../all.ts";
import { wordsIn } from "../case-acts/written.ts";
import { disputeInWords } from "./in-words.ts";

type Fields = Readonly<Record<string, unknown>>;
interface OfOne {
  Params: { id: string };
  Querystring: Fields;
  Body: Fields | null;
}

/** A figure of a submission that somebody may contest. */
interface Figure {
  readonly submission: number;
  readonly metric: string;
  readonly organisation: string;
  readonly period: Period;
  readonly frequency: Frequency;
}

/** /submissions/:id/dispute, where a figure is contested, and /disputes/:id, where that is settled. */
export const disputePages: PagesOf = (app, { db, clock, queues }, pages) => {
  const readCatalogue = catalogueReader();

  app.get<OfOne>("/submissions/:id/dispute", async (request, reply) => {
    const { figure, catalogue } = await figureOf(request, request.query);
    return contest(request, reply, { figure, catalogue });
  });

  app.post<OfOne>("/submissions/:id/dispute", async (request, reply) => {
    const { figure, catalogue } = await figureOf(request, request.body ?? {});
    const reason = wordsIn(request.body?.["reason"], "Say in a few words what is wrong with it");
    if (reason.error !== null) return contest(request, reply, { figure, catalogue, wrong: reason });
    const { frequency: _, ...of } = figure;
    const act = { by: nameOf(request.caller), reason: reason.text, now: await clock.now() };
    const outcome = await disputeValue(db, of, act);
    if (outcome.kind === "refused") throw new Problem(409, outcome.why);
    void queues.ring("tell", {});
    return reply.redirect(`/disputes/${outcome.id}`, 303);
  });

  app.get<OfOne>("/disputes/:id", async (request, reply) => one(request, reply, await theDispute(request)));

  app.post<OfOne>("/disputes/:id/settlement", async (request, reply) => {
    const dispute = await theDispute(request);
    const note = wordsIn(request.body?.["note"], "Say in a few words why the figure stands");
    if (note.error !== null) return one(request, reply, dispute, note);
    const act = { by: nameOf(request.caller), note: note.text, now: await clock.now() };
    if ((await settleDispute(db, dispute.id, act)) === null) throw new Problem(409, "This dispute is over already.");
    void queues.ring("tell", {});
    return reply.redirect(`/disputes/${dispute.id}`, 303);
  });

  /** The figure that fields name: 404 where this caller sees no such submission, or does not answer for the figure. */
  async function figureOf(request: FastifyRequest<OfOne>, fields: Fields) {
    const id = idOf(request.params.id);
    const [catalogue, submission] = await Promise.all([
      inForce(),
      id === null ? null : readSubmission(db, id, organisationsSeen(request)),
    ]);
    const [metric, organisation, period] = ["metric", "organisation", "period"].map((name) => textOf(fields[name]));
    const known = catalogue.metrics.get(metric ?? "");
    const of = known === undefined ? null : parsePeriod(period ?? "", known.frequency);
    const isTheirs = organisation !== undefined && mayDispute(request.caller, organisation);
    if (submission === null || known === undefined || of === null || organisation === undefined || !isTheirs)
      throw new Problem(404, "There is no such figure that you may dispute. Open it from the submission's page.");
    const figure = {
      submission: submission.id,
      metric: known.code,
      organisation,
      period: of,
      frequency: known.frequency,
    };
    return { catalogue, figure };
  }

  async function theDispute(request: FastifyRequest<OfOne>): Promise<Dispute> {
    const id = idOf(request.params.id);
    const [found] = id === null ? [] : await listDisputes(db, { id });
    if (found === undefined || !mayDispute(request.caller, found.organisation))
      throw new Problem(404, `There is no dispute ${request.params.id} that you may see.`);
    return found;
  }

  async function inForce(): Promise<CurrentCatalogue> {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded.");
    return catalogue;
  }

  function contest(
    request: FastifyRequest,
    reply: FastifyReply,
    { figure, catalogue, wrong }: { figure: Figure; catalogue: CurrentCatalogue; wrong?: Wrong },
  ): FastifyReply {
    const context = {
      figure,
      metric: catalogue.metrics.get(figure.metric)?.name ?? figure.metric,
      organisation: catalogue.organisations.get(figure.organisation)?.name ?? figure.organisation,
      period: nameOfPeriod(figure.period, figure.frequency),
      written: textOf((request.query as Fields)["period"]) || textOf((request.body as Fields | null)?.["period"]),
      days: catalogue.protocol.body.dispute?.workingDays ?? null,
      wrong,
    };
    return pages.show(request, reply, { template: "disputes/contest", status: wrong ? 400 : 200, form: true, context });
  }

  async function one(request: FastifyRequest, reply: FastifyReply, dispute: Dispute, wrong?: Wrong) {
    const catalogue = await inForce();
    const who = (address: string) => nameOfPerson(catalogue, address);
    const said = disputeInWords(dispute, { names: namesIn(catalogue), who, mayEnd: true });
    const context = { dispute: said, series: dispute, wrong };
    return pages.show(request, reply, { template: "disputes/dispute", status: wrong ? 400 : 200, form: true, context });
  }
};

interface Wrong {
  readonly text: string;
  readonly error: string | null;
}

function textOf(given: unknown): string {
  return typeof given === "string" ? given.trim().slice(0, 300) : "";
}
