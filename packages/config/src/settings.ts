import { resolve } from "node:path";
import { z } from "zod";
import { mailFrom, mailMode } from "./mail-settings.ts";

const said = (input: unknown): string => JSON.stringify(input);

function wholeNumber(what: string, { least, most = Number.MAX_SAFE_INTEGER }: { least: number; most?: number }) {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least} on` : `a number from ${least} to ${most}`;
  return z
    .string({ error: "" })
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: ({ input }) => `${said(input)} is no ${what}; give ${range}`,
    })
    .transform(Number);
}

function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const list = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return z.enum(words, { error: ({ input }) => `${said(input)} is not known; give ${list}` });
}

/** An address of a server. The value is not repeated in the fault: it may hold a password. */
function address(what: string, protocols: readonly string[]) {
  const fits = (text: string): boolean =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)) && new URL(text).hostname !== "";
  return z
    .string()
    .refine(fits, { error: `this is no address of ${what}; give ${protocols.map((p) => `${p}://…`).join(" or ")}` });
}

const webAddress = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:\/\/[^?#]+$/.test(text), {
    error: ({ input }) => `${said(input)} is no web address; give http://… or https://…, without ? and #`,
  })
  .transform((text) => text.replace(/\/+$/, ""));

/** It is asked for as it stands, and may hold a secret: it is not repeated in the fault. */
const pingAddress = z.string().refine(
  (text) => {
    const url = /[\s#]/.test(text) ? null : URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  },
  { error: "this is no address to ask for; give http://… or https://…, without a name, a password or #" },
);

const ON_THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An issuer is compared letter by letter with what the provider calls itself; without TLS only on this machine. */
const issuer = z.string().refine(
  (text) => {
    const url = /[?#\s]/.test(text) ? null : URL.parse(text);
    return url?.protocol === "https:" || (url?.protocol === "http:" && ON_THIS_MACHINE.test(url.hostname));
  },
  { error: ({ input }) => `${said(input)} is no issuer; give https://…, or http:// on this machine alone` },
);

const folder = z.string().transform((path) => resolve(path));

const HOST =
  /^(?=.{1,253}(?::|$))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?$/;

/** Hosts by name, for an address in numbers could be any machine's of ours; with a port where it is not 443. */
const hosts = z.string().transform((text, context): readonly string[] => {
  const named = text.split(",").map((host) => host.trim().toLowerCase());
  const all = named.filter((host) => host !== "");
  const wrong = all.filter((host) => !HOST.test(host) || !URL.canParse(`https://${host}`));
  for (const host of wrong) context.addIssue(`${said(host)} is no host's name; give names joined by commas`);
  return all.map((host) => (URL.canParse(`https://${host}`) ? new URL(`https://${host}`).host : host));
});

/** The settings one by one (contract, section 3, and how long things are kept), as the environment spells them. */
export const settings = z.object({
  DATABASE_URL: address("PostgreSQL", ["postgres", "postgresql"]).optional(),
  QUEUE_URL: address("Redis or PostgreSQL", ["redis", "rediss", "postgres", "postgresql"]).optional(),
  SMTP_URL: address("a mail server", ["smtp", "smtps"]).optional(),
  MAIL_MODE: mailMode.prefault("live"),
  MAIL_FROM: mailFrom.prefault("Signalbox <signalbox@localhost>"),
  BASE_URL: webAddress.optional(),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, { error: ({ input }) => `${said(input)} is no host; give a name or an address` })
    .prefault("127.0.0.1"),
  PORT: wholeNumber("port", { least: 1, most: 65_535 }).prefault("3000"),
  DATA_DIR: folder.prefault("./var"),
  SESSION_SECRET: z.string().min(32, { error: "this is too short; give at least 32 random characters" }).optional(),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  INBOX_DIR: folder.optional(),
  RATE_LIMIT: wholeNumber("rate", { least: 1 }).prefault("6000"),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).prefault("info"),
  LOG_FORMAT: oneOf(["pretty", "json"]).optional(),
  CLOCK: oneOf(["system", "test"]).prefault("system"),
  NODE_ENV: z.string().optional(),
  MAIL_KEEP_DAYS: wholeNumber("number of days", { least: 1 }).prefault("730"),
  SOURCE_HOSTS: hosts.prefault(""),
  AUDIT_PING_URL: pingAddress.optional(),
  PERSONAL_DATA_KEEP_DAYS: wholeNumber("number of days", { least: 1 }).prefault("2555"),
});

export type Settings = z.infer<typeof settings>;
