import { loadCatalogue } from "@signalbox/cli/catalogue";
import { emptyDataDir } from "@signalbox/cli/testing/data-dir";
import { createKey, type Database, type Kysely, migrate, openDatabase, putTestTime } from "@signalbox/db";
import { startEmbeddedPostgres } from "@signalbox/embedded";
import { placeFor } from "@signalbox/embedded/place";
import { recordedPostmaster } from "@signalbox/embedded/postmaster";
import { catalogueFolder, type CatalogueText } from "../harness/catalogue-folder.ts";

/** A DATA_DIR with its own PostgreSQL, which may be killed. */
export interface EmbeddedInstallation {
  readonly dataDir: string;
  /** Its database, as long as the server that was joined last lives. */
  db(): Kysely<Database>;
  readonly key: string;
  /** Ends the server at once, as a power cut would; whatever was committed is on the disk. */
  killServer(): void;
  /** Joins the server that others have started again, or starts it. */
  join(): Promise<void>;
}

/** Makes a DATA_DIR with a catalogue, a key and a clock that stands at `now`; all of it goes with `stack`. */
export async function embeddedInstallation(
  stack: AsyncDisposableStack,
  { catalogue, now }: { catalogue: CatalogueText; now: string },
): Promise<EmbeddedInstallation> {
  const { path: dataDir } = stack.use(emptyDataDir());
  async function open(): Promise<Kysely<Database>> {
    const server = await startEmbeddedPostgres(dataDir);
    stack.defer(() => server.stop());
    const opened = openDatabase(server.url(), { max: 4, onIdleError: () => {} });
    stack.defer(() => opened.close());
    return opened.db;
  }
  let db = await open();
  await migrate(db);
  const folder = await catalogueFolder(catalogue);
  const { exitCode } = await loadCatalogue(db, folder.dir, "operator", Temporal.Now.instant(), () => {});
  await folder.remove();
  if (exitCode !== 0) throw new Error("the catalogue was not loaded");
  await putTestTime(db, Temporal.Instant.from(now));
  const scopes = ["submit", "read", "operate"] as const;
  const key = await createKey(db, { organisation: "ICS", name: "test", scopes, now: Temporal.Now.instant() });
  return {
    dataDir,
    key,
    db: () => db,
    killServer() {
      const server = recordedPostmaster(placeFor(dataDir).cluster);
      if (server === undefined) throw new Error("no server runs");
      process.kill(server.pid, "SIGKILL");
    },
    async join() {
      db = await open();
    },
  };
}
