import {
  childrenOf,
  type Scorecard,
  type ScorecardCatalogue,
  type ScorecardScope,
  seesOrganisation,
  type Sight,
} from "@signalbox/db";
import type { AskedScorecard, Query } from "./asked.ts";
import { choicesOf } from "./filters.ts";
import { asPeriod, formatPeriod, type Frequency, nameOfPeriod, type Period } from "@signalbox/domain";

export interface Option {
  readonly value: string;
  readonly text: string;
}

const MOST_ORGANISATIONS = 60;
const MONTHS = 36;
const QUARTERS = 12;

interface Chosen {
  readonly sight: Sight;
  readonly query: Query;
  /** Left out where what was asked for is not there. */
  readonly scope?: ScorecardScope;
  readonly scorecard?: Scorecard;
  readonly by?: AskedScorecard["by"];
}

/** The form that chooses a scorecard and filters its rows: each list with its label and what is chosen in it. */
export function chooserOf(catalogue: ScorecardCatalogue, { sight, query, scope, scorecard, by }: Chosen) {
  const asked = (name: string): string => (typeof query[name] === "string" ? query[name] : "");
  const list = (name: string, label: string, { any, options }: { any: string; options: readonly Option[] }) => {
    const value = scope === undefined ? asked(name) : (scope[name as keyof ScorecardScope] ?? "");
    return { name, label, any, options, value };
  };
  const lists = [
    list("organisation", "Organisation", {
      any: "All",
      options: organisationOptions(catalogue, sight, scope?.organisation),
    }),
    list("forum", "Forum", { any: "Any", options: forumOptions(catalogue) }),
    list("domain", "Domain", { any: "All", options: domainOptions(catalogue) }),
    list("contract", "Contract", { any: "Any", options: contractOptions(catalogue, sight, "contract") }),
    list("commissioner", "Commissioner", { any: "Any", options: contractOptions(catalogue, sight, "commissioner") }),
  ];
  const filters = choicesOf(catalogue).map(({ name, label, choices }) => ({
    name,
    label,
    any: "All",
    options: choices,
    value: asked(name),
  }));
  return {
    lists: lists.filter(({ options }) => options.length > 0),
    filters,
    isFiltered: filters.some(({ value }) => value !== ""),
    below: scope?.below === true,
    mayBelow: scope?.organisation !== undefined && childrenOf(catalogue, scope.organisation).length > 0,
    metric:
      scope?.metric === undefined ? null : { code: scope.metric, name: catalogue.metrics.get(scope.metric)?.name },
    sort: asked("sort"),
    periods:
      scorecard === undefined
        ? null
        : { ...periodOptions(scorecard, by?.frequency ?? "monthly"), chosen: by === undefined ? "" : asked("period") },
  };
}

/**
 * The organisations one may choose, as a tree: all that somebody sees where those are few, else the way down to the chosen
 * one and those directly below it.
 */
export function organisationOptions(catalogue: ScorecardCatalogue, sight: Sight, chosen: string | undefined): Option[] {
  const { organisations, system } = catalogue;
  const seen = new Set([...organisations.keys()].filter((code) => seesOrganisation(catalogue, sight, code)));
  const open = seen.size <= MOST_ORGANISATIONS ? seen : wayTo(catalogue, chosen ?? system);
  const options: Option[] = [];
  const walk = (code: string, depth: number): void => {
    if (seen.has(code))
      options.push({ value: code, text: `${"– ".repeat(depth)}${organisations.get(code)?.name ?? code}` });
    if (open.has(code)) for (const child of childrenOf(catalogue, code)) walk(child, depth + (seen.has(code) ? 1 : 0));
    else if (seen.size <= MOST_ORGANISATIONS) for (const child of childrenOf(catalogue, code)) walk(child, depth);
  };
  walk(system, 0);
  return options;
}

function wayTo({ organisations }: ScorecardCatalogue, chosen: string): Set<string> {
  const way = new Set<string>();
  for (let code: string | null | undefined = chosen; code; code = organisations.get(code)?.parent) way.add(code);
  return way;
}

/** The forums, boards and the SLT, in order of the catalogue. */
export function forumOptions({ forums }: ScorecardCatalogue): Option[] {
  return [...forums.values()].map(({ code, name }) => ({ value: code, text: name }));
}

/** The domains of the metrics, as the free words they are. */
export function domainOptions({ metrics }: ScorecardCatalogue): Option[] {
  return plain(new Set([...metrics.values()].map(({ domain }) => domain)));
}

/** The contracts, or the commissioners, of series that somebody sees. */
export function contractOptions(
  catalogue: ScorecardCatalogue,
  sight: Sight,
  of: "contract" | "commissioner",
): Option[] {
  const seen = catalogue.contracted.filter(({ organisation }) => seesOrganisation(catalogue, sight, organisation));
  return plain(new Set(seen.map((one) => one[of] ?? "")));
}

/** The last months and quarters of which there are figures, newest first; the chosen one among them. */
export function periodOptions(
  { reached, through }: Pick<Scorecard, "reached" | "through">,
  chosen: Frequency,
): {
  months: Option[];
  quarters: Option[];
  period: string;
  name: string;
  isQuarter: boolean;
} {
  const option = (period: Period, frequency: Frequency): Option => ({
    value: formatPeriod(period, frequency),
    text: nameOfPeriod(period, frequency),
  });
  const months: Option[] = [];
  const quarters: Option[] = [];
  if (reached !== null) {
    for (let month = reached.last; month >= reached.first && months.length < MONTHS; month = asPeriod(month - 1))
      months.push(option(month, "monthly"));
    const ended = reached.last + 1 - ((reached.last + 1) % 3) - 3;
    for (let at = ended; at >= reached.first && quarters.length < QUARTERS; at -= 3)
      quarters.push(option(asPeriod(at), "quarterly"));
  }
  const from = chosen === "quarterly" ? (through ?? 0) - 2 : (through ?? 0);
  const now = through === null ? null : option(asPeriod(from), chosen);
  const among = chosen === "quarterly" ? quarters : months;
  if (now !== null && !among.some(({ value }) => value === now.value)) among.unshift(now);
  return { months, quarters, period: now?.value ?? "", name: now?.text ?? "", isQuarter: chosen === "quarterly" };
}

function plain(names: ReadonlySet<string>): Option[] {
  return [...names]
    .filter((name) => name !== "")
    .toSorted((a, b) => a.localeCompare(b, "en-GB"))
    .map((name) => ({ value: name, text: name }));
}
