// Reads each hostile file in a process of its own and prints how much time of a processor reading took and how much memory came on top of what
// a good file takes: `node test/hostile/measure.ts`. What must hold is tested; this says by how much.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTemplates, readInWorker } from "@signalbox/formats";
import { testMetrics } from "../../packages/formats/src/testing.ts";
import { hostileArchives } from "./hostile-archives.ts";
import { goodFile } from "./hostile-file.ts";
import { hostileTables } from "./hostile-tables.ts";
import { hostileWorkbooks } from "./hostile-workbooks.ts";

const files = [...hostileArchives, ...hostileWorkbooks, ...hostileTables];

async function measureOne(path: string): Promise<void> {
  const templates = [...(await loadTemplates()).values()];
  const request = { filename: "f", mediaType: "", templates, named: false, metrics: testMetrics, now: "2024-04-10" };
  await readInWorker({ ...request, bytes: goodFile });
  const bytes = readFileSync(path);
  const before = process.resourceUsage().maxRSS;
  const start = process.cpuUsage();
  const { rejected, rows } = await readInWorker({ ...request, bytes });
  const { user, system } = process.cpuUsage(start);
  const ms = Math.round((user + system) / 1000);
  const mb = Math.round((process.resourceUsage().maxRSS - before) / 1024);
  console.log(JSON.stringify({ ms, mb, outcome: rejected?.code ?? rows.length }));
}

const [, , only] = process.argv;
if (only !== undefined) {
  await measureOne(only);
} else {
  const path = join(mkdtempSync(join(tmpdir(), "hostile-")), "file");
  for (const { what, bytes } of files) {
    writeFileSync(path, bytes());
    const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), path], { encoding: "utf8" });
    const { ms, mb, outcome } = JSON.parse(run.stdout) as { ms: number; mb: number; outcome: string | number };
    console.log(`${String(ms).padStart(6)} ms ${String(mb).padStart(5)} MB  ${what}: ${outcome}`);
  }
  rmSync(dirname(path), { recursive: true });
}
