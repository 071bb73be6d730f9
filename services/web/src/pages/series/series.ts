import {
  addRecalculation,
  catalogueReader,
  type CurrentCatalogue,
  limitsOfSeries,
  listDisputes,
  namesIn,
  readSeriesAround,
  recalculationsOf,
  removeRecalculation,
  sees,
  versionsOf,
} from "@signalbox/db";
import { hasControlLimits, nameOfPeriod, parsePeriod } from "@signalbox/domain";
import { chartedSeries, isMeasured } from "@signalbox/explain/charted-series";
import { limitsOf } from "@signalbox/explain/limit-words";
import { spcOfSeries } from "@signalbox/explain/spc-of-series";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, organisationsSeen, sightOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { mayDispute } from "../../disputing.ts";
import { Problem } from "../../problem.ts";
import { askedReason, askedRecalculation, mayRecalculate } from "../../recalculating.ts";
import { type SeenSeries, seenSeries } from "../../seen-series.ts";
import { SPC_FIELDS, spcAsked } from "../../spc-options.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { disputeInWords } from "../disputes/in-words.ts";
import { headline } from "./headline.ts";
import { definitionChanges, limitsThroughTime } from "./limits-through-time.ts";
import { placesShown } from "./places.ts";
import { aroundInWords } from "./related.ts";
import { type RowFacts, seriesRows } from "./rows.ts";
import { seriesTable } from "./table-out.ts";

const CHARTED = 60;

interface Params {
  readonly metric: string;
  readonly organisation: string;
}
type Query = Readonly<Record<string, unknown>>;

/** What a form of the page held that was not taken, with what is wrong; `id` is that of the recalculation it removes. */
interface Refused {
  readonly id: number | null;
  readonly typed: { readonly period: string; readonly reason: string };
  readonly faults: Readonly<Partial<Record<"period" | "reason", string>>>;
}

/** /series/METRIC/ORGANISATION: one series with its chart, and the dates at which its control limits begin anew. */
export const seriesPages: PagesOf = (app, parts, pages) => {
  const { db, clock } = parts;
  const readCatalogue = catalogueReader();

  app.get<{ Params: Params; Querystring: Query }>("/series/:metric/:organisation", async (request, reply) => {
    const { seen, catalogue } = await theSeries(request);
    const { options } = spcAsked(request.query, seen.found.frequency);
    const as = formatAsked(request.query["as"]);
    if (as === null) return show(request, reply, { seen, catalogue });
    return sendTable(reply, seriesTable(await factsOf(request, { seen, catalogue }, options)), as);
  });

  app.post<{ Params: Params; Body: Query | null }>(
    "/series/:metric/:organisation/recalculations",
    async (request, reply) => {
      const { seen, catalogue } = await theSeries(request, { toChange: true });
      const { period, reason } = request.body ?? {};
      const typed = { period: textOf(period), reason: textOf(reason) };
      const asked = askedRecalculation({ period, reason }, seen.found);
      if ("faults" in asked)
        return show(request, reply, { seen, catalogue }, { id: null, typed, faults: asked.faults });
      const act = { by: nameOf(request.caller), reason: asked.reason, now: await clock.now() };
      const kept = await addRecalculation(db, { ...request.params, period: asked.period }, act);
      const taken = `The limits begin anew in ${nameOfPeriod(asked.period, seen.found.frequency)} already`;
      if (kept === null)
        return show(request, reply, { seen, catalogue }, { id: null, typed, faults: { period: taken } });
      return reply.redirect(`${addressOf(request.params)}#recalculations`, 303);
    },
  );

  app.post<{ Params: Params & { id: string }; Body: Query | null }>(
    "/series/:metric/:organisation/recalculations/:id/removal",
    async (request, reply) => {
      const { seen, catalogue } = await theSeries(request, { toChange: true });
      const id = idOf(request.params.id);
      if (id === null) throw new Problem(404, `There is no recalculation ${request.params.id} of this series.`);
      const asked = askedReason(request.body?.["reason"]);
      if ("fault" in asked) {
        const typed = { period: "", reason: textOf(request.body?.["reason"]) };
        return show(request, reply, { seen, catalogue }, { id, typed, faults: { reason: asked.fault } });
      }
      const act = { by: nameOf(request.caller), reason: asked.reason, now: await clock.now() };
      const removed = await removeRecalculation(db, { ...request.params, id }, act);
      if (removed === null)
        throw new Problem(404, `No recalculation ${id} of this series stands. Somebody may have removed it before.`);
      return reply.redirect(`${addressOf(request.params)}#recalculations`, 303);
    },
  );

  type Request = FastifyRequest<{ Params: Params }>;
  interface Page {
    readonly seen: SeenSeries;
    readonly catalogue: CurrentCatalogue;
  }

  async function theSeries(request: Request, { toChange = false } = {}): Promise<Page> {
    const [seen, catalogue] = await Promise.all([seenSeries(parts, request, request.params), readCatalogue(db)]);
    if (catalogue === null) throw new Problem(404, "No catalogue is loaded.");
    if (toChange && !mayRecalculate(catalogue, request.caller, seen.found))
      throw new Problem(403, "Limits are begun anew by analysts, authors, executives, the area's chair and operators.");
    return { seen, catalogue };
  }

  async function factsOf(
    request: Request,
    { seen: { found, unsigned }, catalogue }: Page,
    options: Parameters<typeof spcOfSeries>[1],
  ): Promise<RowFacts> {
    const [versions, around] = await Promise.all([
      versionsOf(db, request.params),
      readSeriesAround(db, request.params, { sight: sightOf(request), now: await clock.now() }),
    ]);
    const metric = catalogue.metrics.get(found.metric);
    if (metric === undefined) throw new Problem(404, `There is no metric ${found.metric}.`);
    return {
      metric,
      catalogue,
      found,
      chart: spcOfSeries(found, options),
      limits: limitsOf(catalogue, found),
      versions: versions.filter(({ submission }) => !unsigned.has(submission)),
      around,
      opens: (code) => sees(organisationsSeen(request), code),
    };
  }

  async function show(request: Request, reply: FastifyReply, page: Page, refused?: Refused) {
    const { found } = page.seen;
    const query = request.query as Query;
    // Grades and what runs up over a year have no control limits, so whatever is asked of it is passed over.
    const known = page.catalogue.metrics.get(found.metric);
    const asked = spcAsked(known === undefined || hasControlLimits(known) ? query : {}, found.frequency);
    const [facts, thresholds, recalculations, disputes] = await Promise.all([
      factsOf(request, page, asked.options),
      limitsOfSeries(db, found),
      recalculationsOf(db, request.params),
      listDisputes(db, { metric: found.metric, organisation: found.organisation, inForce: true }),
    ]);
    const { metric, chart, catalogue } = facts;
    const last = found.points.at(-1);
    const limit = last === undefined ? null : facts.limits(last.period);
    const name = catalogue.organisations.get(found.organisation)?.name ?? found.organisation;
    const charted = chartedSeries(catalogue, found, {
      organisation: name,
      spc: asked.options,
      shown: CHARTED,
      narrow: true,
    });
    const places = placesShown(found.points, parsePeriod(textOf(query["before"]), found.frequency), found.frequency);
    const context = {
      address: addressOf(request.params),
      metric: {
        code: metric.code,
        name: metric.name,
        description: metric.description,
        measured: isMeasured(metric),
        varies: hasControlLimits(metric),
      },
      organisation: { code: found.organisation, name },
      ...headline({ metric, found, chart, charted, limit }),
      charted: charted && { wide: charted.svg, narrow: charted.narrowSvg },
      rows: seriesRows(facts, places),
      places,
      spc: {
        ...asked,
        query: queryOf(asked.typed),
        errors: Object.fromEntries(asked.faults.map(({ field, message }) => [field, message])),
      },
      limitsThroughTime: limitsThroughTime(thresholds, { metric, catalogue, now: limit }),
      definitionChanges: definitionChanges(found),
      recalculations: recalculations.map((one) => ({
        ...one,
        by: nameOfPerson(catalogue, one.by),
        removed: one.removed && { ...one.removed, by: nameOfPerson(catalogue, one.removed.by) },
        period: nameOfPeriod(one.period, found.frequency),
      })),
      disputes: disputes.map((one) =>
        disputeInWords(one, {
          names: namesIn(catalogue),
          who: (address) => nameOfPerson(catalogue, address),
          mayEnd: mayDispute(request.caller, one.organisation),
        }),
      ),
      mayRecalculate: mayRecalculate(catalogue, request.caller, found),
      suchPeriod: found.frequency === "monthly" ? "March 2024" : "2023/24 Q4",
      refused,
      ...aroundInWords(facts),
    };
    const status = refused === undefined && asked.faults.length === 0 ? 200 : 400;
    return pages.show(request, reply, { template: "series", status, form: context.mayRecalculate, context });
  }
};

function addressOf({ metric, organisation }: Params): string {
  return `/series/${encodeURIComponent(metric)}/${encodeURIComponent(organisation)}`;
}

/** What was asked of the chart, to go on with on another page of the same series: "points=6&". */
function queryOf(typed: ReturnType<typeof spcAsked>["typed"]): string {
  const given = SPC_FIELDS.flatMap((field) => (typed[field] === "" ? [] : [[field, typed[field]]]));
  return given.length === 0 ? "" : `${new URLSearchParams(given).toString()}&`;
}

function textOf(given: unknown): string {
  return typeof given === "string" ? given.replaceAll("\0", "").slice(0, 4000) : "";
}
