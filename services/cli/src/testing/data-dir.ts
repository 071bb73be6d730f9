import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder for DATA_DIR, gone when disposed of. */
export function emptyDataDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "signalbox-cli-"));
  chmodSync(path, 0o755); // As root PostgreSQL runs as nobody, and would keep its data elsewhere.
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
