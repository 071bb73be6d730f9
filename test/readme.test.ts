import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const OURS = new Set([".git", "var", "coverage", ".env"]);

/** The commands of the README, block by block, each block by its first line. */
const blocks = new Map(
  [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = ""]) => [
    block.split("\n")[0] ?? "",
    block,
  ]),
);

describe("the README's commands", () => {
  let clone = "";
  let env: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    clone = mkdtempSync(join(tmpdir(), "signalbox-readme-"));
    for (const entry of readdirSync(root)) if (!OURS.has(entry)) symlinkSync(join(root, entry), join(clone, entry));
    env = { ...withoutSettings(process.env), PORT: String(await freePort()), LOG_FORMAT: "json" };
  });

  afterAll(() => {
    rmSync(clone, { recursive: true, force: true });
  });

  test("are these, each run below; npm test is what runs this", () => {
    expect([...blocks.keys()]).toEqual([
      "npm start",
      "npm test",
      "node tools/setup.mjs",
      "npx signalbox catalogue check my-catalogue",
      "cat > september-and-october.csv <<'END'",
      "npx signalbox start",
      "npx signalbox key create --organisation STH --name saltmarsh",
    ]);
  });

  test("bring up one's own catalogue, take figures, and say why a case stands", async () => {
    const ready = await run("node tools/setup.mjs");
    expect(ready.status).toBe(0);
    env["DATA_DIR"] = join(clone, "my-signalbox");
    const loaded = await run("npx signalbox catalogue check my-catalogue");
    expect(loaded).toMatchObject({ status: 0 });
    const submitted = await run("cat > september-and-october.csv <<'END'");
    expect(submitted).toMatchObject({ status: 0 });
    expect(submitted.stdout).toContain("Case 1: ");
    const key = await run("npx signalbox key create --organisation STH --name saltmarsh");
    expect(key.stdout.trim()).toMatch(/^\S+$/);
  }, 180_000);

  test("serve it until stopped", async () => {
    const server = begin("npx signalbox start");
    await answers(server, "/health/ready");
    expect(await stop(server)).toBe(0);
  }, 120_000);

  test("serve the demo on an empty machine until stopped", async () => {
    env["DATA_DIR"] = join(clone, "demo");
    const server = begin("npm start");
    expect(await saidUntil(server, "Ctrl-C ends it")).toContain("The demo is loaded");
    await answers(server, "/health/ready");
    expect(await stop(server)).toBe(0);
  }, 240_000);

  function begin(block: string): ChildProcess {
    const commands = blocks.get(block);
    if (commands === undefined) throw new Error(`the README has no block that begins with ${block}`);
    return spawn("sh", ["-euc", commands], { cwd: clone, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  }

  async function run(block: string): Promise<{ status: number; stdout: string; stderr: string }> {
    const shell = begin(block);
    let [stdout, stderr] = ["", ""];
    shell.stdout?.on("data", (text) => (stdout += String(text)));
    shell.stderr?.on("data", (text) => (stderr += String(text)));
    const [status] = await once(shell, "close");
    return { status: Number(status), stdout, stderr };
  }

  async function answers(server: ChildProcess, path: string): Promise<void> {
    let said = "";
    server.stderr?.on("data", (text) => (said += String(text)));
    server.stdout?.resume();
    const deadline = Date.now() + 200_000;
    while (Date.now() < deadline && server.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${env["PORT"]}${path}`).catch(() => null);
      if (answer?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${path} was not answered:\n${said}`);
  }
});

/** All that a server printed up to and with these words; less where it ended before. */
async function saidUntil(server: ChildProcess, words: string): Promise<string> {
  let said = "";
  for await (const text of server.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(text);
    if (said.includes(words)) break;
  }
  return said;
}

/** Ctrl-C to the whole group, as a terminal sends it; the exit code. */
async function stop(server: ChildProcess): Promise<number> {
  const gone = once(server, "close");
  if (server.pid !== undefined) process.kill(-server.pid, "SIGINT");
  const [status] = await gone;
  return Number(status);
}

/** What a shell of one's own has, and none of the settings of this run: vitest sets BASE_URL for itself. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ["HOME", "LANG", "TMPDIR", "npm_config_cache", "npm_config_registry"];
  const PATH = [join(root, "node_modules", ".bin"), env["PATH"]].join(delimiter);
  return { ...Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))), PATH };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port could be had");
  return address.port;
}
