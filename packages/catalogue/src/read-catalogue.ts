import { stat } from "node:fs/promises";
import type { Catalogue } from "./catalogue.ts";
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

/**
 * Reads a catalogue's folder and checks all of it (contract section 4); what is wrong comes back, nothing is thrown. Names
 * of templates are looked up in `templates`, where they are given.
 */
export async function readCatalogue(
  dir: string,
  { templates = null }: { readonly templates?: ReadonlySet<string> | null } = {},
): Promise<CatalogueRead> {
  if (!(await isFolder(dir))) {
    return { catalogue: null, problems: [{ file: dir, line: 1, column: "file", message: "there is no such folder" }] };
  }
  const organisations = await readOrganisations(dir);
  const forums = await readForums(dir);
  const people = await readPeople(dir, { ...organisations, ...forums });
  const metrics = await readMetrics(dir, forums.forums);
  const codes = { organisations: organisations.organisations, metrics: metrics.metrics };
  const seriesDetails = await readSeriesDetails(dir, codes);
  const thresholds = await readThresholds(dir, codes);
  const plans = await readPlans(dir, codes);
  const targets = await readTargets(dir, codes);
  const sources = await readSources(dir, { ...codes, templates });
  const successors = await readSuccessors(dir, codes);
  const formerParents = await readFormerParents(dir, codes);
  const protocol = await readProtocol(dir);
  const files = [
    organisations,
    forums,
    people,
    metrics,
    seriesDetails,
    thresholds,
    plans,
    targets,
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
