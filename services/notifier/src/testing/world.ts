import { readConfig } from "@signalbox/config";
import {
  catalogueReader,
  type Database,
  type Kysely,
  openClock,
  putTestTime,
  type TellingRow,
  writeTellings,
} from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { seedCatalogue } from "@signalbox/db/testing-world";
import { openLog } from "@signalbox/log";
import { type MailTransport, openTransport } from "@signalbox/mail";
import type { Notifier } from "../notifier.ts";
import { pipeline } from "../pipeline.ts";
import { tell } from "../tell.ts";
import { MailServer } from "./mail-server.ts";

/** Tuesday morning, a working day. */
export const TUESDAY = Temporal.Instant.from("2026-11-24T09:00:00Z");

/** A database with a few people, a mail server, and the time standing on Tuesday. */
export class World implements AsyncDisposable {
  readonly db: Kysely<Database>;
  readonly url: string;
  readonly server: MailServer;
  readonly #stack: AsyncDisposableStack;

  private constructor(open: { db: Kysely<Database>; url: string; server: MailServer; stack: AsyncDisposableStack }) {
    this.db = open.db;
    this.url = open.url;
    this.server = open.server;
    this.#stack = open.stack;
  }

  static async open(): Promise<World> {
    await using stack = new AsyncDisposableStack();
    const database = await testDatabase();
    stack.defer(() => database.close());
    const server = stack.use(await new MailServer().start());
    const { db, url } = database;
    const { version } = await seedCatalogue(db);
    await addPeople(db, version);
    await putTestTime(db, TUESDAY);
    return new World({ db, url, server, stack: stack.move() });
  }

  /** One notifier of this world; `env` as in the settings. */
  notifier(env: Record<string, string> = {}, { kept = false, stages = pipeline } = {}) {
    const transport: MailTransport | null = kept ? null : openTransport(this.server.url);
    this.#stack.defer(() => transport?.close());
    const notifier: Notifier = {
      config: readConfig({
        MAIL_FROM: "Signalbox <signalbox@example.org>",
        BASE_URL: "https://signalbox.example.org",
        ...env,
      }),
      db: this.db,
      log: openLog({ level: "silent", format: "json", service: "notifier" }),
      clock: openClock(this.db, "test"),
      transport,
      chance: () => 0.5,
      readCatalogue: catalogueReader(),
    };
    return { ring: () => tell(notifier, stages), parts: notifier };
  }

  /** Writes something to be told; by default a case newly before the UEC board, told at once. */
  async tell(...given: readonly Partial<TellingRow>[]): Promise<void> {
    const rows = given.map((one, i): TellingRow => ({
      kind: "digest",
      reason: "raised",
      escalation: null,
      event: null,
      submission: null,
      series: null,
      organisation: "RA",
      period: null,
      forums: [],
      recipients: [],
      tellAt: TUESDAY,
      digest: null,
      causedBy: [],
      detail: { title: `Figure ${i}`, organisation: "Northwick Hospitals", tier: "board" },
      key: `test ${crypto.randomUUID()}`,
      ...one,
    }));
    await this.db.transaction().execute((trx) => writeTellings(trx, rows));
  }

  /** A case that stands before the SLT: the four-hour performance of RA. */
  async aCase(): Promise<{ escalation: number }> {
    const series = { metric: "ae-4h", organisation: "RA" };
    const { id } = await this.db.insertInto("series").values(series).returning("id").executeTakeFirstOrThrow();
    const at = TUESDAY.toString();
    const { id: escalation } = await this.db
      .insertInto("escalation")
      .values({
        ...series,
        concern: "performance",
        series: id,
        area: "UEC",
        frequency: "monthly",
        tier: "slt",
        forum: "SLT",
        raised_in: 12 * 2026 + 9,
        ended_in: null,
        standing: true,
        previous: null,
        shown_at: at,
        raised_at: at,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { escalation };
  }

  async put(text: string): Promise<void> {
    await putTestTime(this.db, Temporal.Instant.from(text));
  }

  /** Lets every retry fall due that waits. */
  async backOffPasses(): Promise<void> {
    await this.db
      .updateTable("mail")
      .set({ next_attempt_at: "2000-01-01T00:00:00Z" })
      .where("next_attempt_at", "is not", null)
      .execute();
  }

  notices() {
    return this.db.selectFrom("notice").selectAll().orderBy("id").execute();
  }

  mails() {
    return this.db.selectFrom("mail").selectAll().orderBy("id").execute();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

async function addPeople(db: Kysely<Database>, since: number): Promise<void> {
  const person = (email: string, role: string, at: { forum?: string; organisation?: string }) => ({
    since,
    until: null,
    email,
    name: email,
    role,
    forum: at.forum ?? null,
    organisation: at.organisation ?? null,
  });
  await db
    .insertInto("person")
    .values([
      person("Chair@example.org", "chair", { forum: "UEC" }),
      person("chair@example.org", "member", { forum: "SLT" }),
      person("slt@example.org", "chair", { forum: "SLT" }),
      person("ec@example.org", "secretary", { forum: "EC" }),
      person("watcher@example.org", "observer", { forum: "UEC" }),
      person("operator@example.org", "operator", {}),
      person("boss@example.org", "executive", { organisation: "RA" }),
      person("top@example.org", "executive", { organisation: "SYS" }),
    ])
    .execute();
}
