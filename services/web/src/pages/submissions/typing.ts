import { type CurrentCatalogue, keepDraft, readDraft, sees, type TypingPlace, typingRows } from "@signalbox/db";
import { dayOf, formatPeriod, nameOfPeriod, parsePeriod, periodContaining } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, submitsFor } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { organisationsToSubmitFor } from "./own-organisations.ts";
import type { PagesOf } from "../all.ts";
import { ANSWERS, canonicalFile, isSent, nothingTyped, typedFigures, typedIn } from "./typed-figures.ts";
import { faultIn, periodsOffered, rowInWords, type Typed, withoutWhatHolds } from "./typing-words.ts";

const NONE_TYPED = "Enter at least one value, or say that there is none";
const NOTHING_NEW = "What you entered holds already, so there is nothing to send";

/** /submissions/type: a cell a metric, for whoever has a few figures and no system. */
export const typingPages: PagesOf = (app, { db, clock, machineNow, previews }, pages) => {
  app.get<{ Querystring: Record<string, unknown> }>("/submissions/type", async (request, reply) => {
    const draft = idOf(text(request.query["draft"]));
    const kept = draft === null ? null : await readDraft(db, draft, nameOf(request.caller), machineNow());
    const typed = kept === null ? null : typedFigures.safeParse(kept.typed);
    const asked = typed?.success ? { ...typed.data, figures: typed.data.figures } : null;
    const place = await placeOf(request, asked ?? request.query);
    return show(request, reply, place, { typed: asked?.figures ?? null });
  });

  app.post<{ Body: Record<string, unknown> | null }>("/submissions/type", async (request, reply) => {
    const body = request.body ?? {};
    const place = await placeOf(request, body);
    if (place === null) throw new Problem(400, "Choose an organisation and a period first.");
    const catalogue = await theCatalogue();
    const rows = await typingRows(db, place, await clock.now());
    const all = typedIn(
      body,
      rows.map(({ metric }) => metric),
    );
    const typed = withoutWhatHolds(catalogue, rows, all);
    if (!Object.values(typed).some(isSent) && Object.values(all).some(isSent)) {
      return show(request, reply, place, { typed: all, checked: true, nothing: NOTHING_NEW });
    }
    const wrong = Object.entries(typed).some(([code, figure]) => faultIn(catalogue, code, figure) !== null);
    const isEmpty = !Object.values(typed).some(isSent);
    if (wrong || isEmpty) return show(request, reply, place, { typed, checked: true });
    const { organisation, frequency, period } = place;
    const file = canonicalFile({ organisation, period, figures: typed }, frequency);
    const draft = await keepDraft(
      db,
      {
        madeBy: nameOf(request.caller),
        organisation,
        ...file,
        mediaType: "text/csv",
        template: null,
        typed: { organisation, period: formatPeriod(period, frequency), figures: typed },
      },
      machineNow(),
    );
    return reply.redirect(`/submissions/upload/${draft}`, 303);
  });

  async function theCatalogue(): Promise<CurrentCatalogue> {
    const catalogue = await previews.readCatalogue(db);
    if (catalogue === null) throw new Problem(409, "No catalogue is loaded yet, so nobody owes a figure.");
    return catalogue;
  }

  /** Whose figures of when a request speaks of; null where it does not say, a problem where it says nonsense. */
  async function placeOf(
    { caller }: FastifyRequest,
    given: { readonly organisation?: unknown; readonly period?: unknown },
  ): Promise<TypingPlace | null> {
    const organisation = text(given.organisation);
    const written = text(given.period);
    if (organisation === "" || written === "") return null;
    if (!sees(submitsFor(caller), organisation) || !(await theCatalogue()).organisations.has(organisation)) {
      throw new Problem(403, `The figures of ${organisation} are not yours to submit.`);
    }
    const month = parsePeriod(written, "monthly");
    const period = month ?? parsePeriod(written, "quarterly");
    if (period === null) throw new Problem(400, `"${written}" is no period: write 2024-03, or 2023/24 Q4.`);
    const frequency = month === null ? "quarterly" : "monthly";
    if (period > periodContaining(dayOf(await clock.now()), frequency)) {
      throw new Problem(400, `${nameOfPeriod(period, frequency)} has not begun, so there are no figures of it yet.`);
    }
    return { organisation, frequency, period };
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    place: TypingPlace | null,
    {
      typed = null,
      checked = false,
      nothing = NONE_TYPED,
    }: { typed?: Typed | null; checked?: boolean; nothing?: string },
  ) {
    const catalogue = await theCatalogue();
    const organisations = await organisationsToSubmitFor(db, previews, request.caller);
    const now = await clock.now();
    const found = place === null ? [] : await typingRows(db, place, now);
    const given = typed ?? nothingTyped(found.map(({ metric }) => metric));
    const rows =
      place === null ? [] : found.map((row, at) => rowInWords(catalogue, place, { row, at, given, checked }));
    const errors = rows.flatMap(({ error, id }) =>
      error === null ? [] : [{ text: error.text, href: `#${id}-${error.field}` }],
    );
    if (checked && errors.length === 0) errors.push({ text: nothing, href: `#${rows[0]?.id ?? "period"}-value` });
    const context = {
      organisations,
      periods: periodsOffered(now, place),
      chosen:
        place === null
          ? { organisation: text((request.query as { organisation?: unknown }).organisation), period: "" }
          : { organisation: place.organisation, period: formatPeriod(place.period, place.frequency) },
      organisation: place && (catalogue.organisations.get(place.organisation)?.name ?? place.organisation),
      periodName: place && nameOfPeriod(place.period, place.frequency),
      areas: [...Map.groupBy(rows, ({ area }) => area)].map(([area, of]) => ({ area, rows: of })),
      answers: Object.entries(ANSWERS).map(([value, words]) => ({ value, words })),
      errors,
    };
    return pages.show(request, reply, { template: "typing", status: checked ? 400 : 200, form: true, context });
  }
};

function text(given: unknown): string {
  return typeof given === "string" ? given.trim() : "";
}
