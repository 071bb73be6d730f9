import {
  catalogueReader,
  type CurrentCatalogue,
  decideInvestment,
  findPerson,
  INVESTMENT_DECISIONS,
  type InvestmentAsked,
  listInvestment,
} from "@signalbox/db";
import { asPeriod, dayOf, formatPeriod } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, organisationsSeen, sightOf } from "../callers.ts";
import { readDecision } from "../investment/typed-decision.ts";
import { decidesFor, decidingForums } from "../investment/who-may.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor, idOf, idParams, paging, plainText, writtenText, yesOrNo } from "./query.ts";
import { figure, id, instant, listOf, period, tier } from "./shapes.ts";

const decisionShape = z.object({
  revision: z.int(),
  forum: z.string(),
  decision: z.enum(INVESTMENT_DECISIONS),
  amount: z.number().nullable().describe("Pounds"),
  note: z.string(),
  by: z.string(),
  at: instant,
});

const investmentShape = z.object({
  plan: id,
  organisation: z.string(),
  revision: z.int().describe("The revision that was accepted last"),
  acceptedAt: instant,
  what: z.string(),
  cost: z.number().nullable().describe("Pounds; null where help alone is asked for"),
  help: z.string(),
  activity: z.string(),
  effects: z.array(z.object({ metric: z.string(), organisation: z.string(), by: figure, in: period.nullable() })),
  breaches: z
    .array(
      z.object({
        escalation: id,
        metric: z.string().nullable(),
        organisation: z.string(),
        forum: z.string().nullable(),
        tier,
        standing: z.boolean(),
        periods: z.int().describe("How long it has lasted"),
        period: period.nullable(),
        value: figure,
        past: z
          .object({ rag: z.enum(["red", "amber"]), limit: z.enum(["slt", "board"]), by: z.number(), at: z.number() })
          .nullable()
          .describe("How far past its limit, in the metric's unit"),
      }),
    )
    .describe("The worst first"),
  decisions: z.array(decisionShape).describe("The latest first"),
});

const place = z.tuple([z.number().int().nonnegative()]);

/** What accepted plans ask for, and what forums decided of it. */
export function investment({ db, clock, queues }: Parts): FastifyPluginAsyncZod {
  const readCatalogue = catalogueReader();
  const tags = ["investment"];
  return async (app) => {
    app.get(
      "/investment",
      {
        schema: {
          tags,
          summary: "What accepted plans ask for, the worst breach first",
          querystring: z.object({
            ...paging,
            forum: plainText.optional(),
            open: yesOrNo.describe("Only what was not decided yet, or was put off"),
          }),
          response: { 200: listOf(investmentShape) },
        },
      },
      async (request) => {
        const { limit, cursor, forum, open } = request.query;
        const skip = decodeCursor(place, cursor)?.[0] ?? 0;
        const filter = { sight: sightOf(request), now: await clock.now(), forum, open: open === "true" };
        const asked = await listInvestment(db, filter);
        const catalogue = await readCatalogue(db);
        const items = asked.slice(skip, skip + limit).map((one) => shown(one, catalogue));
        const next = skip + items.length;
        return { items, next: next < asked.length ? encodeCursor([next]) : null };
      },
    );

    app.get(
      "/action-plans/:id/investment",
      {
        schema: {
          tags,
          summary: "What one accepted plan asks for",
          params: idParams,
          response: { 200: investmentShape },
        },
      },
      async (request) => shown(await theAsked(request), await readCatalogue(db)),
    );

    app.post(
      "/action-plans/:id/investment",
      {
        schema: {
          tags,
          summary: "Record what a forum decided of what a plan asks for",
          description:
            "The same decision again, where it is the forum's last, changes nothing. Earlier ones stay on record.",
          params: idParams,
          body: z.object({
            forum: plainText,
            decision: z.enum(INVESTMENT_DECISIONS),
            amount: z
              .number()
              .positive()
              .max(1e12)
              .nullable()
              .default(null)
              .describe("Pounds, of what is agreed in part"),
            note: writtenText.pipe(z.string().max(2000)).default(""),
            by: plainText.describe("The e-mail address of the chair or secretary of the forum"),
          }),
          response: { 200: investmentShape },
        },
      },
      async (request) => {
        const asked = await theAsked(request);
        // Who asks for money does not decide it, whomever they name.
        if (organisationsSeen(request) !== null)
          throw new Problem(403, "What a forum decided is recorded with a key of the whole system.");
        const { by, amount, ...typed } = request.body;
        const person = await findPerson(db, by, dayOf(await clock.now()).toString());
        const forums = person === null ? [] : decidesFor({ kind: "person", person }, asked);
        if (!forums.includes(typed.forum))
          throw new Problem(
            403,
            `${by} does not decide this for ${typed.forum}: its cases are those of ${decidingForums(asked).join(", ") || "no forum"}, and chair or secretary decide.`,
          );
        const { read, errors } = readDecision(
          { ...typed, amount: amount === null ? "" : amount.toFixed(2) },
          { cost: asked.cost, forums },
        );
        if (read === null) throw new Problem(422, errors.map(({ field, text }) => `${field}: ${text}`).join("; "));
        const catalogue = await readCatalogue(db);
        const forumName = catalogue?.forums.get(read.forum)?.name ?? read.forum;
        const acting = { by: by.toLowerCase(), through: nameOf(request.caller), now: await clock.now() };
        await db.transaction().execute((trx) => decideInvestment(trx, asked, { ...read, forumName }, acting));
        void queues.ring("tell", {});
        return shown(await theAsked(request), catalogue);
      },
    );

    async function theAsked(request: FastifyRequest<{ Params: { id: string } }>): Promise<InvestmentAsked> {
      const plan = idOf(request.params.id);
      const now = await clock.now();
      const [asked] = plan === null ? [] : await listInvestment(db, { sight: sightOf(request), now, plan });
      if (asked === undefined)
        throw new Problem(404, `There is no plan ${request.params.id} that asks for anything, and that you may see.`);
      return asked;
    }
  };
}

function shown(
  { plan, acceptedAt, cases, effects, decisions, ...asked }: InvestmentAsked,
  catalogue: CurrentCatalogue | null,
) {
  const often = (metric: string) => catalogue?.metrics.get(metric)?.frequency ?? "monthly";
  return {
    ...asked,
    plan: String(plan),
    acceptedAt: acceptedAt.toString(),
    effects: effects.map((one) => ({
      ...one,
      in: one.in === null ? null : formatPeriod(asPeriod(one.in), often(one.metric)),
    })),
    breaches: cases.map((one) => ({
      escalation: String(one.id),
      metric: one.metric,
      organisation: one.organisation,
      forum: one.forum,
      tier: one.tier,
      standing: one.standing,
      periods: one.length,
      period: one.period === null ? null : formatPeriod(asPeriod(one.period), one.frequency),
      value: one.value,
      past: one.past,
    })),
    decisions: decisions.map(({ id: _id, at, ...one }) => ({ ...one, at: at.toString() })),
  };
}
