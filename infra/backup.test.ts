import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { loadCatalogueRows, migrate, openDatabase, receiveSubmission } from "@signalbox/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkedCatalogue } from "../seeds/demo/checked-catalogue.ts";
import { demoFiles } from "../seeds/demo/generate.ts";
import { leftOut } from "../test/harness/left-out.ts";
import { type InstalledPostgres, installedPostgres, startInstalledPostgres } from "./postgresql-of-this-machine.ts";

const installed = installedPostgres();
const root = new URL("..", import.meta.url);
const today = Temporal.PlainDate.from("2026-11-21");
const now = Temporal.Instant.from("2026-11-21T09:00:00Z");

if (installed === null) leftOut("backup and restore", "no PostgreSQL 15 or later with pg_dump is installed");
else backupAndRestore(installed);

function backupAndRestore(bin: string): void {
  describe("the backup and restore of docs/operating.md", () => {
    const folder = mkdtempSync(join(tmpdir(), "signalbox-dump-"));
    let server: InstalledPostgres;

    beforeAll(async () => {
      server = await startInstalledPostgres(bin);
    });

    afterAll(() => {
      server.stop();
      rmSync(folder, { recursive: true });
    });

    test("bring back every row of every table, and the next file is taken", async () => {
      const [before, after] = [server.url("before"), server.url("after")];
      await onServer("create database before", "create database after");
      await fill(before);
      run("Backup", before);
      run("Restore", after);
      expect(await contentOf(after)).toEqual(await contentOf(before));
      expect((await keep(after, 1)).duplicate).toBe(false);
      expect((await keep(after, 0)).duplicate).toBe(true);
    });

    /** Runs what the section's block says in a shell, in place of a person. */
    function run(section: string, url: string): void {
      const page = readFileSync(new URL("docs/operating.md", root), "utf8");
      const block = new RegExp(`^## ${section}\\n[^]*?\`\`\`sh\\n([^]*?)\`\`\``, "m").exec(page)?.[1];
      if (block === undefined) throw new Error(`docs/operating.md has no commands under ${section}`);
      const programs = [bin, new URL("node_modules/.bin", root).pathname, process.env["PATH"]].join(delimiter);
      // Only what a shell has: vitest sets BASE_URL for itself.
      const { HOME, npm_config_cache: cache } = process.env;
      const secret = "0123456789abcdef0123456789abcdef";
      const env = { HOME, npm_config_cache: cache, PATH: programs, DATABASE_URL: url, SESSION_SECRET: secret };
      const prefix = `npx() { command npx --prefix '${root.pathname}' "$@"; }\n`;
      execFileSync("sh", ["-euc", prefix + block], { cwd: folder, env, stdio: "pipe" });
    }

    async function onServer(...statements: string[]): Promise<void> {
      const { pool, close } = openDatabase(server.url("postgres"), { max: 1 });
      for (const statement of statements) await pool.query(statement);
      await close();
    }
  });
}

/** A migrated database with the demo's catalogue and a submission, and a queue's schema that no dump should hold. */
async function fill(url: string): Promise<void> {
  const { db, pool, close } = openDatabase(url, { max: 2 });
  await migrate(db);
  await loadCatalogueRows(db, await checkedCatalogue(today), { actor: "test", now });
  await pool.query("create schema bullmq");
  await pool.query("create table bullmq.job (id int)");
  await close();
  await keep(url, 0);
}

async function keep(url: string, place: number) {
  const { db, close } = openDatabase(url, { max: 1 });
  try {
    const file = demoFiles(today)[place];
    if (file === undefined) throw new Error(`the demo has no file ${place}`);
    return await receiveSubmission(db, {
      ...file,
      channel: "cli",
      submittedBy: "operator",
      mediaType: "text/csv",
      template: null,
      issued: null,
      now,
    });
  } finally {
    await close();
  }
}

/** A digest of the rows of each table, whatever their order. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const { pool, close } = openDatabase(url, { max: 1 });
  const tables = await pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const content: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const digest = await pool.query<{ rows: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' order by r::text)), '') as rows from "${name}" r`,
    );
    content[name] = digest.rows[0]?.rows ?? "";
  }
  await close();
  expect(Object.keys(content)).toContain("submission_file");
  return content;
}
