import { iconSymbols } from "@signalbox/charts";
import { readBeside, readScorecard, type ScorecardCatalogue, scorecardCatalogueReader } from "@signalbox/db";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { addressWith, headingsOf, pageAsked } from "./addresses.ts";
import { askedScorecard, type Query } from "./asked.ts";
import { chooserOf } from "./chooser.ts";
import { countsOf, countsShown } from "./counts-shown.ts";
import { defaultScope } from "./default-scope.ts";
import { drillDown, waysDown } from "./drill-down.ts";
import { filterOf, sortOf } from "./filters.ts";
import { filtered, sorted } from "./row-order.ts";
import { groupsOf, rowShown } from "./rows-shown.ts";
import { spcReader } from "./spc-reader.ts";
import { plainRow, tableOf } from "./taken-away.ts";
import { titleOf } from "./title.ts";

const ROWS_A_PAGE = 100;

type Request = FastifyRequest<{ Querystring: Query }>;

/** /scorecards: how the measures of an organisation, a forum, a domain, a contract or a commissioner stand by a period. */
export const scorecardPages: PagesOf = (app, { db, clock }, pages) => {
  const readCatalogue = scorecardCatalogueReader();

  app.get<{ Querystring: Query }>("/scorecards", async (request, reply) => {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) return fault(request, reply, { status: 404, message: "No catalogue is loaded yet." });
    try {
      return await answer(request, reply, catalogue);
    } catch (error) {
      // What somebody chose wrongly is said on the page where they choose again.
      if (!(error instanceof Problem)) throw error;
      const chooser = chooserOf(catalogue, { sight: sightOf(request), query: request.query });
      return fault(request, reply, error, chooser);
    }
  });

  async function answer(request: Request, reply: FastifyReply, catalogue: ScorecardCatalogue) {
    const { query, caller } = request;
    const sight = sightOf(request);
    const as = formatAsked(query["as"]);
    const usual = defaultScope(caller, catalogue);
    const { scope, by } = askedScorecard(query, { catalogue, sight, usual });
    const [filter, sort] = [filterOf(query, catalogue), sortOf(query)];
    const [scorecard, now, spcOf] = await Promise.all([
      readScorecard(db, catalogue, { scope, sight, ...by }),
      clock.now(),
      spcReader(db),
    ]);
    const rows = sorted(filtered(scorecard.rows, filter, spcOf), sort, spcOf);
    const title = titleOf(scope, catalogue);
    const page = Math.min(pageAsked(query), Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE)));
    const shown = as === null ? rows.slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE) : rows;
    const beside = await readBeside(db, { catalogue, sight, now }, shown);
    if (as !== null) {
      const table = tableOf(
        `Scorecard ${title}`,
        shown.map((row) => plainRow(row, { beside, spcOf })),
      );
      return sendTable(reply, table, as);
    }
    const drill = drillDown(catalogue, { sight, period: query["period"] });
    const read = shown.map((row) => rowShown(row, { beside, spcOf, drill }));
    const severalOrganisations = new Set(rows.map(({ series }) => series.organisation.code)).size > 1;
    const hidden = new Set([
      ...(severalOrganisations ? [] : ["Organisation"]),
      ...(read.some(({ compared }) => compared.length > 0) ? [] : ["Compare"]),
    ]);
    const context = {
      what: title,
      icons: iconSymbols(),
      chooser: chooserOf(catalogue, { sight, query, scope, scorecard, by }),
      counts: countsShown(countsOf(scorecard.rows)),
      found: { all: scorecard.rows.length, filtered: rows.length, first: (page - 1) * ROWS_A_PAGE + 1 },
      headings: headingsOf(query, { sort, shown: (heading) => !hidden.has(heading) }),
      severalOrganisations,
      isCompared: !hidden.has("Compare"),
      groups: groupsOf(read, sort),
      earlier: earlierInWords(scorecard.rows.filter((row) => row.now.isEarlier).length),
      waysDown: waysDown(catalogue, { sight, scope, query }),
      pages: {
        before: page > 1 ? addressWith(query, { page: String(page - 1) }) : null,
        after: page * ROWS_A_PAGE < rows.length ? addressWith(query, { page: String(page + 1) }) : null,
      },
      unfiltered: addressWith(query, {
        rag: undefined,
        against: undefined,
        variation: undefined,
        area: undefined,
        page: undefined,
      }),
    };
    return pages.show(request, reply, { template: "scorecards", context });
  }

  function fault(
    request: Request,
    reply: FastifyReply,
    { status, message }: { status: number; message: string },
    chooser?: ReturnType<typeof chooserOf>,
  ) {
    return pages.show(request, reply, { template: "scorecards", status, context: { fault: message, chooser } });
  }
};

/** Said below the counts where some rest on figures of an earlier period; empty where none does. */
function earlierInWords(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "1 row counts with an earlier figure." : `${count} rows count with an earlier figure.`;
}
