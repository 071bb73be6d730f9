// Reads each hostile file in a process of its own and prints how long reading took and how much memory came on top of what
// a good file takes: `node test/hostile/measure.ts`. What must hold is tested; this says by how much.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { loadTemplates, readInWorker } from "@signalbox/formats";
import { testMetrics } from "../../packages/formats/src/testing.ts";
import { hostileArchives } from "./hostile-archives.ts";
import { goodFile } from "./hostile-file.ts";
import { hostileTables } from "./hostile-tables.ts";
import { hostileWorkbooks } from "./hostile-workbooks.ts";

const files = [...hostileArchives, ...hostileWorkbooks, ...hostileTables];

async function measureOne(place: number): Promise<void> {
  const templates = [...(await loadTemplates()).values()];
  const request = { filename: "f", mediaType: "", templates, named: false, metrics: testMetrics, now: "2024-04-10" };
  await readInWorker({ ...request, bytes: goodFile });
  const bytes = files[place]?.bytes() ?? goodFile;
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const { rejected, rows } = await readInWorker({ ...request, bytes });
  const ms = Math.round(performance.now() - start);
  const mb = Math.round((process.resourceUsage().maxRSS - before) / 1024);
  console.log(JSON.stringify({ ms, mb, outcome: rejected?.code ?? rows.length }));
}

const [, , only] = process.argv;
if (only !== undefined) {
  await measureOne(Number(only));
} else {
  for (const [place, { what }] of files.entries()) {
    const run = spawnSync(process.execPath, [fileURLToPath(import.meta.url), String(place)], { encoding: "utf8" });
    const { ms, mb, outcome } = JSON.parse(run.stdout) as { ms: number; mb: number; outcome: string | number };
    console.log(`${String(ms).padStart(6)} ms ${String(mb).padStart(5)} MB  ${what}: ${outcome}`);
  }
}
