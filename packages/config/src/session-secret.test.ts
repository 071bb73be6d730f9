import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keptSessionSecret } from "./session-secret.ts";

test("the secret is made once, kept, and nobody else may read it", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "signalbox-secret-"));
  try {
    const secret = keptSessionSecret(dataDir);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(keptSessionSecret(dataDir)).toBe(secret);
    expect(readdirSync(dataDir)).toEqual(["session-secret"]);
    expect(statSync(join(dataDir, "session-secret")).mode & 0o077).toBe(0);
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});
