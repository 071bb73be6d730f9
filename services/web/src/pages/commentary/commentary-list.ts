import {
  type CommentaryFilter,
  type CurrentCatalogue,
  type ListedCommentary,
  listCommentary,
  NOT_SIGNED_OFF,
  sees,
  unsignedFigures,
} from "@signalbox/db";
import { formatPeriod, nameOfPeriod, parsePeriod } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import { sightOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import type { Parts } from "../../parts.ts";
import type { TableOut } from "../../way-out.ts";

/** What is asked of the list, as it was typed. */
export interface AskedList {
  readonly forum: string;
  readonly period: string;
  readonly mine: boolean;
}

/** Reads what is asked of the list; what is no text is passed over. */
export function askedList(query: Readonly<Record<string, unknown>>): AskedList {
  const text = (name: string) => {
    const given = query[name];
    return typeof given === "string" ? given.replaceAll("\0", "").trim().slice(0, 300) : "";
  };
  return { forum: text("forum"), period: text("period"), mine: text("mine") === "yes" };
}

/** A page of the list in words; `unread` is true where the period that was typed is none. */
export async function shownList(
  { db }: Pick<Parts, "db">,
  request: FastifyRequest,
  { asked, catalogue, offset, limit }: { asked: AskedList; catalogue: CurrentCatalogue; offset: number; limit: number },
) {
  const sight = sightOf(request);
  const month = asked.period === "" ? null : parsePeriod(asked.period, "monthly");
  const quarter = asked.period === "" ? null : parsePeriod(asked.period, "quarterly");
  const period = month ?? quarter;
  const email = "person" in request.caller ? (request.caller.person?.email ?? null) : null;
  const filter: CommentaryFilter = {
    sight,
    forum: asked.forum === "" ? undefined : asked.forum,
    askedOf: asked.mine ? (email ?? "nobody") : undefined,
    ...(period === null ? {} : { from: period, to: period + (month === null ? 2 : 0) }),
  };
  const { rows, total } = await listCommentary(db, filter, { offset, limit });
  const isWhole = rows.every(({ organisation }) => sees(sight.organisations, organisation));
  const unsigned = isWhole ? null : await unsignedFigures(db);
  const isHidden = (one: ListedCommentary) =>
    unsigned !== null && !sees(sight.organisations, one.organisation) && unsigned.waits(one);
  return {
    rows: rows.map((one) => shownRow(one, catalogue, isHidden(one))),
    total,
    unread: asked.period !== "" && period === null,
  };
}

const STAGES: Readonly<Partial<Record<NonNullable<ListedCommentary["stage"]>, string>>> = {
  asked: "Asked for",
  reminded: "Asked for, and reminded",
  due: "Due today",
  overdue: "Overdue",
  "raised-a-level": "Overdue, and its executive was told",
  "on-agenda": "Overdue, and on the agenda",
  "in-summary": "Overdue, and in the summary for the SLT",
};

function shownRow(one: ListedCommentary, catalogue: CurrentCatalogue, hidden: boolean) {
  const { metric, organisation, area, frequency, period, dueOn, stage, words, by, at, versions } = one;
  return {
    href: `/commentary/${encodeURIComponent(metric)}/${encodeURIComponent(organisation)}/${formatPeriod(period, "monthly")}`,
    metric: catalogue.metrics.get(metric)?.name ?? metric,
    organisation: catalogue.organisations.get(organisation)?.name ?? organisation,
    area: catalogue.forums.get(area)?.name ?? area,
    period: nameOfPeriod(period, frequency),
    dueOn,
    state: words === null ? (STAGES[stage ?? "asked"] ?? "Not written") : "Written",
    words: hidden && words !== null ? NOT_SIGNED_OFF : words,
    by: by === null ? null : nameOfPerson(catalogue, by),
    at: at?.toString() ?? null,
    savedAt: at,
    versions,
  };
}

/** The list as a table to take away. */
export function commentaryTable(rows: readonly ReturnType<typeof shownRow>[]): TableOut {
  return {
    name: "commentary",
    columns: [
      { key: "metric", title: "What" },
      { key: "organisation", title: "Organisation" },
      { key: "area", title: "Area" },
      { key: "period", title: "Period" },
      { key: "dueOn", title: "Due" },
      { key: "state", title: "State" },
      { key: "words", title: "Commentary" },
      { key: "by", title: "Written by" },
      { key: "at", title: "Written at" },
    ],
    rows: rows.map(({ href: _href, savedAt: _savedAt, versions: _versions, ...row }) => row),
  };
}
