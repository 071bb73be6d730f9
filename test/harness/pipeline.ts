import { loadCatalogue } from "@signalbox/cli/catalogue";
import { sql } from "kysely";
import { createKey, type Database, type Kysely, openDatabase } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { openLog } from "@signalbox/log";
import type { Overrides as IngestionOverrides } from "@signalbox/ingestion";
import { openQueues } from "@signalbox/queues";
import { apiClient, type ApiClient, type TestFile } from "./api-client.ts";
import { catalogueFolder, type CatalogueText } from "./catalogue-folder.ts";
import { type MailCatcher, startMailCatcher } from "./mail-catcher.ts";
import { type RunningServices, runServices, type ServiceName } from "./running-services.ts";
import { testConfig } from "./test-config.ts";
import { waitUntil } from "./wait-until.ts";

export interface PipelineOptions {
  /** Files of a catalogue, or a folder with one. */
  readonly catalogue: CatalogueText | string;
  /** Where the queues are; the pipeline's own database if left out. */
  readonly queueUrl?: string;
  readonly clock?: "system" | "test";
  /** How many processes' worth of ingestion, evaluator and notifier run side by side. */
  readonly workers?: number;
  /** What the first of them runs; all if left out. A test that runs worker processes of its own keeps `web` alone here. */
  readonly services?: readonly ServiceName[];
  /** False keeps mail in the database instead of sending it. */
  readonly smtp?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** What ingestion takes in place of the world's name servers and certificates. */
  readonly ingestion?: IngestionOverrides;
}

/** The whole of Signalbox at work on a database of its own: files in by the API, mail out to a real server. */
export interface Pipeline {
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  /** Where its web service is. */
  readonly address: string;
  readonly api: ApiClient;
  readonly mail: MailCatcher;
  /** Submits files, one after the other; their ids. */
  submit(...files: TestFile[]): Promise<string[]>;
  /** Waits until every submission is settled and nothing is due that could be done now. */
  settle(options?: { within?: number }): Promise<void>;
  /** Puts the test clock. */
  put(now: string): Promise<void>;
  /** Loads another catalogue, and has decided again what it touches. */
  load(catalogue: CatalogueText): Promise<void>;
  close(): Promise<void>;
}

const workerServices: readonly ServiceName[] = ["ingestion", "evaluator", "notifier"];

/** Starts a pipeline with a catalogue loaded. */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { clock = "test", workers = 1, smtp = true } = options;
  await using opened = new AsyncDisposableStack();
  const database = await testDatabase();
  opened.defer(() => database.close());
  const mail = await startMailCatcher();
  opened.defer(() => mail.close());
  const queueUrl = options.queueUrl ?? database.url;
  const config = testConfig({
    DATABASE_URL: database.url,
    QUEUE_URL: queueUrl,
    CLOCK: clock,
    ...(smtp ? { SMTP_URL: mail.url } : {}),
    ...options.env,
  });
  await migrateQueues(queueUrl);
  const { db } = openDatabase(database.url, { max: 4, onIdleError: () => {} });
  opened.defer(() => db.destroy());
  const load = async (catalogue: CatalogueText | string): Promise<void> => {
    const folder = typeof catalogue === "string" ? null : await catalogueFolder(catalogue);
    const problems: string[] = [];
    const dir = folder?.dir ?? (catalogue as string);
    const { exitCode } = await loadCatalogue(db, dir, "operator", Temporal.Now.instant(), (line) =>
      problems.push(line),
    );
    await folder?.remove();
    if (exitCode !== 0) throw new Error(problems.join("\n"));
  };
  await load(options.catalogue);
  const running: RunningServices[] = [];
  for (let i = 0; i < workers; i++)
    running.push(await runServices(config, i === 0 ? options.services : workerServices, options));
  for (const one of running) opened.defer(() => one.close());
  const system = await db
    .selectFrom("organisation")
    .select("code")
    .where("kind", "=", "system")
    .executeTakeFirstOrThrow();
  const key = await createKey(db, {
    organisation: system.code,
    name: "test",
    scopes: ["submit", "read", "operate"],
    now: Temporal.Now.instant(),
  });
  const address = running[0]?.address ?? "";
  const api = apiClient(address, key);
  const settle: Pipeline["settle"] = (within) => settled(api, db, within);
  const kept = opened.move();
  return {
    db,
    databaseUrl: database.url,
    address,
    api,
    mail,
    settle,
    async submit(...files) {
      const ids: string[] = [];
      for (const file of files) ids.push((await api.submit(file)).id);
      return ids;
    },
    async put(now) {
      const body = JSON.stringify({ now });
      const response = await api.request("/clock", {
        method: "PUT",
        body,
        headers: { "content-type": "application/json" },
      });
      if (!response.ok) throw new Error(`PUT /clock: ${response.status} ${await response.text()}`);
      await settle();
    },
    async load(catalogue) {
      await load(catalogue);
      const queues = await openQueues(queueUrl, { log: openLog({ level: "fatal", format: "json", service: "test" }) });
      await queues.ring("assess-series", {});
      await queues.close();
      await settle();
    },
    close: () => kept.disposeAsync(),
  };
}

async function migrateQueues(url: string): Promise<void> {
  const queues = await openQueues(url, { log: openLog({ level: "fatal", format: "json", service: "test" }) });
  try {
    await queues.migrate();
  } finally {
    await queues.close();
  }
}

/** Work that could be done now: files to read, series and cases to decide, people to tell; what waits for its time is none. */
async function isWorkLeft(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ left: boolean }>`select
    exists (select from submission where status in ('received', 'reading') and failed_at is null)
    or exists (select from series_state where due and failed_at is null)
    or exists (select from organisation_due where failed_at is null)
    or exists (select from telling where state = 'waiting' and tell_at <= (select now from clock))
    or exists (select from notice where status = 'sending') as left`.execute(db);
  return rows[0]?.left ?? true;
}

/** Waits until every submission is settled and nothing is due that could be done now. */
export async function settled(api: ApiClient, db: Kysely<Database>, options: { within?: number } = {}): Promise<void> {
  await waitUntil(
    "everything is settled",
    async () => {
      if (await isWorkLeft(db)) return false;
      const all = await api.list<{ settled: boolean }>("/submissions");
      return all.every((one) => one.settled);
    },
    options,
  );
}
