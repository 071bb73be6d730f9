import {
  catalogueReader,
  closeRisk,
  findPerson,
  type ListedRisk,
  listRisks,
  NoSuchRisk,
  putRisks,
  reachOf,
  readEscalation,
  readRisk,
  type RiskRow,
  risksOfCases,
  type CaseRisk,
  sees,
  REQUEST_STAGES,
} from "@signalbox/db";
import { bandOf, dayOf, RISK_BANDS, riskScore } from "@signalbox/domain";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf, sightOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { answerWithRisk } from "../risks/case-risk.ts";
import { readTyped } from "../risks/typed-risk.ts";
import { keepsRegister } from "../risks/who-may.ts";
import {
  decodeCursor,
  encodeCursor,
  idFilter,
  idOf,
  idParams,
  paging,
  plainText,
  writtenText,
  yesOrNo,
} from "./query.ts";
import { id, instant, listOf } from "./shapes.ts";

const level = z.int().min(1).max(5);
const saidOfRisk = {
  title: plainText.min(1),
  likelihood: level,
  impact: level,
  reviewedOn: z.iso.date().nullable().default(null),
  owner: plainText.max(200).nullable().default(null),
};
const riskKey = { organisation: plainText.min(1), reference: plainText.min(1).max(64) };
const reason = writtenText.pipe(z.string().min(1).max(1000));
const by = plainText.describe("The e-mail address of the owner or executive who says so");

const riskShape = z.object({
  ...riskKey,
  ...saidOfRisk,
  score: z.int().describe("Likelihood times impact"),
  band: z.enum(RISK_BANDS),
  reviewIsStale: z.boolean(),
  since: instant.describe("When the register said so first"),
  escalations: z.array(id).describe("The cases that name it"),
});

const caseRiskShape = z.object({
  risk: z.object({ ...riskKey, ...saidOfRisk, by: z.string(), at: instant }).nullable(),
  declined: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable(),
  asked: z.object({ dueOn: z.iso.date(), status: z.enum(REQUEST_STAGES) }).nullable(),
});

const place = z.tuple([z.number().int().nonnegative()]);

/** The registers of risks, and the risk behind a case. */
export function risks(parts: Parts): FastifyPluginAsyncZod {
  const { db, clock, queues } = parts;
  const readCatalogue = catalogueReader();
  const tags = ["risks"];
  return async (app) => {
    app.get(
      "/risks",
      {
        schema: {
          tags,
          summary: "The risks on the registers, the worst first",
          querystring: z.object({
            ...paging,
            organisation: plainText.optional(),
            escalation: z.string().optional().describe("Only the risk behind this case"),
            band: z.enum(RISK_BANDS).optional(),
            stale: yesOrNo.describe("Only those whose review is out of date"),
          }),
          response: { 200: listOf(riskShape) },
        },
      },
      async (request) => {
        const { limit, cursor, organisation, band, stale, escalation } = request.query;
        const now = await clock.now();
        const skip = decodeCursor(place, cursor)?.[0] ?? 0;
        const found = await listRisks(
          db,
          {
            sight: sightOf(request),
            now,
            today: dayOf(now),
            organisation,
            band,
            escalation: idFilter(escalation),
            stale: stale === "true",
          },
          { skip, limit },
        );
        const next = skip + found.risks.length;
        return { items: found.risks.map(shown), next: next < found.counts.all ? encodeCursor([next]) : null };
      },
    );

    app.post(
      "/risks",
      {
        schema: {
          tags,
          summary: "Put a risk on the register of its organisation",
          description: "The same again changes nothing; a risk that is there and differs is 409: amend it by PUT.",
          body: z.object({ ...riskKey, ...saidOfRisk }),
          response: { 201: riskShape },
        },
      },
      async (request, reply) => {
        const risk = await checked(request, request.body);
        const now = await clock.now();
        const there = await readRisk(db, risk, { sight: sightOf(request), now });
        if (there?.isOpen === true && differs(there.risk, risk))
          throw new Problem(409, `The register of ${risk.organisation} has a risk ${risk.reference}: amend it by PUT.`);
        await db.transaction().execute((trx) => putRisks(trx, [risk], { by: nameOf(request.caller), now }));
        return reply.code(201).send(await asItIs(request, risk));
      },
    );

    app.put(
      "/risks/:organisation/:reference",
      {
        schema: {
          tags,
          summary: "Say what a risk now is: its words, score, last review and owner",
          description: "One that is not on the register is added. What it said before stays on record.",
          params: z.object(riskKey),
          body: z.object(saidOfRisk),
          response: { 200: riskShape },
        },
      },
      async (request) => {
        const risk = await checked(request, { ...request.params, ...request.body });
        const acting = { by: nameOf(request.caller), now: await clock.now() };
        await db.transaction().execute((trx) => putRisks(trx, [risk], acting));
        return asItIs(request, risk);
      },
    );

    app.post(
      "/risks/:organisation/:reference/closure",
      {
        schema: {
          tags,
          summary: "Close a risk, with the reason; a case that named it has none again",
          params: z.object(riskKey),
          body: z.object({ reason }),
          response: { 200: z.object({ escalations: z.array(id).describe("The cases that named it") }) },
        },
      },
      async (request) => {
        mustKeep(request, request.params.organisation);
        const acting = { because: request.body.reason, by: nameOf(request.caller), now: await clock.now() };
        const cases = await db.transaction().execute((trx) => closeRisk(trx, request.params, acting));
        if (cases === null) throw noSuchRisk(request.params);
        return { escalations: cases.map(String) };
      },
    );

    app.post(
      "/escalations/:id/risk",
      {
        schema: {
          tags,
          summary: "Name the risk behind a case, or say why it has none",
          description:
            "A reference alone names a risk that is on the register; with a title, likelihood and impact the risk is put there first. `by` is somebody who answers for the organisation of the case.",
          params: idParams,
          body: z.union([
            z.object({ by, declined: reason }),
            z.object({ by, reference: riskKey.reference, ...saidOfRisk }),
            z.object({ by, reference: riskKey.reference }),
          ]),
          response: { 200: caseRiskShape },
        },
      },
      async (request) => {
        const { body } = request;
        const now = await clock.now();
        const given = idOf(request.params.id);
        const one = given === null ? null : await readEscalation(db, given, { sight: sightOf(request), now });
        if (one === null) throw new Problem(404, `There is no case ${request.params.id} that you may see.`);
        const { organisation } = one;
        mustKeep(request, organisation);
        if (!one.standing) throw new Problem(409, `Case ${one.id} has ended, so nobody asks for its risk.`);
        await mustAnswer(body.by, organisation);
        const act = { by: body.by.toLowerCase(), now, through: nameOf(request.caller) };
        if ("declined" in body) await answerWithRisk(db, one.id, { ...act, answer: { declined: body.declined } });
        else {
          const { by: _by, ...named } = body;
          const risk =
            "title" in named ? await checked(request, { ...named, organisation }) : { ...named, organisation };
          await answerWithRisk(db, one.id, { ...act, answer: { risk } }).catch(asProblem);
        }
        void queues.ring("tell", {});
        return shownOfCase((await risksOfCases(db, [one.id])).get(one.id));
      },
    );

    async function checked({ caller }: FastifyRequest, risk: RiskRow): Promise<RiskRow> {
      const [catalogue, now] = [await readCatalogue(db), await clock.now()];
      if (catalogue === null) throw new Problem(404, "No catalogue is loaded yet, so there are no registers.");
      const { reviewedOn, owner, likelihood, impact, ...more } = risk;
      const typed = {
        ...more,
        likelihood: `${likelihood}`,
        impact: `${impact}`,
        reviewed_on: reviewedOn ?? "",
        owner: owner ?? "",
      };
      const read = await readTyped(typed, { caller, catalogue, today: dayOf(now) });
      if (read.risk === null) throw new Problem(422, read.errors.map(({ text }) => text).join("; "));
      return read.risk;
    }

    async function mustAnswer(person: string, organisation: string): Promise<void> {
      const known = await findPerson(db, person, dayOf(await clock.now()).toString());
      if (known === null || !sees(reachOf(known, "owner", "executive"), organisation))
        throw new Problem(403, `${person} is no owner or executive of ${organisation}: name in "by" who says so.`);
    }

    async function asItIs(request: FastifyRequest, risk: RiskRow) {
      const now = await clock.now();
      const found = await listRisks(
        db,
        { sight: sightOf(request), now, today: dayOf(now), organisation: risk.organisation, reference: risk.reference },
        { skip: 0, limit: 1 },
      );
      const [one] = found.risks;
      if (one === undefined) throw noSuchRisk(risk);
      return shown(one);
    }
  };
}

function mustKeep({ caller }: FastifyRequest, organisation: string): void {
  if (keepsRegister(caller, organisation)) return;
  throw new Problem(404, `There is no register of ${organisation} that you keep.`);
}

function noSuchRisk({ organisation, reference }: { organisation: string; reference: string }): Problem {
  return new Problem(404, `The register of ${organisation} has no open risk ${reference}.`);
}

function asProblem(error: unknown): never {
  throw error instanceof NoSuchRisk ? new Problem(422, error.message) : error;
}

const SAID = ["title", "likelihood", "impact", "reviewedOn", "owner"] as const;
const differs = (one: RiskRow, other: RiskRow) => SAID.some((column) => one[column] !== other[column]);

function shown({
  organisation,
  reference,
  title,
  likelihood,
  impact,
  reviewedOn,
  owner,
  at,
  isStale,
  cases,
}: ListedRisk) {
  const score = riskScore({ likelihood, impact });
  return {
    organisation,
    reference,
    title,
    likelihood,
    impact,
    reviewedOn,
    owner,
    score,
    band: bandOf(score),
    reviewIsStale: isStale,
    since: at.toString(),
    escalations: cases.map((one) => String(one.id)),
  };
}

function shownOfCase(known: CaseRisk | undefined) {
  const { risk, declined, asked } = known ?? { risk: null, declined: null, asked: null };
  return {
    risk: risk && shownGiven(risk),
    declined: declined && { ...declined, at: declined.at.toString() },
    asked: asked && { dueOn: asked.dueOn, status: asked.stage },
  };
}

function shownGiven({ givenBy, givenAt, ...risk }: NonNullable<CaseRisk["risk"]>) {
  return { ...risk, by: givenBy, at: givenAt.toString() };
}
