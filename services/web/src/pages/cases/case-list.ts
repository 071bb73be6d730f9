import {
  type CaseFilter,
  type CurrentCatalogue,
  type ListedCase,
  listCases,
  NOT_SIGNED_OFF,
  type ReadCatalogue,
  sees,
  type Sight,
  unsignedFigures,
} from "@signalbox/db";
import type { FastifyInstance } from "fastify";
import { readsAddresses } from "./case-facts.ts";
import { seatsOf, sightOf } from "../../callers.ts";
import type { Pages } from "../../pages.ts";
import type { Parts } from "../../parts.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import { type AskedCases, askedCases, filterOf, queryOf } from "./case-filter.ts";
import { caseRow } from "./case-rows.ts";
import { caseTable } from "./case-table.ts";

const PAGE = 50;
/** Far more cases than there are series of a nation. */
const ALL = 100_000;

/** /escalations: the cases somebody sees, worst and newest first; filtered, a page at a time, and as a file. */
export function caseList(
  app: FastifyInstance,
  { db, clock, readCatalogue }: Pick<Parts, "db" | "clock"> & { readCatalogue: ReadCatalogue },
  pages: Pages,
): void {
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>("/escalations", async (request, reply) => {
    const as = formatAsked(request.query["as"]);
    const asked = askedCases(request.query);
    const [catalogue, now] = [await readCatalogue(db), await clock.now()];
    const seats = seatsOf(request);
    const filter: CaseFilter = { ...filterOf(asked, { catalogue, seats }), sight: sightOf(request), now };
    const page = as === null ? { skip: (asked.page - 1) * PAGE, limit: PAGE } : { skip: 0, limit: ALL };
    const { cases, counts } = await listCases(db, filter, page);
    const reader = { catalogue, now, showsAddresses: readsAddresses(request.caller) };
    const rows = (await signedOnly(cases, filter.sight)).map((one) => caseRow(one, reader));
    if (as !== null) return sendTable(reply, caseTable(rows), as);
    const last = Math.max(1, Math.ceil(counts.all / PAGE));
    const context = {
      asked,
      hasSeats: seats.length > 0,
      counts,
      rows,
      last,
      choices: choicesIn(catalogue),
      filtered: queryOf({ ...asked, page: 1 }) !== "",
      previous: asked.page > 1 ? addressOf({ ...asked, page: Math.min(asked.page - 1, last) }) : null,
      next: asked.page < last ? addressOf({ ...asked, page: asked.page + 1 }) : null,
    };
    return pages.show(request, reply, { template: "escalations", context });
  });

  /** Who sees a case by forum alone does not see a value that waits for its executive's signature. */
  async function signedOnly(cases: readonly ListedCase[], { organisations }: Sight): Promise<readonly Shown[]> {
    if (cases.every(({ organisation }) => sees(organisations, organisation))) return cases;
    const unsigned = await unsignedFigures(db);
    return cases.map((one) => {
      const { figure, metric, organisation } = one;
      const waits = figure !== null && metric !== null && unsigned.waits({ ...figure, metric, organisation });
      return waits && !sees(organisations, one.organisation) ? { ...one, instead: NOT_SIGNED_OFF } : one;
    });
  }
}

type Shown = ListedCase & { readonly instead?: string };

function addressOf(asked: AskedCases): string {
  const query = queryOf(asked);
  return query === "" ? "/escalations" : `/escalations?${query}`;
}

function choicesIn(catalogue: CurrentCatalogue | null) {
  const forums = [...(catalogue?.forums.values() ?? [])].toSorted((a, b) => a.name.localeCompare(b.name));
  return { forums, areas: forums.filter(({ tier }) => tier === "board") };
}
