import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { allowedMethods } from "./known-routes.ts";
import type { Pages } from "./pages.ts";
import { Problem, sendProblem } from "./problem.ts";

const STALE_FORM = "This form has gone stale: go back, load the page again, and repeat.";
/** What the reader of multipart forms throws, without a status of its own. */
const BROKEN_FORM = /^(Multipart: Boundary|Malformed (part|content)|Unexpected end of (form|multipart))/;
const UNEXPECTED = "Something went wrong here. It has been logged; please try again.";

type Thrown = Problem | (Error & Partial<FastifyError>);

/** Answers a request with a problem: problem+json to machines, a page to people. */
export type AnswerProblem = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Answers every error, of whatever origin; returns how, for hooks in a scope that has its own way with errors. */
export function answerErrors(app: FastifyInstance, pages: Pages): AnswerProblem {
  app.setErrorHandler((error: Thrown, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, "a request failed");
    return answer(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowedMethods(app, request.url);
    if (methods.length === 0) return answer(new Problem(404, "There is nothing here."), request, reply);
    reply.header("allow", methods.join(", "));
    return answer(
      new Problem(405, `${request.method} is not possible here; ${methods.join(", ")} would be.`),
      request,
      reply,
    );
  });
  return answer;

  function answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (problem.status === 401) reply.header("www-authenticate", "Bearer");
    if (isMachine(request)) return sendProblem(reply, problem);
    return pages.showProblem(request, reply, problem);
  }
}

/** The API speaks problem+json whatever is asked for; elsewhere a person is assumed unless they hold a key. */
function isMachine({ url, headers }: FastifyRequest): boolean {
  if (/^\/(api|health|metrics)(\/|\?|$)/.test(url)) return true;
  return headers.authorization !== undefined || !(headers.accept ?? "*/*").match(/text\/html|\*\/\*/);
}

function asProblem(error: Thrown): Problem {
  if (error instanceof Problem) return error;
  if (error.validation) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      in: error.validationContext ?? "request",
      name: instancePath.replace(/^\//, ""),
      message,
    }));
    return new Problem(
      400,
      `The request is not understood: ${errors.map((one) => `${one.name}: ${one.message}`).join("; ")}`,
      { errors },
    );
  }
  if (error.code?.startsWith("FST_CSRF")) return new Problem(403, STALE_FORM);
  if (BROKEN_FORM.test(error.message))
    return new Problem(400, "The form came broken. Load the page again, and send it again.");
  const status = error.statusCode ?? 500;
  if (status === 413) return new Problem(413, "The file is larger than 50 MB.");
  if (status === 415) return new Problem(415, "This Content-Type is not taken here; see /api/docs.");
  return status < 500 ? new Problem(status, error.message) : new Problem(500, UNEXPECTED);
}
