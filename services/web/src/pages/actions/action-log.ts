import { catalogueReader, leadingRating, listActions } from "@signalbox/db";
import { RATINGS } from "@signalbox/domain";
import type { FastifyInstance } from "fastify";
import { type ActionRow, actionRow, worstFirst } from "../../actions/action-words.ts";
import { RATING_MARKS } from "../../actions/rating-marks.ts";
import { addressesOf } from "../../acting.ts";
import { sightOf } from "../../callers.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { askedActions, filterOf, queryOf } from "./action-filter.ts";

const A_PAGE = 50;

const COLUMNS = [
  ["id", "Action"],
  ["plan", "Plan"],
  ["number", "Number in the plan"],
  ["what", "What"],
  ["of", "Of"],
  ["organisation", "Organisation"],
  ["code", "Organisation code"],
  ["owner", "Who"],
  ["dueOn", "Due"],
  ["delivery", "Delivery"],
  ["doneOn", "Done"],
  ["embedding", "Embedding"],
  ["embedBy", "To be embedded by"],
  ["evidence", "Evidence"],
  ["cases", "Cases"],
] as const;

/** /actions: what accepted plans have people do, the worst first. */
export function actionLog(app: FastifyInstance, { db, clock }: Parts, pages: Pages): void {
  const readCatalogue = catalogueReader();
  app.get<{ Querystring: Record<string, unknown> }>("/actions", async (request, reply) => {
    const as = formatAsked(request.query["as"]);
    const asked = askedActions(request.query);
    const me = addressesOf(request.caller);
    const [catalogue, now] = await Promise.all([readCatalogue(db), clock.now()]);
    const found = await listActions(db, filterOf(asked, { sight: sightOf(request), me }), now);
    const actions = found.toSorted(worstFirst);
    if (as !== null) {
      const columns = COLUMNS.map(([key, title]) => ({ key, title }));
      const rows = actions.map((one) => rowOut(actionRow(one, catalogue)));
      return sendTable(reply, { name: "actions", columns, rows }, as);
    }
    const address = addressWith("/actions", queryOf(asked));
    const paged = pageOf(actions.length, { page: pageAsked(request.query["page"]), size: A_PAGE, address });
    const shown = actions.slice(Math.max(0, paged.first - 1), paged.last);
    const context = {
      asked,
      paged,
      address,
      hasMine: me.length > 0,
      filtered: address !== "/actions?",
      counts: RATINGS.toReversed()
        .map((rating) => ({
          ...RATING_MARKS[rating],
          many: actions.filter((one) => leadingRating(one) === rating).length,
        }))
        .filter(({ many }) => many > 0),
      rows: shown.map((one) => actionRow(one, catalogue)),
      ratings: RATINGS.map((rating) => [rating, RATING_MARKS[rating].word]),
      forums: [...(catalogue?.forums.values() ?? [])].toSorted((a, b) => a.name.localeCompare(b.name)),
      organisations: organisationsIn(found),
    };
    return pages.show(request, reply, { template: "actions/log", context });
  });

  // Where a letter about a whole plan leads: a letter's link holds no question mark.
  app.get<{ Params: { id: string } }>("/actions/of-plan/:id", async (request, reply) => {
    const asked = askedActions({ plan: request.params.id });
    const seen = { sight: sightOf(request), me: addressesOf(request.caller) };
    const found = asked.plan === "" ? [] : await listActions(db, filterOf(asked, seen), await clock.now());
    if (found.length === 0)
      throw new Problem(404, `There is no action of a plan ${request.params.id} that you may see.`);
    return reply.redirect(`/actions?plan=${encodeURIComponent(request.params.id)}`, 303);
  });
}

function organisationsIn(actions: readonly { organisation: string; organisationName: string }[]) {
  const names = new Map(actions.map(({ organisation, organisationName }) => [organisation, organisationName]));
  return [...names].map(([code, name]) => ({ code, name })).toSorted((a, b) => a.name.localeCompare(b.name));
}

function rowOut({ delivery, embedding, cases, ...row }: ActionRow) {
  return { ...row, delivery: delivery.word, embedding: embedding?.word ?? null, cases: cases.join(" ") };
}
