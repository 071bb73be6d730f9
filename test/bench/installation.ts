import { readCatalogue } from "@signalbox/catalogue";
import { createKey, type Database, type Kysely, loadCatalogueRows, migrate, openDatabase } from "@signalbox/db";
import { openLog } from "@signalbox/log";
import { openQueues } from "@signalbox/queues";
import type { EmbeddedPostgres } from "@signalbox/embedded";
import { apiClient, type ApiClient } from "../harness/api-client.ts";
import { catalogueFolder, type CatalogueText } from "../harness/catalogue-folder.ts";
import type { MailCatcher } from "../harness/mail-catcher.ts";
import { startWorkerProcess, type WorkerProcess } from "../harness/worker-processes.ts";

/** A fresh Signalbox with a catalogue whose system is NAT: one process with all services, on its own database. */
export interface Installation {
  readonly db: Kysely<Database>;
  readonly url: string;
  readonly api: ApiClient;
  readonly worker: WorkerProcess;
  close(): Promise<void>;
}

/** What every run is given: a database server, a mail server, and how Node is started. */
export interface Bench {
  readonly server: EmbeddedPostgres;
  readonly mail: MailCatcher;
  readonly execArgv: readonly string[];
}

let made = 0;

export async function install({ server, mail, execArgv }: Bench, catalogue: CatalogueText): Promise<Installation> {
  const name = `bench_${++made}`;
  const admin = openDatabase(server.url("postgres"), { max: 1 });
  await admin.pool.query(`drop database if exists ${name} with (force)`);
  await admin.pool.query(`create database ${name}`);
  const url = server.url(name);
  const { db } = openDatabase(url, { max: 4, onIdleError: () => {} });
  await migrate(db);
  const queues = await openQueues(url, { log: openLog({ level: "fatal", format: "json", service: "bench" }) });
  await queues.migrate();
  await queues.close();
  const now = Temporal.Now.instant();
  await load(db, catalogue, now);
  const key = await createKey(db, { organisation: "NAT", name: "bench", scopes: ["submit", "read", "operate"], now });
  const env = { DATABASE_URL: url, QUEUE_URL: url, SMTP_URL: mail.url, LOG_LEVEL: "error" };
  const worker = await startWorkerProcess(["ingestion", "evaluator", "notifier", "web"], env, { execArgv });
  return {
    db,
    url,
    api: apiClient(worker.address ?? "", key),
    worker,
    async close() {
      await worker.stop();
      await db.destroy();
      await admin.pool.query(`drop database if exists ${name} with (force)`);
      await admin.close();
    },
  };
}

async function load(db: Kysely<Database>, text: CatalogueText, now: Temporal.Instant): Promise<void> {
  const folder = await catalogueFolder(text);
  const { catalogue, problems } = await readCatalogue(folder.dir);
  await folder.remove();
  if (catalogue === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  await loadCatalogueRows(db, catalogue, { actor: "bench", now });
}
