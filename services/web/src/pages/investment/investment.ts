import { catalogueReader, decideInvestment, type InvestmentAsked, isOpen, listInvestment } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, sightOf } from "../../callers.ts";
import { askedInWords, DECISION_WORDS } from "../../investment/investment-words.ts";
import { readDecision, type TypedDecision } from "../../investment/typed-decision.ts";
import { decidesFor } from "../../investment/who-may.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { type FieldError, fieldOf } from "../../risks/typed-risk.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { decisionsOut, investmentOut } from "./investment-out.ts";

const A_PAGE = 25;
const LARGEST_ID = 2 ** 53 - 1;

interface OfPlan {
  Params: { plan: string };
  Querystring: { as?: unknown };
}

interface Again {
  readonly typed: TypedDecision;
  readonly errors: readonly FieldError[];
}

/** /investment: what accepted plans ask for, and what forums decided of it. */
export const investmentPages: PagesOf = (app, { db, clock, queues }, pages) => {
  const readCatalogue = catalogueReader();
  const catalogueInForce = async () => {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so nothing is asked for.");
    return catalogue;
  };

  app.get<{ Querystring: Record<string, unknown> }>("/investment", async (request, reply) => {
    const { query } = request;
    const [catalogue, now] = [await catalogueInForce(), await clock.now()];
    const forum = [...catalogue.forums.values()].find(({ code }) => code === query["forum"])?.code;
    const open = query["open"] === "yes";
    const asked = await listInvestment(db, { sight: sightOf(request), now, forum, open });
    const as = formatAsked(query["as"]);
    if (as !== null) return sendTable(reply, investmentOut(asked, catalogue), as);
    const address = addressWith("/investment", { forum: forum ?? "", open: open ? "yes" : "" });
    const paged = pageOf(asked.length, { page: pageAsked(query["page"]), size: A_PAGE, address });
    const shown = asked.slice((paged.page - 1) * A_PAGE, paged.page * A_PAGE);
    const context = {
      chosen: { forum, open },
      forums: [...catalogue.forums.values()],
      paged,
      total: asked.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
      undecided: asked.filter(isOpen).length,
      asked: shown.map((one) => ({ ...askedInWords(one, catalogue), isOpen: isOpen(one) })),
    };
    return pages.show(request, reply, { template: "investment", context });
  });

  app.get<OfPlan>("/investment/:plan", async (request, reply) => {
    const asked = await theAsked(request);
    const as = formatAsked(request.query.as);
    if (as !== null) return sendTable(reply, decisionsOut(asked), as);
    return show(request, reply, asked);
  });

  app.post<OfPlan>("/investment/:plan", async (request, reply) => {
    const asked = await theAsked(request);
    const forums = decidesFor(request.caller, asked);
    if (forums.length === 0)
      throw new Problem(
        403,
        "What a plan asks for is decided by the forum of its cases: its chair or secretary says it.",
      );
    const { body } = request;
    const [only] = forums;
    const typed = {
      forum: fieldOf(body, "forum") || (forums.length === 1 ? (only ?? "") : ""),
      decision: fieldOf(body, "decision"),
      amount: fieldOf(body, "amount"),
      note: fieldOf(body, "note"),
    };
    const { read, errors } = readDecision(typed, { cost: asked.cost, forums });
    if (read === null) return show(request, reply, asked, { typed, errors });
    const [catalogue, now] = [await catalogueInForce(), await clock.now()];
    const forumName = catalogue.forums.get(read.forum)?.name ?? read.forum;
    const acting = { by: nameOf(request.caller), now };
    await db.transaction().execute((trx) => decideInvestment(trx, asked, { ...read, forumName }, acting));
    void queues.ring("tell", {});
    return reply.redirect(`/investment/${asked.plan}`, 303);
  });

  async function theAsked(request: FastifyRequest<OfPlan>): Promise<InvestmentAsked> {
    const plan = idOf(request.params.plan);
    const now = await clock.now();
    const [asked] =
      plan === null || plan > LARGEST_ID ? [] : await listInvestment(db, { sight: sightOf(request), now, plan });
    if (asked === undefined)
      throw new Problem(404, `There is no plan ${request.params.plan} that asks for anything, and that you may see.`);
    return asked;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, asked: InvestmentAsked, again?: Again) {
    const catalogue = await catalogueInForce();
    const forums = decidesFor(request.caller, asked);
    const errors = again?.errors ?? [];
    const context = {
      asked: askedInWords(asked, catalogue),
      forums: forums.map((code) => ({ code, name: catalogue.forums.get(code)?.name ?? code })),
      words: Object.entries(DECISION_WORDS).map(([value, word]) => ({ value, word })),
      typed: again?.typed ?? { forum: "", decision: "", amount: "", note: "" },
      errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      wrong: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    };
    const status = errors.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "investment-plan", status, form: true, context });
  }
};
