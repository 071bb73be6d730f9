import { type ScorecardCatalogue, type ScorecardScope, seesOrganisation, type Sight } from "@signalbox/db";
import { asPeriod, type Frequency, parsePeriod, type Period } from "@signalbox/domain";
import { Problem } from "../../problem.ts";

/** What somebody asks a scorecard of, and by which period. */
export interface AskedScorecard {
  readonly scope: ScorecardScope;
  /** The month by whose end it is to stand, and how far the period before it is; left out for the latest. */
  readonly by?: { readonly through: Period; readonly apart: 1 | 3; readonly frequency: Frequency };
}

export type Query = Readonly<Record<string, unknown>>;

const LONGEST = 300;

/** The text of one value of a query, null for none or an empty one; throws Problem 400 for what no form of ours sends. */
export function textOf(query: Query, name: string): string | undefined {
  const given = query[name];
  if (given === undefined) return undefined;
  if (typeof given !== "string") throw new Problem(400, `Choose one ${name} at a time.`);
  const text = given.trim();
  if (text.length > LONGEST || /\p{Cc}/u.test(text))
    throw new Problem(400, `That is no ${name}: it is too long, or has signs that no name has.`);
  return text === "" ? undefined : text;
}

/**
 * The scope and period of an address, `usual` where it names neither organisation, forum, contract nor commissioner. Throws
 * Problem 400 or 404 in words for what is not there or not to be seen.
 */
export function askedScorecard(
  query: Query,
  { catalogue, sight, usual }: { catalogue: ScorecardCatalogue; sight: Sight; usual: ScorecardScope | null },
): AskedScorecard {
  const [organisation, forum] = [textOf(query, "organisation"), textOf(query, "forum")];
  const [contract, commissioner] = [textOf(query, "contract"), textOf(query, "commissioner")];
  const [domain, metric] = [textOf(query, "domain"), textOf(query, "metric")];
  const { metrics, forums, contracted } = catalogue;
  if (organisation !== undefined && !seesOrganisation(catalogue, sight, organisation))
    throw unknown("organisation", organisation);
  if (forum !== undefined && !forums.has(forum)) throw unknown("forum", forum);
  if (metric !== undefined && !metrics.has(metric)) throw unknown("measure", metric);
  if (domain !== undefined && !metrics.values().some((one) => one.domain === domain)) throw unknown("domain", domain);
  const seen = contracted.filter((one) => seesOrganisation(catalogue, sight, one.organisation));
  if (contract !== undefined && !seen.some((one) => one.contract === contract)) throw unknown("contract", contract);
  if (commissioner !== undefined && !seen.some((one) => one.commissioner === commissioner))
    throw unknown("commissioner", commissioner);
  const named = { organisation, forum, contract, commissioner };
  const isNamed = Object.values(named).some((one) => one !== undefined);
  const below = organisation !== undefined && textOf(query, "below") === "yes";
  const scope = { ...(isNamed ? { ...named, below } : usual), domain, metric };
  const period = textOf(query, "period");
  return period === undefined ? { scope } : { scope, by: byPeriod(period) };
}

function byPeriod(text: string): NonNullable<AskedScorecard["by"]> {
  const month = parsePeriod(text, "monthly");
  if (month !== null) return { through: month, apart: 1, frequency: "monthly" };
  const quarter = parsePeriod(text, "quarterly");
  if (quarter !== null) return { through: asPeriod(quarter + 2), apart: 3, frequency: "quarterly" };
  throw new Problem(400, `"${text}" is no period. Write a month as 2024-03, or a quarter as 2023/24 Q4.`);
}

function unknown(what: string, name: string): Problem {
  return new Problem(404, `There is no ${what} "${name}" that you may see. Choose another.`);
}
