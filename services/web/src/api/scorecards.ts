import { readBeside, readScorecard, scorecardCatalogueReader } from "@signalbox/db";
import { asPeriod, type CountChange, formatPeriod, type TargetCounts } from "@signalbox/domain";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { sightOf } from "../callers.ts";
import { type AskedScorecard, askedScorecard } from "../pages/scorecards/asked.ts";
import { countsOf, type DomainCounts } from "../pages/scorecards/counts-shown.ts";
import { defaultScope } from "../pages/scorecards/default-scope.ts";
import { spcReader } from "../pages/scorecards/spc-reader.ts";
import { plainRow } from "../pages/scorecards/taken-away.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { decodeCursor, encodeCursor, paging, plainText } from "./query.ts";
import { scorecardShape } from "./scorecard-shape.ts";

const place = z.tuple([z.number().int().nonnegative()]);

/** GET /scorecards: how measures stand by a period, counted in the words of board papers, and row by row. */
export function scorecards({ db, clock }: Parts): FastifyPluginAsyncZod {
  const readCatalogue = scorecardCatalogueReader();
  return async (app) => {
    app.get(
      "/scorecards",
      {
        schema: {
          tags: ["scorecards"],
          summary: "Measures of an organisation, a forum, a domain, a contract or a commissioner, by a period",
          description: `Without organisation, forum, contract or commissioner it is of the caller's own organisation. Each row
stands by its latest figure of a period that has ended by then, of the twelve months before it; quarterly metrics by their
last quarter. "below" and "met" are against the target in force, unrounded; below means on the wrong side.`,
          querystring: z.object({
            ...paging,
            organisation: plainText.optional().describe("Its own series"),
            below: z.enum(["yes"]).optional().describe("Of those directly below the organisation, in its place"),
            forum: plainText.optional().describe("The metrics of its areas, at the levels that become cases"),
            domain: plainText.optional(),
            contract: plainText.optional(),
            commissioner: plainText.optional(),
            metric: plainText.optional(),
            period: plainText.optional().describe("2024-03, or 2023/24 Q4; the latest with a figure if left out"),
          }),
          response: { 200: scorecardShape },
        },
      },
      async (request) => {
        const { limit, cursor, ...query } = request.query;
        const catalogue = await readCatalogue(db);
        if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet.");
        const sight = sightOf(request);
        const asked = askedScorecard(query, { catalogue, sight, usual: defaultScope(request.caller, catalogue) });
        const [scorecard, now, spcOf] = await Promise.all([
          readScorecard(db, catalogue, { scope: asked.scope, sight, ...asked.by }),
          clock.now(),
          spcReader(db),
        ]);
        const from = decodeCursor(place, cursor)?.[0] ?? 0;
        const rows = scorecard.rows.slice(from, from + limit);
        const beside = await readBeside(db, { catalogue, sight, now }, rows);
        const { domains, together } = countsOf(scorecard.rows);
        return {
          period: periodOf(scorecard.through, asked),
          domains: domains.map((one) => ({ domain: one.domain, ...counted(one) })),
          together: counted(together),
          items: rows.map((row) => plainRow(row, { beside, spcOf })),
          next: from + limit < scorecard.rows.length ? encodeCursor([from + limit]) : null,
        };
      },
    );
  };
}

function periodOf(through: number | null, { by }: AskedScorecard): string | null {
  if (through === null) return null;
  return by?.frequency === "quarterly"
    ? formatPeriod(asPeriod(through - 2), "quarterly")
    : formatPeriod(asPeriod(through), "monthly");
}

function counted({ now, change }: DomainCounts): { counts: TargetCounts; change: CountChange } {
  return { counts: now, change };
}
