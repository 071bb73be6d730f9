import { join } from "node:path";
import { formatProblem, type Metric, readCatalogue } from "@signalbox/catalogue";
import { filesOfFolder } from "@signalbox/catalogue/catalogue-files";
import { Codes } from "@signalbox/catalogue/codes";
import { readMetrics } from "@signalbox/catalogue/metrics";
import { readConfig } from "@signalbox/config";
import { currentCatalogue, lowestGoals } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { wasStarted } from "@signalbox/embedded";
import { shippedTemplates } from "@signalbox/formats";
import { existingFolder } from "../existing-folder.ts";
import { openParts } from "../parts.ts";
import { UsageError } from "../usage-error.ts";

/** What a file is read against, and where that is from. */
export interface KnownMetrics {
  readonly metrics: ReadonlyMap<string, Pick<Metric, "unit" | "scale" | "frequency" | "decimals">>;
  /** Null where it is not known which organisations there are. */
  readonly organisations: ReadonlySet<string> | null;
  readonly lowestGoals: ReadonlyMap<string, number>;
  /** Today, "YYYY-MM-DD". */
  readonly now: string;
  readonly from: string;
}

/**
 * The metrics of the catalogue in a folder; else of the one in the database, where there is a database; else those that are
 * suggested with the templates. No database is made for it.
 */
export async function knownMetrics(folder: string | undefined): Promise<KnownMetrics> {
  if (folder !== undefined) return ofFolder(await existingFolder(folder));
  return (await ofDatabase()) ?? ofTemplates();
}

async function ofFolder(dir: string): Promise<KnownMetrics> {
  const { catalogue, problems } = await readCatalogue(dir);
  if (catalogue === null)
    throw new UsageError(...problems.map(formatProblem), `${dir}: a catalogue with problems; correct them first.`);
  return {
    ...today(),
    metrics: new Map(catalogue.metrics.map((metric) => [metric.code, metric])),
    organisations: new Set(catalogue.organisations.map(({ code }) => code)),
    lowestGoals: new Map(),
    from: `the catalogue in ${dir}`,
  };
}

async function ofDatabase(): Promise<KnownMetrics | null> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  if (databaseUrl === null && !wasStarted(dataDir)) return null;
  await using stack = new AsyncDisposableStack();
  const { db, clock } = await openParts(stack);
  const catalogue = await currentCatalogue(db);
  if (catalogue === null) return null;
  return {
    metrics: catalogue.metrics,
    organisations: new Set(catalogue.organisations.keys()),
    lowestGoals: await lowestGoals(db),
    now: dayOf(await clock.now()).toString(),
    from: `the database's catalogue, version ${catalogue.version}`,
  };
}

async function ofTemplates(): Promise<KnownMetrics> {
  // Their areas are forums of nobody's yet.
  const forums = new Codes<never>("forum");
  forums.whole = false;
  const { metrics, problems } = await readMetrics(filesOfFolder(join(shippedTemplates, "catalogue")), forums);
  if (problems.all().length > 0) throw new Error(problems.all().map(formatProblem).join("\n"));
  return {
    ...today(),
    metrics: new Map(metrics.rows().map((metric) => [metric.code, metric])),
    organisations: null,
    lowestGoals: new Map(),
    from: "those suggested with the templates, for there is no catalogue yet: --catalogue DIR names one",
  };
}

function today(): { now: string } {
  return { now: dayOf(Temporal.Now.instant()).toString() };
}
