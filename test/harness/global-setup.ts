import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openDatabase } from "@signalbox/db";
import { TEMPLATE_DATABASE } from "@signalbox/db/testing";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@signalbox/embedded";

/**
 * Starts one PostgreSQL for the whole run, with a migrated database that each test file clones for itself. Called once a
 * project of vitest; the first starts it, and ends it when all are through.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env["SIGNALBOX_TEST_PG"] !== undefined) return async () => {};
  const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
  chmodSync(folder, 0o755); // As root PostgreSQL runs as nobody, and would keep its data elsewhere.
  const server = await startEmbeddedPostgres(folder, { durable: false });
  const tearDown = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server);
  } catch (error) {
    await tearDown();
    throw error;
  }
  process.env["SIGNALBOX_TEST_PG"] = server.url();
  return tearDown;
}

async function makeTemplate(server: EmbeddedPostgres): Promise<void> {
  const main = openDatabase(server.url(), { max: 1 });
  await main.pool.query(`create database ${TEMPLATE_DATABASE}`);
  await main.close();
  const template = openDatabase(server.url(TEMPLATE_DATABASE), { max: 1 });
  try {
    await migrate(template.db);
  } finally {
    await template.close();
  }
}
