import { endingSoon, type LimitFilter, type LimitListed, listLimits, listProposals, sees } from "@signalbox/db";
import { asPeriod, dayOf, nameOfPeriod, periodContaining } from "@signalbox/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import { nameOf, organisationsSeen, sightOf } from "../../callers.ts";
import { datesInWords, limitsInWords, scopeInWords } from "../../limits/limit-lines.ts";
import { replacedFrom } from "../../limits/replaced-limits.ts";
import { forumsSeen, proposesAnything } from "../../limits/who-may.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { LimitPages } from "./thresholds.ts";

const A_PAGE = 100;
const EVERYTHING = 100_000;
const PROPOSALS = 20;

export interface LimitsQuery {
  forum?: unknown;
  metric?: unknown;
  organisation?: unknown;
  status?: unknown;
  page?: unknown;
  as?: unknown;
}

/** /thresholds: the limits in force that somebody may see, sets that wait, and what ends soon. */
export async function limitsList(
  of: LimitPages,
  request: FastifyRequest<{ Querystring: LimitsQuery }>,
  reply: FastifyReply,
) {
  const { db, clock, pages, catalogueInForce } = of;
  const [catalogue, now] = [await catalogueInForce(), await clock.now()];
  const filter = filterOf(request.query);
  const sight = sightOf(request);
  const as = formatAsked(request.query.as);
  if (as !== null) {
    const { rows } = await listLimits(db, sight, filter, { offset: 0, limit: EVERYTHING });
    return sendTable(reply, tableOf(rows), as);
  }
  const page = pageAsked(request.query.page);
  const found = await listLimits(db, sight, filter, { offset: (page - 1) * A_PAGE, limit: A_PAGE });
  const address = addressWith("/thresholds", {
    forum: filter.forum ?? "",
    metric: filter.metric ?? "",
    organisation: filter.organisation ?? "",
    status: filter.status ?? "",
  });
  const seen = forumsSeen(request.caller);
  const [proposals, ending] = await Promise.all([
    listProposals(db, { forums: seen, by: nameOf(request.caller), limit: PROPOSALS }),
    endingSoon(db, dayOf(now), { forums: seen }),
  ]);
  const soon = new Set(ending.map(({ metric, organisation, level }) => `${metric}\n${organisation}\n${level}`));
  const visible = organisationsSeen(request);
  const thisMonth = periodContaining(dayOf(now), "monthly");
  const inMonth = (month: number | null) => month && nameOfPeriod(asPeriod(month), "monthly");
  return pages.show(request, reply, {
    template: "thresholds",
    context: {
      address,
      chosen: { ...filter },
      paged: pageOf(found.total, { page, size: A_PAGE, address }),
      limits: found.rows.map((row) => ({
        ...row,
        name: catalogue.metrics.get(row.metric)?.name ?? row.metric,
        board: catalogue.forums.get(row.forum)?.name ?? row.forum,
        scope: scopeInWords(catalogue, row),
        limits: limitsInWords(catalogue, row),
        dates: datesInWords(row),
        replaced: inMonth(replacedFrom(row, found.rows, thisMonth)),
        endsSoon:
          row.status === "approved" && row.to !== null && soon.has(`${row.metric}\n${row.organisation}\n${row.level}`),
      })),
      ending: ending.map((one) => ({ ...one, scope: one.what === "plans" ? "" : scopeInWords(catalogue, one) })),
      proposals: proposals.map((one) => ({ ...one, board: catalogue.forums.get(one.forum)?.name ?? one.forum })),
      mayPropose: proposesAnything(request.caller),
      forums: [...catalogue.forums.values()].filter(({ tier }) => tier === "board"),
      metrics: [...catalogue.metrics.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB")),
      organisations: [...catalogue.organisations.values()].filter(({ code }) => sees(visible, code)).slice(0, 300),
    },
  });
}

function filterOf({ forum, metric, organisation, status }: LimitsQuery): LimitFilter {
  return {
    forum: textOf(forum),
    metric: textOf(metric),
    organisation: textOf(organisation),
    status: status === "draft" || status === "approved" ? status : undefined,
  };
}

/** A word of the query; nothing where it is empty, too long, or stands twice. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 300 && !value.includes("\0") ? value : undefined;
}

function tableOf(rows: readonly LimitListed[]): TableOut {
  const columns = [
    "metric",
    "organisation",
    "level",
    "basis",
    "board",
    "slt",
    "from",
    "to",
    "status",
    "approved_on",
    "minute",
    "forum",
  ];
  const month = (period: number | null) =>
    period === null ? null : `${Math.floor(period / 12)}-${String((period % 12) + 1).padStart(2, "0")}`;
  return {
    name: "limits",
    columns: columns.map((key) => ({ key, title: key })),
    rows: rows.map(
      ({ approvedOn, from, to, metric, organisation, level, basis, board, slt, status, minute, forum }) => {
        return {
          metric,
          organisation,
          level,
          basis,
          board,
          slt,
          from: month(from),
          to: month(to),
          status,
          approved_on: approvedOn,
          minute,
          forum,
        };
      },
    ),
  };
}
