import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "./read-config.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test("an empty environment means the contract's defaults", () => {
  expect(readConfig({}, { terminal: true })).toEqual({
    databaseUrl: null,
    queueUrl: null,
    smtpUrl: null,
    mailMode: { kind: "live" },
    mailFrom: "Signalbox <signalbox@localhost>",
    baseUrl: "http://localhost:3000",
    host: "127.0.0.1",
    port: 3000,
    dataDir: resolve("var"),
    sessionSecret: null,
    oidc: null,
    inboxDir: null,
    sourceHosts: [],
    rateLimit: 6000,
    logLevel: "info",
    logFormat: "pretty",
    clock: "system",
    production: false,
    auditPingUrl: null,
    mailKeepDays: 730,
    personalDataKeepDays: 2555,
  });
});

test("a variable that is empty counts as none", () => {
  expect(readConfig({ DATABASE_URL: "", PORT: " ", SMTP_URL: "" }).port).toBe(3000);
});

test("logs are JSON where stderr is no terminal, unless the setting says otherwise", () => {
  expect(readConfig({}, { terminal: false }).logFormat).toBe("json");
  expect(readConfig({ LOG_FORMAT: "pretty" }, { terminal: false }).logFormat).toBe("pretty");
});

test("links use the port unless BASE_URL says where the site is seen", () => {
  expect(readConfig({ PORT: "8080" }).baseUrl).toBe("http://localhost:8080");
  expect(readConfig({ BASE_URL: "https://signalbox.example.nhs.uk/" }).baseUrl).toBe(
    "https://signalbox.example.nhs.uk",
  );
});

test("servers of one's own replace each embedded part", () => {
  const config = readConfig({
    DATABASE_URL: "postgres://app@db.example.org/signalbox",
    SESSION_SECRET: SECRET,
    QUEUE_URL: "rediss://queue.example.org:6380",
    SMTP_URL: "smtps://mail.example.org",
  });
  expect(config.databaseUrl).toBe("postgres://app@db.example.org/signalbox");
  expect(config.queueUrl).toBe("rediss://queue.example.org:6380");
  expect(config.smtpUrl).toBe("smtps://mail.example.org");
});

test("mail is held, or redirected to one address", () => {
  expect(readConfig({ MAIL_MODE: "hold" }).mailMode).toEqual({ kind: "hold" });
  expect(readConfig({ MAIL_MODE: "redirect:pilot@example.org" }).mailMode).toEqual({
    kind: "redirect",
    to: "pilot@example.org",
  });
});

test("hosts that files are fetched from are named, with a port where it is another", () => {
  const read = readConfig({ SOURCE_HOSTS: " www.england.nhs.uk, Figures.Example.org:8443,files.example:443," });
  expect(read.sourceHosts).toEqual(["www.england.nhs.uk", "figures.example.org:8443", "files.example"]);
});

test("nobody changes the settings once read", () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
  expect(Object.isFrozen(readConfig({ MAIL_MODE: "hold" }).mailMode)).toBe(true);
});

describe("a fault names the variable and what to give", () => {
  test.each<[string, Record<string, string>, string | readonly string[]]>([
    ["no number", { PORT: "abc" }, 'PORT: "abc" is no port; give a number from 1 to 65535'],
    ["past the range", { PORT: "65536" }, 'PORT: "65536" is no port; give a number from 1 to 65535'],
    ["no rate", { RATE_LIMIT: "0" }, 'RATE_LIMIT: "0" is no rate; give a whole number from 1 on'],
    ["unknown word", { CLOCK: "sundial" }, 'CLOCK: "sundial" is not known; give system or test'],
    ["unknown mode", { MAIL_MODE: "off" }, 'MAIL_MODE: "off" is not known; give live, hold or redirect:ADDRESS'],
    [
      "no address",
      { MAIL_MODE: "redirect:pilot" },
      'MAIL_MODE: "pilot" is no e-mail address; give redirect:name@example.org',
    ],
    [
      "a header smuggled in",
      { MAIL_MODE: "redirect:a@example.org\r\nBcc: b@example.org" },
      'MAIL_MODE: "a@example.org\\r\\nBcc: b@example.org" is no e-mail address; give redirect:name@example.org',
    ],
    [
      "no sender",
      { MAIL_FROM: "Signalbox" },
      'MAIL_FROM: "Signalbox" is no sender; give name@example.org or Name <name@example.org>',
    ],
    [
      "no web address",
      { BASE_URL: "signalbox" },
      'BASE_URL: "signalbox" is no web address; give http://… or https://…, without ? and #',
    ],
    [
      "another queue",
      { QUEUE_URL: "amqp://q" },
      "QUEUE_URL: this is no address of Redis or PostgreSQL; give redis://… or rediss://… or postgres://… or postgresql://…",
    ],
    [
      "addresses where hosts belong",
      { SOURCE_HOSTS: "https://a.example/,b.example/x,127.0.0.1,*.example" },
      [
        'SOURCE_HOSTS: "https://a.example/" is no host\'s name; give names joined by commas',
        'SOURCE_HOSTS: "b.example/x" is no host\'s name; give names joined by commas',
        'SOURCE_HOSTS: "127.0.0.1" is no host\'s name; give names joined by commas',
        'SOURCE_HOSTS: "*.example" is no host\'s name; give names joined by commas',
      ],
    ],
    ...["ftp://watch.example", "watch.example/abc", "https://me:secret@watch.example/", "https://a.example/ b"].map(
      (given): [string, Record<string, string>, string] => [
        `no address to ask for, as ${given}`,
        { AUDIT_PING_URL: given },
        "AUDIT_PING_URL: this is no address to ask for; give http://… or https://…, without a name, a password or #",
      ],
    ),
    [
      "no days",
      { MAIL_KEEP_DAYS: "for ever" },
      'MAIL_KEEP_DAYS: "for ever" is no number of days; give a whole number from 1 on',
    ],
    [
      "a clock for tests in production",
      { CLOCK: "test", NODE_ENV: "production" },
      "CLOCK: test is refused when NODE_ENV is production; leave CLOCK out",
    ],
    [
      "no secret beside a database of one's own",
      { DATABASE_URL: "postgres://db.example.org/signalbox" },
      "SESSION_SECRET: is required when DATABASE_URL is set; give at least 32 random characters",
    ],
  ])("%s", (_, env, fault) => {
    expect(faultsOf(env)).toEqual([fault].flat());
  });
});

test("all faults are told together", () => {
  const faults = faultsOf({
    PORT: "abc",
    CLOCK: "test",
    NODE_ENV: "production",
    DATABASE_URL: "mysql://db",
    LOG_LEVEL: "loud",
  });
  expect(faults.map((fault) => fault.split(":")[0])).toEqual([
    "DATABASE_URL",
    "PORT",
    "LOG_LEVEL",
    "CLOCK",
    "SESSION_SECRET",
  ]);
});

test("a fault repeats neither a password nor a secret", () => {
  const faults = faultsOf({
    DATABASE_URL: "mysql://app:open-sesame@db",
    SMTP_URL: "http://me:open-sesame@mail",
    SESSION_SECRET: "open-sesame",
  });
  expect(faults).toHaveLength(3);
  expect(faults.join()).not.toContain("sesame");
});

describe("an OpenID provider", () => {
  const client = { OIDC_CLIENT_ID: "signalbox", OIDC_CLIENT_SECRET: "a secret" };

  test.each([
    "https://login.example.org/tenant/",
    "http://localhost:9000",
    "http://127.0.0.1:9000/realm",
    "http://[::1]",
  ])("may be %s, written as it calls itself", (OIDC_ISSUER) => {
    const oidc = { issuer: OIDC_ISSUER, clientId: "signalbox", clientSecret: "a secret" };
    expect(readConfig({ OIDC_ISSUER, ...client }).oidc).toEqual(oidc);
  });

  test.each([
    "http://login.example.org",
    "http://localhost.example.org",
    "ftp://localhost",
    "login.example.org",
    "https://a?b",
  ])("is not %s", (OIDC_ISSUER) => {
    const fault = `OIDC_ISSUER: "${OIDC_ISSUER}" is no issuer; give https://…, or http:// on this machine alone`;
    expect(faultsOf({ OIDC_ISSUER, ...client })).toEqual([fault]);
  });

  test("is named by all three settings or none, each that is missing with a line", () => {
    const line = (name: string) =>
      `${name}: is missing; give OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, all three or none`;
    expect(faultsOf(client)).toEqual([line("OIDC_ISSUER")]);
    expect(faultsOf({ OIDC_ISSUER: "https://login.example.org" })).toEqual([
      line("OIDC_CLIENT_ID"),
      line("OIDC_CLIENT_SECRET"),
    ]);
  });
});
