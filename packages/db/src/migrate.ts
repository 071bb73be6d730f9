import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import type { Database } from "./tables.ts";
import { letReadersIn } from "./views/reader-role.ts";

const folder = join(import.meta.dirname, "migrations");

/** Migrations are the dated files of `migrations/`, in order of their names. */
const fromFolder: MigrationProvider = {
  async getMigrations() {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const loaded = names
      .toSorted()
      .map(async (name) => [name.slice(0, -3), (await import(join(folder, name))) as Migration]);
    return Object.fromEntries((await Promise.all(loaded)) as [string, Migration][]);
  },
};

function migrator(db: Kysely<Database>): Migrator {
  return new Migrator({
    db,
    provider: fromFolder,
    migrationTableName: "migration",
    migrationLockTableName: "migration_lock",
  });
}

/** Brings the database up to date; safe to run twice and at once from two machines. Returns the names that were applied. */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const { error, results } = await migrator(db).migrateToLatest();
  if (error !== undefined) throw error;
  // Not a migration: the role is of the whole server, and a restored database comes without what it was granted.
  await letReadersIn(db);
  return (results ?? []).map(({ migrationName }) => migrationName);
}

/** Undoes every migration, data included; for tests of the migrations themselves. */
export async function migrateDown(db: Kysely<Database>): Promise<void> {
  for (;;) {
    const { error, results } = await migrator(db).migrateDown();
    if (error !== undefined) throw error;
    if ((results ?? []).length === 0) return;
  }
}

/** Whether every migration of this program has run: what /health/ready asks. */
export async function isMigrated(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(db);
  if (rows[0]?.there !== true) return false;
  const all = await migrator(db).getMigrations();
  return all.every(({ executedAt }) => executedAt !== undefined);
}
