import { RISK_COLUMNS, RISK_COLUMNS_WORKED_OUT } from "@signalbox/catalogue";
import { type CurrentCatalogue, type ListedRisk, listRisks, type RiskFilter, sees } from "@signalbox/db";
import { dayOf, RISK_BANDS, riskScore } from "@signalbox/domain";
import type { FastifyInstance } from "fastify";
import { organisationsSeen, sightOf } from "../../callers.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { addressOfRisk, BAND_MARKS, scoreShown } from "../../risks/risk-words.ts";
import { registersKept } from "../../risks/who-may.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { RiskPages } from "./risks.ts";

const A_PAGE = 40;
const EVERYTHING = 100_000;

/** /risks: the registers that somebody may see, the worst risks first. */
export function registerPage(app: FastifyInstance, of: RiskPages): void {
  const { db, clock, pages } = of;
  app.get<{ Querystring: Record<string, unknown> }>("/risks", async (request, reply) => {
    const { query } = request;
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    const organisation = wordOf(query["organisation"]);
    const band = RISK_BANDS.find((one) => one === query["band"]);
    const stale = query["stale"] === "yes";
    const filter: RiskFilter = { sight: sightOf(request), now, today: dayOf(now), organisation, band, stale };
    const as = formatAsked(query["as"]);
    if (as !== null) {
      const { risks } = await listRisks(db, filter, { skip: 0, limit: EVERYTHING });
      return sendTable(reply, tableOf(risks), as);
    }
    const page = pageAsked(query["page"]);
    const { risks, counts } = await listRisks(db, filter, { skip: (page - 1) * A_PAGE, limit: A_PAGE });
    const address = addressWith("/risks", {
      organisation: organisation ?? "",
      band: band ?? "",
      stale: stale ? "yes" : "",
    });
    const visible = organisationsSeen(request);
    const kept = registersKept(request.caller, catalogue);
    const context = {
      chosen: { organisation, band, stale },
      counts,
      paged: pageOf(counts.all, { page, size: A_PAGE, address }),
      risks: risks.map((risk) => shownRisk(risk, catalogue)),
      bands: RISK_BANDS.toReversed().map((code) => ({ code, ...BAND_MARKS[code] })),
      organisations: [...catalogue.organisations.values()].filter(({ code }) => sees(visible, code)).slice(0, 300),
      mayKeep: kept.length > 0,
    };
    return pages.show(request, reply, { template: "risks", context });
  });
}

/** A risk as a row of the list shows it. */
function shownRisk(risk: ListedRisk, catalogue: CurrentCatalogue) {
  return {
    ...risk,
    ...scoreShown(risk),
    href: addressOfRisk(risk),
    organisationName: catalogue.organisations.get(risk.organisation)?.name ?? risk.organisation,
    cases: risk.cases.map((one) => ({ ...one, name: one.metric ?? "Several areas" })),
  };
}

/** A word of the query; nothing where it is empty, too long, or stands twice. */
function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 300 && !value.includes("\0") ? value : undefined;
}

function tableOf(risks: readonly ListedRisk[]): TableOut {
  return {
    name: "risks",
    columns: [...RISK_COLUMNS, ...RISK_COLUMNS_WORKED_OUT].map((key) => ({ key, title: key })),
    rows: risks.map(({ reviewedOn, isStale, cases, organisation, reference, title, likelihood, impact, owner }) => ({
      organisation,
      reference,
      title,
      likelihood,
      impact,
      reviewed_on: reviewedOn,
      owner,
      score: riskScore({ likelihood, impact }),
      review_is_stale: isStale ? "yes" : "no",
      cases: cases.map(({ id }) => id).join(" "),
    })),
  };
}
