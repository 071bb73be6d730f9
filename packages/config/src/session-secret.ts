import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The session secret of embedded defaults: made once and kept in DATA_DIR, readable by its owner alone. */
export function keptSessionSecret(dataDir: string): string {
  const path = join(dataDir, "session-secret");
  mkdirSync(dataDir, { recursive: true });
  const fresh = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(fresh, randomBytes(32).toString("base64url"), { mode: 0o600 });
  try {
    linkSync(fresh, path); // Whole or not at all, and never over one that another process made meanwhile.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(fresh);
  }
  return readFileSync(path, "utf8");
}
