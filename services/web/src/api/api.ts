import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { type Description, completed } from "./description.ts";
import { actions } from "./actions.ts";
import { actionPlans } from "./action-plans.ts";
import { assessments } from "./assessments.ts";
import { bounces } from "./bounces.ts";
import { caseActs } from "./case-acts.ts";
import { caseSteps } from "./case-steps.ts";
import { challenges } from "./challenges.ts";
import { changes } from "./changes.ts";
import { choosing } from "./choices.ts";
import { commentary } from "./commentary.ts";
import { testClock } from "./clock.ts";
import { deputies } from "./deputies.ts";
import { evidence } from "./evidence.ts";
import { disputes } from "./disputes.ts";
import { escalations } from "./escalations.ts";
import { investment } from "./investment.ts";
import { markedFiles } from "./marked-file.ts";
import { meetings } from "./meetings.ts";
import { notices } from "./notices.ts";
import { operating } from "./operate.ts";
import { receivingSubmissions } from "./receive-submission.ts";
import { recalculating } from "./recalculations.ts";
import { returns } from "./returns.ts";
import { risks } from "./risks.ts";
import { scorecards } from "./scorecards.ts";
import { series } from "./series.ts";
import { signingOff } from "./sign-off.ts";
import { submissionReports } from "./submissions.ts";
import { thresholds } from "./thresholds.ts";
import { withdrawing } from "./withdrawal.ts";

const PREFIX = "/api/v1";

/** The API of contract section 7, described at /api/v1/openapi.json; returns that description, to be asked for once ready. */
export async function api(app: FastifyInstance, parts: Parts): Promise<Description> {
  let describe: Description = () => ({ paths: {} });
  await app.register(async (scope) => {
    const typed = scope.withTypeProvider<ZodTypeProvider>();
    typed.setValidatorCompiler(validatorCompiler);
    // Shapes describe the answers; writing 1,000 assessments does not wait for each to be checked again.
    typed.setSerializerCompiler(() => (data) => JSON.stringify(data));
    await typed.register(swagger, {
      openapi: {
        openapi: "3.1.0",
        info: { title: "Signalbox", version: "1", description: "Figures in, cases before boards and the SLT out." },
        servers: [{ url: parts.config.baseUrl }],
        components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
        security: [{ key: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: (document) => completed("openapiObject" in document ? document.openapiObject : {}),
    });
    await typed.register(rateLimit, {
      max: parts.config.rateLimit,
      timeWindow: "1 minute",
      keyGenerator: ({ caller, ip }) => (caller.kind === "key" ? `key ${caller.key.id}` : `address ${ip}`),
      errorResponseBuilder: (_request, { after }) => new Problem(429, `Too many requests; try again in ${after}.`),
    });
    await typed.register(
      async (v1) => {
        for (const part of [
          submissionReports,
          receivingSubmissions,
          withdrawing,
          markedFiles,
          changes,
          assessments,
          caseActs,
          disputes,
          caseSteps,
          challenges,
          escalations,
          choosing,
          commentary,
          series,
          scorecards,
          recalculating,
          meetings,
          notices,
          returns,
          operating,
          deputies,
          bounces,
          signingOff,
          risks,
          investment,
          thresholds,
          actionPlans,
          actions,
          evidence,
        ]) {
          await v1.register(part(parts));
        }
        if (parts.config.clock === "test") await v1.register(testClock(parts));
        v1.get("/openapi.json", { schema: { hide: true } }, async () => scope.swagger());
      },
      { prefix: PREFIX },
    );
    describe = () => scope.swagger() as ReturnType<Description>;
  });
  return () => describe();
}
