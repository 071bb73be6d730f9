import { putRisks, readRisk } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { nameOf, sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { addressOfRisk, IMPACTS, LIKELIHOODS } from "../../risks/risk-words.ts";
import { type FieldError, readTyped, type TypedRisk, typedRisk } from "../../risks/typed-risk.ts";
import { registersKept } from "../../risks/who-may.ts";
import type { RiskPages } from "./risks.ts";

/** /risks/new: a risk is put on the register of an organisation. */
export function addingPages(app: FastifyInstance, of: RiskPages): void {
  const { db, clock, pages } = of;

  app.get<{ Querystring: { organisation?: unknown } }>("/risks/new", async (request, reply) => {
    const { organisation } = request.query;
    const typed = typedRisk({ organisation });
    return show(request, reply, typed, []);
  });

  app.post("/risks/new", async (request, reply) => {
    const typed = typedRisk(request.body);
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    const { risk, errors } = await readTyped(typed, { caller: request.caller, catalogue, today: dayOf(now) });
    if (risk === null) return show(request, reply, typed, errors);
    const there = await readRisk(db, risk, { sight: sightOf(request), now });
    if (there?.isOpen === true) {
      const text = `The register has a risk ${there.risk.reference}: open it to review it, or give another reference`;
      return show(request, reply, typed, [{ field: "reference", text }]);
    }
    await db.transaction().execute((trx) => putRisks(trx, [risk], { by: nameOf(request.caller), now }));
    return reply.redirect(addressOfRisk(risk), 303);
  });

  async function show(request: FastifyRequest, reply: FastifyReply, typed: TypedRisk, errors: readonly FieldError[]) {
    const kept = registersKept(request.caller, await of.catalogueInForce());
    if (kept.length === 0)
      throw new Problem(403, "Risks are put on a register by the owners and executives of its organisation.");
    const [only] = kept;
    const organisation = typed.organisation === "" && kept.length === 1 && only ? only.code : typed.organisation;
    const context = {
      typed: { ...typed, organisation },
      organisations: kept.slice(0, 400),
      likelihoods: LIKELIHOODS,
      impacts: IMPACTS,
      errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      wrong: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    };
    const status = errors.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "risk-new", status, form: true, context });
  }
}
