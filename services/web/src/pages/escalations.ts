import {
  acknowledgeEscalation,
  type Assessment,
  catalogueNames,
  catalogueReader,
  type EscalationRecord,
  listAssessments,
  listEscalations,
  readEscalation,
  readSeriesPoints,
  SEES_ALL,
  successorsOf,
} from "@signalbox/db";
import { asPeriod, nameOfPeriod } from "@signalbox/domain";
import { idOf } from "../api/query.ts";
import { nameOf, sightOf } from "../callers.ts";
import { chartedSeries } from "@signalbox/explain/charted-series";
import { ragAndSpc } from "@signalbox/explain/rag-and-spc";
import { Problem } from "../problem.ts";
import type { PagesOf } from "./all.ts";
import { historyOf, summaryOf } from "./case-words.ts";

const PAGE = 100;
const PERIODS_SHOWN = 24;
const LONGEST_NOTE = 4000;

/** /escalations, one page a case, and its acknowledgement. */
export const escalationPages: PagesOf = (app, { db, clock }, pages) => {
  const readCatalogue = catalogueReader();

  app.get<{ Querystring: { all?: string; after?: string } }>("/escalations", async (request, reply) => {
    const all = request.query.all === "yes";
    const after = idOf(request.query.after ?? "0") ?? 0;
    const filter = { sight: sightOf(request), now: await clock.now(), ...(all ? {} : { standing: true }) };
    const [found, names] = await Promise.all([
      listEscalations(db, filter, { after, limit: PAGE + 1 }),
      catalogueNames(db),
    ]);
    const cases = found.slice(0, PAGE).map((one) => summaryOf(one, names));
    const next = found.length > PAGE ? cases.at(-1)?.id : undefined;
    return pages.show(request, reply, { template: "escalations", context: { cases, all, next } });
  });

  app.get<{ Params: { id: string } }>("/escalations/:id", async (request, reply) => {
    const found = await theCase(request);
    return show(request, reply, found);
  });

  app.post<{ Params: { id: string }; Body: { note?: unknown } | null }>(
    "/escalations/:id/acknowledgement",
    async (request, reply) => {
      const found = await theCase(request);
      const note = typeof request.body?.note === "string" ? request.body.note.replaceAll("\0", "").trim() : "";
      if (note === "") return show(request, reply, found, "Say in a few words what you make of it");
      if (note.length > LONGEST_NOTE) return show(request, reply, found, `Use at most ${LONGEST_NOTE} characters`);
      await acknowledgeEscalation(db, found.id, { actor: nameOf(request.caller), note, now: await clock.now() });
      return reply.redirect(`/escalations/${found.id}`, 303);
    },
  );

  type Request = Parameters<typeof pages.show>[0];
  type Reply = Parameters<typeof pages.show>[1];

  async function theCase(request: Request): Promise<EscalationRecord> {
    const { id } = request.params as { id: string };
    const number = idOf(id);
    const asked = { sight: sightOf(request), now: await clock.now(), history: false };
    const found = number === null ? null : await readEscalation(db, number, asked);
    if (found === null) throw new Problem(404, `There is no case ${id}.`);
    return found;
  }

  async function show(request: Request, reply: Reply, found: EscalationRecord, error?: string) {
    const [names, successors] = await Promise.all([catalogueNames(db), successorsOf(db, found.organisation)]);
    const assessments =
      found.metric === null
        ? []
        : await listAssessments(
            db,
            { sight: SEES_ALL, metric: found.metric, organisation: found.organisation },
            { after: null, limit: 10_000 },
          );
    const last = assessments.findLastIndex(({ period }) => period <= (found.endedIn ?? Infinity));
    const context = {
      one: summaryOf(found, names),
      ...(await pictureOf(found, assessments[last])),
      ...historyOf(found, assessments.slice(Math.max(0, last + 1 - PERIODS_SHOWN), last + 1), names),
      acknowledged: found.acknowledged,
      actionPlan: found.actionPlan,
      notices: found.notices,
      previous: found.previous,
      successors: successors.map(({ successor, from }) => ({
        name: names.organisations.get(successor) ?? successor,
        from: nameOfPeriod(asPeriod(from), "monthly"),
      })),
      ended: found.endedIn === null ? null : nameOfPeriod(found.endedIn, found.frequency),
      error,
    };
    return pages.show(request, reply, { template: "escalation", status: error ? 400 : 200, form: true, context });
  }

  /** The chart of a case's series up to its end, and the sentence that joins RAG and SPC. */
  async function pictureOf({ metric, organisation, endedIn }: EscalationRecord, last: Assessment | undefined) {
    if (metric === null) return {};
    const [catalogue, series] = await Promise.all([readCatalogue(db), readSeriesPoints(db, metric, organisation)]);
    if (catalogue === null || series === null) return {};
    const name = catalogue.organisations.get(organisation)?.name ?? organisation;
    const charted = chartedSeries(catalogue, series, { through: endedIn ?? Infinity, organisation: name });
    if (charted === null) return {};
    return { chart: charted.svg, standing: ragAndSpc(last, charted, series.better) };
  }
};
