import { tmpdir } from "node:os";
import { join } from "node:path";
import { existsSync, lstatSync, statSync } from "node:fs";

/** The account that PostgreSQL runs as; empty means ours. PostgreSQL refuses to run as root, so root lends another. */
export interface Account {
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const NOBODY = 65534;

/** Nobody when we are root, or whoever a cluster that is already there belongs to; ourselves otherwise. */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return { ids: {} };
  const owner = existsSync(cluster) ? lstatSync(cluster) : undefined;
  return {
    ids: owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY },
  };
}

/** Whether an account that is neither root nor in any group can get into this folder, which exists. */
export function everybodyReaches(folder: string): boolean {
  const parent = join(folder, "..");
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || everybodyReaches(parent));
}

/** A folder for what must lie outside any home, and outlive a restart of the machine. */
export const machineWideFolder = (name: string): string =>
  join(process.platform === "win32" ? tmpdir() : "/var/tmp", name);
