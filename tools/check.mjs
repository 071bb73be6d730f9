// `npm run check`: format, lint, types and import boundaries, all of them even when one fails.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { boundaryFaults } from "./boundaries.ts";
import { sources, workspaces } from "./sources.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs a program of node_modules/.bin; its words count only when it fails. */
function program(name, ...args) {
  const path = join(root, "node_modules", ".bin", name);
  const { status, stdout, stderr, error } = spawnSync(path, args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return status === 0 ? null : `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`;
}

function boundaries() {
  const faults = boundaryFaults(sources(root), workspaces(root));
  return faults.length === 0 ? null : faults.join("\n");
}

const checks = {
  "format (oxfmt; npm run format mends it)": () => program("oxfmt", "--check", "."),
  "lint (oxlint, type-aware)": () => program("oxlint", "--type-aware", "--deny-warnings"),
  "types (tsc)": () => program("tsc", "--project", ".", "--pretty", "false"),
  "import boundaries": boundaries,
};

const failed = [];
for (const [name, check] of Object.entries(checks)) {
  const began = performance.now();
  const fault = check();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${fault === null ? "✓" : "✗"} ${name}, ${seconds} s`);
  if (fault === null) continue;
  failed.push(name);
  console.log(fault.trimEnd());
}
console.log(failed.length === 0 ? "All checks passed." : `Failed: ${failed.join("; ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
