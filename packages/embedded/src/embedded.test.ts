import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { leftOut } from "../../../test/harness/left-out.ts";
import { startEmbeddedPostgres } from "./embedded.ts";

const WAIT = { timeout: 15_000, interval: 10 };
const module = JSON.stringify(import.meta.resolve("./embedded.ts"));

interface Program {
  readonly process: ChildProcess;
  readonly url: string;
  readonly reused: boolean;
}

let dataDir: string;
const programs: ChildProcess[] = [];

/** A process of its own that starts or joins the server, says so on stdout, and then does what `next` says. */
async function program(next: string, { durable = false } = {}): Promise<Program> {
  const source = `import { startEmbeddedPostgres } from ${module};
    const server = await startEmbeddedPostgres(${JSON.stringify(dataDir)}, { durable: ${durable} });
    console.log(JSON.stringify({ url: server.url(), reused: server.reused }));
    ${next}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  programs.push(child);
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(said)));
    child.stdout.once("data", (line: Buffer) => {
      const { url, reused } = JSON.parse(line.toString()) as { url: string; reused: boolean };
      resolve({ process: child, url, reused });
    });
  });
}

const STAY = "setInterval(() => {}, 1000);";

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // The server may be killed under it.
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

const lives = (url: string): Promise<boolean> =>
  ask(url, "select 1").then(
    () => true,
    () => false,
  );

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null ? child.once("exit", resolve) : resolve(child.exitCode),
  );

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-embedded-"));
  chmodSync(folder, 0o755);
  return folder;
}

beforeAll(() => {
  dataDir = newFolder();
});
afterEach(async () => {
  for (const child of programs.splice(0)) child.kill("SIGKILL");
  await (await startEmbeddedPostgres(dataDir, { durable: false })).stop(); // Takes over whatever a killed program left.
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

test("the database is there, in UTF-8, and keeps what was written over a stop", async () => {
  const first = await startEmbeddedPostgres(dataDir);
  expect(first.reused).toBe(false);
  expect(await ask(first.url(), "show server_encoding")).toEqual(["UTF8"]);
  expect(await ask(first.url(), "show fsync")).toEqual(["on"]);
  expect(await ask(first.url(), "show max_connections")).toEqual(["200"]);
  await ask(first.url(), "create table kept as select 'Ysbyty Gwynedd – £' as name");
  await first.stop();
  expect(await lives(first.url())).toBe(false);
  const second = await startEmbeddedPostgres(dataDir);
  expect(await ask(second.url(), "select name from kept")).toEqual(["Ysbyty Gwynedd – £"]);
  await second.stop();
  await second.stop();
});

test("a command beside a running server joins it, and leaves it running", async () => {
  const started = await program(STAY);
  const joined = await startEmbeddedPostgres(dataDir);
  expect([joined.reused, joined.url()]).toEqual([true, started.url]);
  await joined.stop();
  expect(await lives(started.url)).toBe(true);
});

test("the last to leave stops the server, whoever started it", async () => {
  const started = await program(
    "process.stdin.resume(); setTimeout(() => server.stop().then(() => process.exit(0)), 200);",
  );
  const joined = await startEmbeddedPostgres(dataDir);
  expect(await ended(started.process)).toBe(0);
  expect(await lives(joined.url())).toBe(true);
  await joined.stop();
  expect(await lives(joined.url())).toBe(false);
});

test.each([
  ["no server was ever made", true],
  ["there is a cluster", false],
])("two processes that start at once get one server where %s", async (_, fresh) => {
  if (fresh) {
    rmSync(dataDir, { recursive: true });
    dataDir = newFolder();
  }
  const both = await Promise.all([program(STAY), program(STAY)]);
  expect(new Set(both.map(({ url }) => url)).size).toBe(1);
  expect(both.filter(({ reused }) => reused)).toHaveLength(1);
});

describe("no server is left behind", () => {
  test.each([
    ["by a process that comes to its end", ""],
    ["by an error that nobody caught", "setTimeout(() => { throw new Error('on purpose'); }, 50);"],
    ["by process.exit", "setTimeout(() => process.exit(3), 50);"],
  ])("%s", async (_, next) => {
    const { process: child, url } = await program(next);
    await ended(child);
    await vi.waitFor(async () => expect(await lives(url)).toBe(false), WAIT);
  });

  test("by a signal that nobody answers", async () => {
    const { process: child, url } = await program(STAY);
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(143);
    await vi.waitFor(async () => expect(await lives(url)).toBe(false), WAIT);
  });
});

test("a Ctrl-C that reaches the whole group lets the services end before their server", async () => {
  const { process: child, url } = await program(`process.on("SIGINT", () => {});${STAY}`);
  process.kill(-(child.pid ?? Number.NaN), "SIGINT");
  const until = performance.now() + 300;
  await vi.waitFor(async () => expect([await lives(url), performance.now() > until]).toEqual([true, true]), WAIT);
});

describe("after SIGKILL", () => {
  test("of the program, the next start joins the server that lives on, and stops it", async () => {
    const killed = await program(STAY);
    killed.process.kill("SIGKILL");
    await ended(killed.process);
    expect(await lives(killed.url)).toBe(true);
    const next = await startEmbeddedPostgres(dataDir);
    expect([next.reused, next.url()]).toEqual([true, killed.url]);
    await next.stop();
    expect(await lives(next.url())).toBe(false);
  });

  test("of the program and its server, the next start finds all that was committed", async () => {
    const killed = await program(STAY, { durable: true });
    await ask(killed.url, "create table committed as select generate_series(1, 1000) as n");
    const cluster = String((await ask(killed.url, "show data_directory"))[0]);
    const server = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
    killed.process.kill("SIGKILL");
    process.kill(server, "SIGKILL");
    const next = await startEmbeddedPostgres(dataDir, { durable: false });
    expect(next.reused).toBe(false);
    expect(await ask(next.url(), "select count(*)::int from committed")).toEqual([1000]);
    await next.stop();
  });
});

const asRoot = process.getuid?.() === 0;
if (!asRoot) leftOut("packages/embedded: a data folder that only root can enter", "these tests do not run as root");

test.runIf(asRoot)("as root, a data folder that only root can enter says where its cluster is", async () => {
  const hidden = mkdtempSync(join(tmpdir(), "signalbox-hidden-")); // 0700, as root's home is
  const server = await startEmbeddedPostgres(join(hidden, "var"), { durable: false });
  const cluster = String((await ask(server.url(), "show data_directory"))[0]);
  await server.stop();
  expect(existsSync(join(hidden, "var", "postgres"))).toBe(false);
  expect(readFileSync(join(hidden, "var", "postgres-is-elsewhere.txt"), "utf8")).toContain(cluster);
  rmSync(join(cluster, ".."), { recursive: true });
  rmSync(hidden, { recursive: true });
});
