import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@signalbox/embedded";
import { startMailCatcher } from "../harness/mail-catcher.ts";
import { pagesScenario } from "./pages-scenario.ts";
import { printTable } from "./print-table.ts";
import { publishedScenario } from "./published-scenario.ts";
import { seriesScenario } from "./series-scenario.ts";

/** `npm run bench -- [--only series|published|pages] [--series 24000] [--periods 60] [--runs 3] [--by provider|month] [--profile DIR]` */
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    series: { type: "string", default: "24000" },
    periods: { type: "string", default: "60" },
    runs: { type: "string", default: "3" },
    by: { type: "string", default: "provider" },
    profile: { type: "string" },
  },
});
const all = {
  series: () => seriesScenario({ series: Number(values.series), periods: Number(values.periods), by: values.by }),
  published: publishedScenario,
  pages: () => pagesScenario({ series: Number(values.series), periods: Number(values.periods) }),
};
const scenarios = Object.entries(all).flatMap(([name, make]) => ((values.only ?? name) === name ? [make()] : []));

const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres(folder);
const mail = await startMailCatcher();
const execArgv = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
try {
  for (let run = 1; run <= Number(values.runs); run++) {
    for (const scenario of scenarios) {
      process.stderr.write(`run ${run} of ${values.runs}: ${scenario.name}\n`);
      await scenario.run({ server, mail, execArgv });
    }
  }
} finally {
  await mail.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
printTable(
  ["what", "measured", "floor", "aim"],
  scenarios.flatMap((scenario) => scenario.rows()),
);
