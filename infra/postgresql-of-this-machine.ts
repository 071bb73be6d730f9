import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running PostgreSQL of the machine's own packages, with the folder in which its pg_dump and pg_restore are. */
export interface InstalledPostgres {
  readonly bin: string;
  readonly url: (database: string) => string;
  stop(): void;
}

const NOBODY = 65534;

/** The folder of an installed PostgreSQL that has a server and pg_dump of one version (15 or later); null for none. */
export function installedPostgres(): string | null {
  const fromPath = saidBy("pg_config", "--bindir");
  const packaged = "/usr/lib/postgresql";
  const folders = [fromPath, ...listed(packaged).map((version) => join(packaged, version, "bin"))];
  return folders.find((bin) => bin !== "" && versionOf(bin) >= 15) ?? null;
}

/** Starts a server of its own in a temporary folder, as nobody where we are root; `stop` removes it. */
export async function startInstalledPostgres(bin: string): Promise<InstalledPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-backup-"));
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, "data");
  const initdb = ["-D", data, "-U", "signalbox", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N"];
  execFileSync(join(bin, "initdb"), initdb, { ...account, cwd: folder, stdio: "ignore" });
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off"];
  const options = settings.map((setting) => `-c ${setting}`).join(" ");
  const control = (...words: string[]): unknown =>
    execFileSync(join(bin, "pg_ctl"), ["-w", "-D", data, ...words], { ...account, cwd: folder, stdio: "ignore" });
  control("-l", join(folder, "log"), "-o", options, "start");
  return {
    bin,
    url: (database) => `postgres://signalbox@127.0.0.1:${port}/${database}`,
    stop() {
      control("-m", "fast", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function versionOf(bin: string): number {
  const versions = ["postgres", "pg_dump"].map((program) => {
    return Number(/(\d+)/.exec(saidBy(join(bin, program), "--version"))?.[1] ?? 0);
  });
  return Math.min(...versions);
}

/** What a program prints, without the line's end; nothing where it is not installed. */
function saidBy(program: string, argument: string): string {
  const { status, stdout } = spawnSync(program, [argument], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
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
