import { asPeriod, type Period, thresholdInForce, type ThresholdRow } from "@signalbox/domain";
import { type Kysely, sql } from "kysely";
import { keptByVersion } from "../catalogue/catalogue-reader.ts";
import { currentCatalogue, type CurrentCatalogue, type Organisation } from "../catalogue/current-catalogue.ts";
import type { Database } from "../tables.ts";

/** A series as series.csv names it: of which contract, for which commissioner. */
export interface ContractedSeries {
  readonly metric: string;
  readonly organisation: string;
  readonly contract: string | null;
  readonly commissioner: string | null;
}

/** A row of targets.csv; chosen like an approved threshold (contract 4). */
interface Target {
  readonly metric: string;
  readonly organisation: string | null;
  readonly value: number;
  readonly from: number;
  readonly to: number | null;
}

/** The catalogue in force with all that scorecards ask of it. */
export interface ScorecardCatalogue extends CurrentCatalogue {
  /** The system at the top of the tree. */
  readonly system: string;
  /** Those directly below each organisation, in order of name. */
  readonly below: ReadonlyMap<string, readonly Organisation[]>;
  readonly targets: ReadonlyMap<string, readonly Target[]>;
  readonly contracted: readonly ContractedSeries[];
}

/** Reads it once a version; null where no catalogue was ever loaded. */
export function scorecardCatalogueReader(): (db: Kysely<Database>) => Promise<ScorecardCatalogue | null> {
  return keptByVersion(read);
}

async function read(db: Kysely<Database>): Promise<ScorecardCatalogue | null> {
  const catalogue = await currentCatalogue(db);
  if (catalogue === null) return null;
  const [targets, contracted] = await Promise.all([
    sql<Target>`select metric, organisation, value, from_period as "from", to_period as "to" from target
      where until is null order by id`.execute(db),
    sql<ContractedSeries>`select metric, organisation, contract, commissioner from series_detail
      where until is null and (contract is not null or commissioner is not null)
      order by metric, organisation`.execute(db),
  ]);
  const system = catalogue.organisations.values().find(({ kind }) => kind === "system")?.code ?? "";
  return {
    ...catalogue,
    system,
    below: Map.groupBy(
      [...catalogue.organisations.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB")),
      ({ parent }) => parent ?? "",
    ),
    targets: Map.groupBy(targets.rows, ({ metric }) => metric),
    contracted: contracted.rows,
  };
}

/** The target of a series by period, NaN where there is none. */
export function targetsOf(
  { targets, system }: ScorecardCatalogue,
  metric: string,
  organisation: string,
): (period: Period) => number {
  const rows = (targets.get(metric) ?? []).flatMap((row, id): ThresholdRow[] => {
    if (row.organisation !== null && row.organisation !== organisation) return [];
    const scope = row.organisation === null ? "*" : "own";
    const limits = { basis: "value", board: row.value, slt: null } as const;
    const to = row.to === null ? null : asPeriod(row.to);
    return [{ id, scope, status: "approved", ...limits, from: asPeriod(row.from), to }];
  });
  if (rows.length === 0) return () => NaN;
  return (period) => thresholdInForce(rows, period, organisation === system)?.board ?? NaN;
}
