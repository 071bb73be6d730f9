import { readFileSync } from "node:fs";
import { readConfig } from "@signalbox/config";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const compose = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(read("compose.yaml"), { merge: true }));
const SERVICES = ["ingestion", "evaluator", "notifier", "web", "auditor"];

describe("compose", () => {
  test("runs PostgreSQL, Redis, the migration and each service apart", () => {
    expect(Object.keys(compose.services)).toEqual(["postgres", "redis", "migrate", ...SERVICES]);
    for (const name of SERVICES) expect(compose.services[name]?.command).toEqual(["start", "--only", name]);
  });

  test("starts a service only when the database is migrated, and migrates when both servers answer", () => {
    for (const name of SERVICES) {
      expect(compose.services[name]?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    }
    expect(compose.services["migrate"]?.depends_on).toEqual({
      postgres: { condition: "service_healthy" },
      redis: { condition: "service_healthy" },
    });
  });

  test.each(["migrate", ...SERVICES])("gives %s settings that are taken", (name) => {
    const config = readConfig(withExample(compose.services[name]?.environment ?? {}));
    expect(config.queueUrl).toBe("redis://redis:6379");
    expect(config.mailMode).toEqual({ kind: "hold" });
    expect(config.mailKeepDays).toBe(730);
  });

  test("holds mail unless told otherwise", () => {
    expect(compose.services["notifier"]?.environment?.["MAIL_MODE"]).toBe("${MAIL_MODE:-hold}");
  });

  test("asks for no variable that env.example does not name", () => {
    const asked = [...read("compose.yaml").matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const named = [...read("env.example").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(named));
  });

  /** Fills `${NAME:-default}` and `${NAME:?why}` as compose does, from settings such as a person would give. */
  function withExample(environment: Record<string, string>): Record<string, string> {
    const given: Record<string, string> = {
      POSTGRES_PASSWORD: "0123456789abcdef",
      SESSION_SECRET: "0123456789abcdef0123456789abcdef",
      SMTP_URL: "smtps://mail.example.org",
      MAIL_FROM: "Signalbox <signalbox@example.org>",
      BASE_URL: "https://signalbox.example.org",
    };
    return Object.fromEntries(
      Object.entries(environment).map(([name, text]) => [
        name,
        text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, variable: string, kind: string, rest: string) =>
          kind === "-" ? (given[variable] ?? rest) : (given[variable] ?? `missing ${variable}`),
        ),
      ]),
    );
  }
});

test("the image runs Node's pinned major as no root, by the launcher", () => {
  const dockerfile = read("Dockerfile");
  expect(dockerfile).toMatch(/^FROM node:26-slim$/m);
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
  expect(dockerfile).toContain('ENTRYPOINT ["node", "/app/services/cli/bin/signalbox.mjs"]');
});

test("Redis never evicts, and keeps what it holds over a restart", () => {
  expect(read("redis.conf")).toMatch(/^maxmemory-policy noeviction$/m);
  expect(read("redis.conf")).toMatch(/^appendonly yes$/m);
});

test("PostgreSQL keeps what it answered", () => {
  for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
    expect(read("postgresql.conf")).toMatch(new RegExp(`^${name} = on$`, "m"));
  }
});

test("the cluster's manifests are whole and use the image of the composition", () => {
  const documents = parseAllDocuments(read("kubernetes/signalbox.yaml"));
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const kinds = documents.map((one) => z.object({ kind: z.string() }).parse(one.toJS()).kind);
  expect(kinds).toEqual(["Job", "Deployment", "Deployment", "Service"]);
  const images = [...read("kubernetes/signalbox.yaml").matchAll(/image: (\S+)/g)].map(([, image]) => image);
  expect(new Set(images)).toEqual(new Set([compose.services["web"]?.image]));
});
