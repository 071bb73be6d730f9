import type { Config } from "@signalbox/config";
import type { FastifyRequest } from "fastify";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Mail is kept and shown, to anyone on this machine, only while no mail server is named and nobody else can connect. */
export function isMailShown({ smtpUrl, host }: Pick<Config, "smtpUrl" | "host">): boolean {
  return smtpUrl === null && LOOPBACK.test(host);
}

/**
 * Whether a request names this machine, or BASE_URL's host, as the host it wants: a page of another site that has its
 * name resolve to 127.0.0.1 must not read the mail (DNS rebinding).
 */
export function isOwnHost(request: FastifyRequest, { baseUrl }: Pick<Config, "baseUrl">): boolean {
  return LOOPBACK.test(request.hostname) || request.hostname === new URL(baseUrl).hostname;
}
