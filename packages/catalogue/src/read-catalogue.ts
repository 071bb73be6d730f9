import { stat } from "node:fs/promises";
import type { Catalogue } from "./catalogue.ts";
import { type CatalogueFiles, filesOfFolder } from "./catalogue-files.ts";
import { readComparators } from "./comparators.ts";
import { readFormerParents } from "./former-parents.ts";
import { readForums } from "./forums.ts";
import { readMetrics } from "./metrics.ts";
import { readOrganisations } from "./organisations.ts";
import { readPeople } from "./people.ts";
import { readPlans } from "./plans.ts";
import type { Problem } from "./problem.ts";
import { readProtocol } from "./protocol.ts";
import { readSeriesDetails } from "./series-details.ts";
import { readSources } from "./sources.ts";
import { readSuccessors } from "./successors.ts";
import { readTargets } from "./targets.ts";
import { readThresholds } from "./thresholds.ts";

/** A catalogue without problems, or every problem that its files have. */
export type CatalogueRead =
  | { readonly catalogue: Catalogue; readonly problems: readonly [] }
  | { readonly catalogue: null; readonly problems: readonly Problem[] };

/** What else a catalogue is checked against: names of templates are looked up in `templates`, where they are given. */
export interface Known {
  readonly templates?: ReadonlySet<string> | null;
}

/** Reads a catalogue's folder and checks all of it (contract section 4); what is wrong comes back, nothing is thrown. */
export async function readCatalogue(dir: string, known: Known = {}): Promise<CatalogueRead> {
  if (!(await isFolder(dir))) {
    return { catalogue: null, problems: [{ file: dir, line: 1, column: "file", message: "there is no such folder" }] };
  }
  return readCatalogueFiles(filesOfFolder(dir), known);
}

/** The same of files that are kept anywhere. */
export async function readCatalogueFiles(
  from: CatalogueFiles,
  { templates = null }: Known = {},
): Promise<CatalogueRead> {
  const organisations = await readOrganisations(from);
  const forums = await readForums(from);
  const people = await readPeople(from, { ...organisations, ...forums });
  const metrics = await readMetrics(from, forums.forums);
  const codes = { organisations: organisations.organisations, metrics: metrics.metrics };
  const seriesDetails = await readSeriesDetails(from, codes);
  const thresholds = await readThresholds(from, codes);
  const plans = await readPlans(from, codes);
  const targets = await readTargets(from, codes);
  const comparators = await readComparators(from, codes);
  const sources = await readSources(from, { ...codes, templates });
  const successors = await readSuccessors(from, codes);
  const formerParents = await readFormerParents(from, codes);
  const protocol = await readProtocol(from, forums.forums);
  const files = [
    organisations,
    forums,
    people,
    metrics,
    seriesDetails,
    thresholds,
    plans,
    targets,
    comparators,
    sources,
    successors,
    formerParents,
    protocol,
  ];
  const problems = files.flatMap((file) => file.problems.all());
  if (problems.length > 0 || protocol.protocol === null) return { catalogue: null, problems };
  const catalogue: Catalogue = {
    organisations: organisations.organisations.rows(),
    forums: forums.forums.rows(),
    people: people.people,
    metrics: metrics.metrics.rows(),
    seriesDetails: seriesDetails.seriesDetails,
    thresholds: thresholds.thresholds,
    plans: plans.plans,
    targets: targets.targets,
    comparators: comparators.comparators,
    sources: sources.sources,
    successors: successors.successors,
    formerParents: formerParents.formerParents,
    protocol: protocol.protocol,
  };
  return { catalogue, problems: [] };
}

async function isFolder(dir: string): Promise<boolean> {
  return stat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
