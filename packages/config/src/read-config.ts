import type { MailMode } from "./mail-settings.ts";
import { type Settings, settings } from "./settings.ts";

/** All settings of one process, checked as a whole. Addresses of servers that are null are embedded. */
export interface Config {
  readonly databaseUrl: string | null;
  readonly queueUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailMode: MailMode;
  readonly mailFrom: string;
  readonly baseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly sessionSecret: string | null;
  /** The OpenID provider that people sign in with; null where there is none. */
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null;
  readonly inboxDir: string | null;
  /** Hosts that files may be fetched from; none: nothing is fetched. */
  readonly sourceHosts: readonly string[];
  /** API requests a minute and key. */
  readonly rateLimit: number;
  readonly logLevel: Settings["LOG_LEVEL"];
  readonly logFormat: "pretty" | "json";
  readonly clock: "system" | "test";
  readonly production: boolean;
  /** Asked for each time that the auditor finds nothing; null: nobody is told. */
  readonly auditPingUrl: string | null;
  readonly mailKeepDays: number;
  readonly personalDataKeepDays: number;
}

/** Every fault of the settings, one line each, beginning with the variable's name. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "ConfigError";
    this.faults = faults;
  }
}

const OIDC = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

/** What no variable shows by itself. */
function faultsTogether(env: NodeJS.ProcessEnv): string[] {
  const faults: string[] = [];
  if (env["CLOCK"] === "test" && env["NODE_ENV"] === "production") {
    faults.push("CLOCK: test is refused when NODE_ENV is production; leave CLOCK out");
  }
  if (env["DATABASE_URL"] && !env["SESSION_SECRET"]) {
    faults.push("SESSION_SECRET: is required when DATABASE_URL is set; give at least 32 random characters");
  }
  const missing = OIDC.filter((name) => !env[name]);
  if (missing.length < OIDC.length) {
    for (const name of missing) faults.push(`${name}: is missing; give ${OIDC.join(", ")}, all three or none`);
  }
  return faults;
}

function oidcOf(is: Settings): Config["oidc"] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = is;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return Object.freeze({ issuer, clientId, clientSecret });
}

/** Reads the settings from an environment; an empty variable counts as none. Throws ConfigError with all faults. */
export function readConfig(env: NodeJS.ProcessEnv, { terminal = process.stderr.isTTY } = {}): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const read = settings.safeParse(given);
  const single = read.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  const faults = [...single, ...faultsTogether(given)];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  const is = read.data;
  return Object.freeze({
    databaseUrl: is.DATABASE_URL ?? null,
    queueUrl: is.QUEUE_URL ?? null,
    smtpUrl: is.SMTP_URL ?? null,
    mailMode: Object.freeze(is.MAIL_MODE),
    mailFrom: is.MAIL_FROM,
    baseUrl: is.BASE_URL ?? `http://localhost:${is.PORT}`,
    host: is.HOST,
    port: is.PORT,
    dataDir: is.DATA_DIR,
    sessionSecret: is.SESSION_SECRET ?? null,
    oidc: oidcOf(is),
    inboxDir: is.INBOX_DIR ?? null,
    sourceHosts: Object.freeze(is.SOURCE_HOSTS),
    rateLimit: is.RATE_LIMIT,
    logLevel: is.LOG_LEVEL,
    logFormat: is.LOG_FORMAT ?? (terminal ? "pretty" : "json"),
    clock: is.CLOCK,
    production: is.NODE_ENV === "production",
    auditPingUrl: is.AUDIT_PING_URL ?? null,
    mailKeepDays: is.MAIL_KEEP_DAYS,
    personalDataKeepDays: is.PERSONAL_DATA_KEEP_DAYS,
  });
}
