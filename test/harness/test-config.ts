import { tmpdir } from "node:os";
import { type Config, readConfig } from "@signalbox/config";

/** The settings of a test: what matters is given, the rest is as it is by default, with a web port of the machine's choice. */
export function testConfig(
  env: { readonly DATABASE_URL: string; readonly QUEUE_URL: string } & NodeJS.ProcessEnv,
): Config & { databaseUrl: string; queueUrl: string } {
  const config = readConfig({
    SESSION_SECRET: "a secret of thirty-two characters",
    DATA_DIR: tmpdir(),
    LOG_LEVEL: "fatal",
    LOG_FORMAT: "json",
    MAIL_FROM: "Signalbox <signalbox@example.org>",
    RATE_LIMIT: "1000000",
    ...env,
  });
  return { ...config, port: 0, databaseUrl: env.DATABASE_URL, queueUrl: env.QUEUE_URL };
}
