import {
  areasOfMetrics,
  catalogueNames,
  chasersOf,
  listReturns,
  type Return,
  type ReturnKey,
  sees,
  successorsOf,
} from "@signalbox/db";
import { asPeriod, type Frequency, nameOfPeriod, parsePeriod } from "@signalbox/domain";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../api/query.ts";
import { organisationsSeen, submitsFor } from "../../callers.ts";
import { figureInWords } from "../../figure-words.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { chasersOut, figuresOut, returnsOut } from "./returns-out.ts";
import { CHASED_BECAUSE, legend, markOfReturn } from "./return-words.ts";
import { gridOf, lastPeriods, LENGTHS } from "./returns-grid.ts";

const RETURNS_A_PAGE = 600;
/** More than a system of a thousand organisations owes in a year. */
const RETURNS_TAKEN_AWAY = 100_000;

interface GridQuery {
  frequency?: unknown;
  periods?: unknown;
  organisation?: unknown;
  area?: unknown;
  after?: unknown;
  as?: unknown;
}

interface OneReturn {
  Params: { organisation: string; frequency: string; day: string; month: string };
  Querystring: { as?: unknown; table?: unknown };
}

const place = z.tuple([z.string(), z.number().int(), z.number().int()]);

/** /submissions: who sent what of the last periods; and a page a return. */
export const returnPages: PagesOf = (app, { db, clock }, pages) => {
  app.get<{ Querystring: GridQuery }>("/submissions", async (request, reply) => {
    const frequency: Frequency = request.query.frequency === "quarterly" ? "quarterly" : "monthly";
    const [usual = 6, most = usual] = LENGTHS[frequency];
    const count = Number(request.query.periods) === most ? most : usual;
    const [organisation, area] = [textOf(request.query.organisation), textOf(request.query.area)];
    const [now, names, areas] = await Promise.all([clock.now(), catalogueNames(db), areasOfMetrics(db)]);
    const periods = lastPeriods(now, frequency, count);
    const visible = organisationsSeen(request);
    const after = placeOf(textOf(request.query.after), frequency);
    const filter = { visible, frequency, organisation, area, from: periods[0], to: periods.at(-1) };
    const as = formatAsked(request.query.as);
    if (as !== null) {
      const all = await listReturns(db, filter, { after: null, limit: RETURNS_TAKEN_AWAY, now });
      return sendTable(reply, returnsOut(all), as);
    }
    const found = await listReturns(db, filter, { after, limit: RETURNS_A_PAGE + 1, now });
    const { rows, last } = gridOf(found, periods, RETURNS_A_PAGE);
    const context = {
      periods: periods.map((period) => nameOfPeriod(period, frequency)),
      rows,
      severalDays: new Set(rows.map(({ dueWorkingDay }) => dueWorkingDay)).size > 1,
      next: last && encodeCursor([last.organisation, last.dueWorkingDay, last.period]),
      chosen: { frequency, periods: count, organisation, area },
      lengths: LENGTHS[frequency],
      organisations: [...names.organisations]
        .filter(([code]) => sees(visible, code))
        .toSorted(([, one], [, other]) => one.localeCompare(other, "en-GB")),
      areas,
      legend,
      maySubmit: submitsFor(request.caller)?.length !== 0,
    };
    return pages.show(request, reply, { template: "returns", context });
  });

  app.get<OneReturn>("/returns/:organisation/:frequency/:day/:month", async (request, reply) => {
    const key = keyOf(request.params);
    const visible = organisationsSeen(request);
    const found = key !== null && sees(visible, key.organisation) ? await theReturn(key) : undefined;
    if (key === null || found === undefined)
      throw new Problem(
        404,
        "There is no such return, or it is none that you may see. Choose one on the page of submissions.",
      );
    const [names, chasers, successors] = await Promise.all([
      catalogueNames(db),
      chasersOf(db, key),
      successorsOf(db, key.organisation),
    ]);
    const period = nameOfPeriod(found.period, found.frequency);
    const figures = found.figures.map((figure) => ({
      metric: names.metrics.get(figure.metric)?.name ?? figure.metric,
      said: figure.came ? figureInWords(figure, names.metrics.get(figure.metric)) : "nothing",
      mark: markOfReturn(figure.status),
      at: figure.answeredAt,
    }));
    const chased = chasers.map((one) => ({ ...one, because: CHASED_BECAUSE[one.reason] ?? one.reason }));
    const as = formatAsked(request.query.as);
    if (as !== null) {
      const name = `return of ${found.organisation} ${period}`;
      return sendTable(
        reply,
        request.query.table === "chasers" ? chasersOut(name, chased) : figuresOut(name, figures),
        as,
      );
    }
    const context = {
      one: { ...found, dueOn: found.dueOn.toString() },
      period,
      mark: markOfReturn(found.status, found.late),
      figures,
      chasers: chased,
      successors: successors.map(({ successor, from }) => ({
        name: names.organisations.get(successor) ?? successor,
        from: nameOfPeriod(asPeriod(from), "monthly"),
      })),
    };
    return pages.show(request, reply, { template: "return", context });
  });

  async function theReturn({ organisation, frequency, dueWorkingDay, period }: ReturnKey): Promise<Return | undefined> {
    const filter = { visible: null, organisation, frequency, dueWorkingDay, from: period, to: period };
    const [found] = await listReturns(db, filter, { after: null, limit: 1, now: await clock.now() });
    return found;
  }
};

/** A word of the query; nothing where it is empty or stands twice. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 300 ? value : undefined;
}

function placeOf(cursor: string | undefined, frequency: Frequency): ReturnKey | null {
  const found = decodeCursor(place, cursor);
  if (found === null) return null;
  const [organisation, dueWorkingDay, period] = found;
  return { organisation, frequency, dueWorkingDay, period: asPeriod(period) };
}

function keyOf({ organisation, frequency, day, month }: OneReturn["Params"]): ReturnKey | null {
  const period = parsePeriod(month, "monthly");
  const dueWorkingDay = /^\d{1,3}$/.test(day) ? Number(day) : null;
  if (period === null || dueWorkingDay === null || (frequency !== "monthly" && frequency !== "quarterly")) return null;
  return { organisation, frequency, dueWorkingDay, period };
}
