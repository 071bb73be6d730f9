import type { Config } from "@signalbox/config";
import type { FastifyRequest } from "fastify";
import { isMailShown, isOwnHost } from "./kept-mail.ts";

/** Whether this is somebody's own machine to look at: nothing but what comes with Signalbox, and nobody else can connect. */
export function isEverythingEmbedded(config: Config, request: FastifyRequest): boolean {
  return config.databaseUrl === null && !config.production && isMailShown(config) && isOwnHost(request, config);
}
