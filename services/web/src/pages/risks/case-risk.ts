import { type EscalationRecord, NoSuchRisk, readEscalation, risksOfCases } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf, sightOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { answerWithRisk, mayGiveRisk, risksToPick } from "../../risks/case-risk.ts";
import { IMPACTS, LIKELIHOODS, scoreShown } from "../../risks/risk-words.ts";
import { type FieldError, fieldOf, readTyped, type TypedRisk, typedRisk } from "../../risks/typed-risk.ts";
import { wrongWithReason } from "./one-risk.ts";
import type { RiskPages } from "./risks.ts";
import { saying } from "../../what-was-done.ts";

interface OfCase {
  Params: { id: string };
}

/** What the form held. */
interface Form {
  readonly how: "register" | "new" | "none" | "";
  readonly picked: string;
  readonly reason: string;
  readonly typed: TypedRisk;
}

type Answer = Parameters<typeof answerWithRisk>[2]["answer"];

/** /escalations/:id/risk: the risk behind a case is picked, added, or declined with a reason. */
export function caseRiskPages(app: FastifyInstance, of: RiskPages): void {
  const { db, clock, queues, pages } = of;

  app.get<OfCase>("/escalations/:id/risk", async (request, reply) => {
    const one = await theCase(request);
    const known = (await risksOfCases(db, [one.id])).get(one.id);
    const picked = known?.risk?.reference ?? "";
    const reason = known?.declined?.reason ?? "";
    const how = picked !== "" ? "register" : reason === "" ? "" : "none";
    return show(request, reply, one, { form: { how, picked, reason, typed: typedRisk({}) }, errors: [] });
  });

  app.post<OfCase>("/escalations/:id/risk", async (request, reply) => {
    const one = await theCase(request);
    const form = formOf(request.body);
    const now = await clock.now();
    const { answer, errors } = await answerOf(request, one, form);
    if (answer === null) return show(request, reply, one, { form, errors });
    try {
      await answerWithRisk(db, one.id, { answer, by: nameOf(request.caller), now });
    } catch (error) {
      if (!(error instanceof NoSuchRisk)) throw error;
      return show(request, reply, one, { form, errors: [{ field: "picked", text: "Pick a risk from the list" }] });
    }
    void queues.ring("tell", {});
    return reply.redirect(saying(`/escalations/${one.id}`, "risk"), 303);
  });

  async function theCase(request: FastifyRequest<OfCase>): Promise<EscalationRecord> {
    const id = idOf(request.params.id);
    const now = await clock.now();
    const one = id === null ? null : await readEscalation(db, id, { sight: sightOf(request), now });
    if (one === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
    if (!one.standing) throw new Problem(409, "This case has ended, so nobody asks for its risk.");
    if (!mayGiveRisk(request.caller, one))
      throw new Problem(403, "The risk behind a case is named by the owners and executives of its organisation.");
    return one;
  }

  async function answerOf(
    request: FastifyRequest,
    { organisation }: EscalationRecord,
    { how, picked, reason, typed }: Form,
  ): Promise<{ answer: Answer | null; errors: readonly FieldError[] }> {
    if (how === "none") {
      const text = wrongWithReason(reason);
      return text === null
        ? { answer: { declined: reason }, errors: [] }
        : { answer: null, errors: [{ field: "reason", text }] };
    }
    if (how === "register") {
      if (picked !== "") return { answer: { risk: { organisation, reference: picked } }, errors: [] };
      return { answer: null, errors: [{ field: "picked", text: "Pick a risk from the list" }] };
    }
    if (how !== "new") return { answer: null, errors: [{ field: "how-register", text: "Choose how you answer" }] };
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    const reader = { caller: request.caller, catalogue, today: dayOf(now) };
    const { risk, errors } = await readTyped({ ...typed, organisation }, reader);
    return { answer: risk === null ? null : { risk }, errors };
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    one: EscalationRecord,
    { form, errors }: { form: Form; errors: readonly FieldError[] },
  ) {
    const [catalogue, risks] = await Promise.all([
      of.catalogueInForce(),
      risksToPick(db, one.organisation, await clock.now()),
    ]);
    const context = {
      one,
      subject: one.metric === null ? "Several areas at once" : (catalogue.metrics.get(one.metric)?.name ?? one.metric),
      organisationName: catalogue.organisations.get(one.organisation)?.name ?? one.organisation,
      risks: risks.map((risk) => ({ ...risk, ...scoreShown(risk) })),
      form,
      typed: form.typed,
      likelihoods: LIKELIHOODS,
      impacts: IMPACTS,
      errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      wrong: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    };
    const status = errors.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "case-risk", status, form: true, context });
  }
}

function formOf(body: unknown): Form {
  const how = fieldOf(body, "how");
  return {
    how: how === "register" || how === "new" || how === "none" ? how : "",
    picked: fieldOf(body, "picked"),
    reason: fieldOf(body, "reason"),
    typed: typedRisk(body),
  };
}
