import { readConfig } from "@signalbox/config";
import { createKey, type Database, type Kysely, makeSignInLink, openClock, type Scope } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { seedCatalogue, seedSubmission } from "@signalbox/db/testing-world";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import type { InjectOptions } from "fastify";
import { buildApp } from "./app.ts";
import type { Overrides } from "./parts.ts";

/** The real app over a real database and its queues, in the small world of @signalbox/db; close it in afterAll. */
export async function testApp(env: Readonly<Record<string, string>> = {}, overrides: Overrides = {}) {
  const { db, url, close } = await testDatabase();
  const world = await seedCatalogue(db);
  await seedPeople(db, world.version);
  const submission = await seedSubmission(db, "RA", "period,organisation\r\n");
  const series = await seedSeries(db, { metric: "ae-4h", organisation: "RA", submission });
  const { escalation, notice, mail, telling } = await seedEscalation(db, world, {
    series,
    organisation: "RA",
    submission,
  });

  const config = readConfig({ CLOCK: "test", ...env });
  const log = openLog({ level: "silent", format: "json", service: "web" });
  const queues = await openQueues(config.queueUrl ?? url, { log });
  await queues.migrate();
  const app = await buildApp({ config, db, queues, log, clock: openClock(db, config.clock) }, overrides);

  const key = (organisation: string, ...scopes: Scope[]) =>
    createKey(db, { organisation, name: `${organisation} ${scopes.join(" ")}`, scopes, now: Temporal.Now.instant() });
  /** Sends the form of a page, with the session that the page was read in. */
  async function sendForm(page: string, to: string, fields: Readonly<Record<string, string>>): Promise<string> {
    const read = await app.inject(page);
    return cookieOf(await app.inject(form(to, { ...fields, _csrf: tokenIn(read.body) }, cookieOf(read))));
  }
  return {
    app,
    db,
    queues,
    config,
    log,
    key,
    ids: { submission, series, escalation, notice, mail, telling },
    /** Signs in as a browser does, and returns the session's cookie. */
    async signIn(): Promise<string> {
      const path = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
      return sendForm(path, path, {});
    },
    /** Signs somebody of the catalogue in, and returns the session's cookie. */
    signInAs: (person: keyof typeof PEOPLE) => sendForm("/sign-in", "/sign-in/as", { person: PEOPLE[person] }),
    async close() {
      await app.close();
      await queues.close();
      await close();
    },
  };
}

/** Who may sign in here: of RA, of a forum, or of the whole system. */
export const PEOPLE = {
  submitter: "sam.submitter@example.org",
  executive: "erin.executive@example.org",
  owner: "olu.owner@example.org",
  analyst: "ana.analyst@example.org",
  chair: "chris.chair@example.org",
  member: "mel.member@example.org",
  secretary: "sol.secretary@example.org",
  observer: "ola.observer@example.org",
  "slt-chair": "sasha.slt@example.org",
  operator: "oz.operator@example.org",
  auditor: "aud.auditor@example.org",
  administrator: "ada.administrator@example.org",
} as const;

const SEATS = new Map<string, readonly [role: string, forum: string]>([
  ["chair", ["chair", "UEC"]],
  ["member", ["member", "UEC"]],
  ["secretary", ["secretary", "UEC"]],
  ["observer", ["observer", "UEC"]],
  ["slt-chair", ["chair", "SLT"]],
]);
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(["operator", "auditor", "administrator"]);

async function seedPeople(db: Kysely<Database>, since: number): Promise<void> {
  const people = Object.entries(PEOPLE).map(([key, email]) => {
    const name = email.split("@", 1)[0]?.replace(/(?:^|\.)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`);
    const [role, forum] = SEATS.get(key) ?? [key, null];
    const organisation = forum !== null || OF_THE_SYSTEM.has(key) ? null : "RA";
    return { since, email, name: (name ?? "").trim(), role, organisation, forum };
  });
  await db.insertInto("person").values(people).execute();
}

/** A request that sends a form as a browser does. */
export function form(url: string, fields: Readonly<Record<string, string>>, cookie: string): InjectOptions {
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", url, headers, payload: new URLSearchParams(fields).toString() };
}

/** The token that a page's forms carry. */
export function tokenIn(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
}

export function cookieOf({ cookies }: { cookies: readonly { name: string; value: string }[] }): string {
  return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}

/** A request that sends a form with a file as a browser does: the fields first, then the file. */
export function multipartForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  file: FormFile,
  cookie: string,
): InjectOptions {
  return multipartForms(url, fields, [file], cookie);
}

interface FormFile {
  readonly filename: string;
  readonly text: string | Buffer;
}

/** The same with any number of files. */
export function multipartForms(
  url: string,
  fields: Readonly<Record<string, string>>,
  files: readonly FormFile[],
  cookie: string,
): InjectOptions {
  const boundary = "----signalbox-test";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const sent = files.flatMap(({ filename, text }) => {
    const disposition = `content-disposition: form-data; name="file"; filename="${filename}"`;
    return [`--${boundary}\r\n${disposition}\r\ncontent-type: text/csv\r\n\r\n`, text, "\r\n"];
  });
  const payload = [...parts, ...sent, `--${boundary}--\r\n`].map((part) => Buffer.from(part));
  const headers = { cookie, "content-type": `multipart/form-data; boundary=${boundary}` };
  return { method: "POST", url, headers, payload: Buffer.concat(payload) };
}
