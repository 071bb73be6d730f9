import { randomBytes } from "node:crypto";
import pg from "pg";
import { type OpenDatabase, openDatabase } from "./connect.ts";

/** The migrated database that every test's own is cloned from; made once a run by test/harness/global-setup.ts. */
export const TEMPLATE_DATABASE = "signalbox_template";

/** A fresh, migrated database on the run's server (SIGNALBOX_TEST_PG), dropped when closed. */
export async function testDatabase(): Promise<OpenDatabase & { url: string }> {
  const server = process.env["SIGNALBOX_TEST_PG"];
  if (server === undefined)
    throw new Error("SIGNALBOX_TEST_PG is not set: run tests by `npm test` or vitest, which starts a server");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const open = openDatabase(url.href, { max: 20 });
  return {
    ...open,
    url: url.href,
    async close() {
      await open.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
