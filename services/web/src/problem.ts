import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";

/** An answer that is no success, as RFC 9457 has it; thrown by handlers. */
export class Problem extends Error {
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;
  constructor(status: number, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.more = more;
  }
}

/** Answers with application/problem+json. */
export function sendProblem(reply: FastifyReply, { status, message, more }: Problem): FastifyReply {
  return reply
    .code(status)
    .type("application/problem+json; charset=utf-8")
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail: message, ...more });
}
