#!/usr/bin/env node
// Runs on any Node from 20 up with nothing installed: hands over to the Node that runs TypeScript and has Temporal, or
// says how to get it. Plain JavaScript, and no imports but Node's own.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 26;
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = join(root, "services", "cli", "src", "main.ts");

/** The newer Node that tools/setup.mjs has fetched, or undefined. */
function fetchedNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const places = [
    join(root, "node_modules", ".bin", name),
    join(root, "tools", "runtime", "node_modules", ".bin", name),
  ];
  return places.find((place) => existsSync(place));
}

/** Runs the program under another Node: signals go in, the exit code comes out, and it ends when this process does. */
function handOver(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) =>
    giveUp(`signalbox: ${node} could not be run: ${error.message}. Run: node tools/setup.mjs`),
  );
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function giveUp(message) {
  console.error(message);
  process.exit(2);
}

if (!existsSync(join(root, "node_modules", "@signalbox", "cli"))) {
  giveUp(`signalbox: its packages are not installed yet. Run: node ${join(root, "tools", "setup.mjs")}`);
}
if (Number(process.versions.node.split(".")[0]) >= OLDEST_NODE) {
  await import(new URL("../src/main.ts", import.meta.url).href);
} else {
  const node = fetchedNode();
  if (node !== undefined) handOver(node);
  else
    giveUp(
      `signalbox: it needs Node ${OLDEST_NODE}, this is ${process.version}. Run: node ${join(root, "tools", "setup.mjs")}`,
    );
}
