import { closeRisk, type OneRisk, putRisks, readRisk } from "@signalbox/db";
import { dayOf, isReviewStale } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { nameOf, sightOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { Problem } from "../../problem.ts";
import { addressOfRisk, IMPACTS, LIKELIHOODS, scoreShown } from "../../risks/risk-words.ts";
import { type FieldError, fieldOf, readTyped, type TypedRisk, typedRisk } from "../../risks/typed-risk.ts";
import { keepsRegister } from "../../risks/who-may.ts";
import { formatAsked, sendTable, type TableOut } from "../../way-out.ts";
import type { RiskPages } from "./risks.ts";

const LONGEST_REASON = 1000;
const VERSIONS_SHOWN = 40;

interface OfRisk {
  Params: { organisation: string; reference: string };
  Querystring: { as?: unknown };
}

interface Again {
  readonly typed?: TypedRisk;
  readonly because?: string;
  readonly errors: readonly FieldError[];
}

/** /risks/:organisation/:reference: one risk with its history and cases; it is reviewed and closed here. */
export function oneRiskPages(app: FastifyInstance, of: RiskPages): void {
  const { db, clock, pages } = of;

  app.get<OfRisk>("/risks/:organisation/:reference", async (request, reply) => {
    const found = await theRisk(request);
    const as = formatAsked(request.query.as);
    return as === null ? show(request, reply, found) : sendTable(reply, historyOut(found), as);
  });

  app.post<OfRisk>("/risks/:organisation/:reference/review", async (request, reply) => {
    const found = await toKeep(request);
    const { organisation, reference } = found.risk;
    const typed = { ...typedRisk(request.body), organisation, reference };
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    const { risk, errors } = await readTyped(typed, { caller: request.caller, catalogue, today: dayOf(now) });
    if (risk === null) return show(request, reply, found, { typed, errors });
    await db.transaction().execute((trx) => putRisks(trx, [risk], { by: nameOf(request.caller), now }));
    return reply.redirect(addressOfRisk(risk), 303);
  });

  app.post<OfRisk>("/risks/:organisation/:reference/closure", async (request, reply) => {
    const found = await toKeep(request);
    const because = fieldOf(request.body, "because");
    const text = wrongWithReason(because);
    if (text !== null) return show(request, reply, found, { because, errors: [{ field: "because", text }] });
    const acting = { because, by: nameOf(request.caller), now: await clock.now() };
    await db.transaction().execute((trx) => closeRisk(trx, found.risk, acting));
    return reply.redirect(addressOfRisk(found.risk), 303);
  });

  async function theRisk(request: FastifyRequest<OfRisk>): Promise<OneRisk> {
    const { organisation, reference } = request.params;
    const isNoName = `${organisation}${reference}`.includes("\0");
    const sight = sightOf(request);
    const found = isNoName ? null : await readRisk(db, { organisation, reference }, { sight, now: await clock.now() });
    if (found === null) throw new Problem(404, "There is no such risk that you may see.");
    return found;
  }

  async function toKeep(request: FastifyRequest<OfRisk>): Promise<OneRisk> {
    const found = await theRisk(request);
    if (!keepsRegister(request.caller, found.risk.organisation))
      throw new Problem(403, "A risk is reviewed and closed by the owners and executives of its organisation.");
    if (!found.isOpen) throw new Problem(409, "This risk is closed. Add it again if it has come back.");
    return found;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, found: OneRisk, again: Again = { errors: [] }) {
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    const { risk, versions, isOpen, cases } = found;
    const { reviewedOn, owner } = risk;
    const asIs = { ...risk, likelihood: `${risk.likelihood}`, impact: `${risk.impact}` };
    const context = {
      risk: { ...risk, ...scoreShown(risk) },
      isOpen,
      isStale: isReviewStale(risk, dayOf(now)),
      organisationName: catalogue.organisations.get(risk.organisation)?.name ?? risk.organisation,
      cases: cases.map((one) => ({ ...one, name: one.metric ?? "Several areas" })),
      earlier: Math.max(0, versions.length - VERSIONS_SHOWN),
      versions: versions.slice(0, VERSIONS_SHOWN).map((one) => ({
        ...one,
        ...scoreShown(one),
        who: nameOfPerson(catalogue, one.by),
        closedBy: one.endedBy === null ? null : nameOfPerson(catalogue, one.endedBy),
      })),
      href: addressOfRisk(risk),
      mayKeep: isOpen && keepsRegister(request.caller, risk.organisation),
      typed: again.typed ?? { ...asIs, reviewed_on: reviewedOn ?? "", owner: owner ?? "" },
      because: again.because ?? "",
      likelihoods: LIKELIHOODS,
      impacts: IMPACTS,
      errors: again.errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      wrong: Object.fromEntries(again.errors.map(({ field, text }) => [field, text])),
    };
    const status = again.errors.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "risk", status, form: true, context });
  }
}

/** What is wrong with a reason; null where nothing is. */
export function wrongWithReason(reason: string): string | null {
  if (reason === "") return "Say why in a few words";
  return reason.length > LONGEST_REASON ? `Use at most ${LONGEST_REASON} characters` : null;
}

function historyOut({ risk, versions }: OneRisk): TableOut {
  const columns = ["from", "until", "title", "likelihood", "impact", "reviewed_on", "owner", "by", "closed_because"];
  return {
    name: `risk ${risk.organisation} ${risk.reference}`,
    columns: columns.map((key) => ({ key, title: key })),
    rows: versions.map(({ at, until, title, likelihood, impact, reviewedOn, owner, by, closedBecause }) => ({
      from: at.toString(),
      until: until?.toString() ?? null,
      title,
      likelihood,
      impact,
      reviewed_on: reviewedOn,
      owner,
      by,
      closed_because: closedBecause,
    })),
  };
}
