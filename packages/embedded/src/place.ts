import { createHash } from "node:crypto";
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { everybodyReaches, machineWideFolder } from "./account.ts";

/** Where the files of one embedded server are: the cluster's folder, its log and the record of who uses it. */
export interface Place {
  readonly cluster: string;
  readonly log: string;
  readonly users: string;
}

/**
 * DATA_DIR itself, made if missing. As root, PostgreSQL runs as nobody; where nobody cannot get into DATA_DIR (it lies
 * in root's home, say) the cluster goes to a folder of its own outside, and a note in DATA_DIR says where.
 */
export function placeFor(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true });
  const real = realpathSync(dataDir);
  const users = join(real, "postgres-users.sqlite");
  if (process.getuid?.() !== 0 || everybodyReaches(real)) {
    return { cluster: join(real, "postgres"), log: join(real, "postgres.log"), users };
  }
  const outside = machineWideFolder(`signalbox-${createHash("sha256").update(real).digest("hex").slice(0, 16)}`);
  mkdirSync(outside, { recursive: true });
  const found = lstatSync(outside);
  if (!found.isDirectory() || found.uid !== 0)
    throw new Error(`${outside} is not root's: remove it, or set DATA_DIR elsewhere`);
  chmodSync(outside, 0o711);
  writeFileSync(
    join(real, "postgres-is-elsewhere.txt"),
    `The embedded PostgreSQL of this folder keeps its data in ${outside}/postgres,\n` +
      `because it runs as an account that cannot get in here. To remove the data, remove that folder as well.\n`,
  );
  return { cluster: join(outside, "postgres"), log: join(real, "postgres.log"), users };
}

/** Whether a server was ever started in DATA_DIR; looking makes nothing. */
export function wasStarted(dataDir: string): boolean {
  return existsSync(join(dataDir, "postgres-users.sqlite"));
}
