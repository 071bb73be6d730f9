import { type Kysely, sql } from "kysely";
import { parsePeriod, type Period, protocolSchema } from "@signalbox/domain";
import type { Database } from "../tables.ts";
import type { CatalogueRows, PlanRow, ThresholdToLoad } from "./catalogue-rows.ts";
import type { Metric, Organisation } from "./current-catalogue.ts";

export const NOW = Temporal.Instant.from("2024-05-01T09:00:00Z");
export const LATER = Temporal.Instant.from("2024-06-01T09:00:00Z");

export const month = (text: string): Period => parsePeriod(text, "monthly") ?? fail(text);
const fail = (text: string): never => {
  throw new Error(`not understood: ${text}`);
};

const organisation = (code: string, kind: Organisation["kind"], parent: string | null): Organisation => ({
  code,
  name: `${code} Hospitals`,
  kind,
  parent,
  opened: null,
  closed: null,
  signOff: false,
});

export const metric = (code: string, changes: Partial<Metric> = {}): Metric => ({
  code,
  name: `Metric ${code}`,
  description: "",
  area: "uec",
  domain: "Operations",
  unit: "percent",
  scale: [],
  better: "higher",
  frequency: "monthly",
  aggregation: "ratio",
  decimals: 1,
  definitionChanges: [],
  accumulates: "none",
  minimumChange: null,
  dueWorkingDay: null,
  urgent: false,
  plausibleFrom: null,
  plausibleTo: null,
  plausibleJump: null,
  zeroAfter: null,
  implausible: "mark",
  ...changes,
});

export const threshold = (changes: Partial<ThresholdToLoad> = {}): ThresholdToLoad => ({
  metric: "ae-4h",
  organisation: null,
  level: null,
  basis: "value",
  board: 85,
  slt: 75,
  from: month("2023-04"),
  to: null,
  status: "approved",
  approvedOn: null,
  minute: null,
  ...changes,
});

export const plan = (organisationCode: string, period: string, value: number): PlanRow => ({
  metric: "ae-4h",
  organisation: organisationCode,
  period: month(period),
  value,
});

export const catalogue: CatalogueRows = {
  organisations: [
    organisation("ICS", "system", null),
    organisation("NW", "provider", "ICS"),
    organisation("SE", "provider", "ICS"),
    organisation("NW1", "site", "NW"),
  ],
  forums: [
    { code: "slt", name: "System Leadership Team", tier: "slt", parent: null },
    { code: "uec", name: "Urgent Care Board", tier: "board", parent: "slt" },
    { code: "ec", name: "Elective Care Board", tier: "board", parent: "slt" },
  ],
  people: [{ email: "chair@example.org", name: "Ann Chair", role: "chair", forum: "uec", organisation: null }],
  metrics: [metric("ae-4h"), metric("beds", { unit: "ordinal", scale: ["P", "A", "G"], aggregation: "none" })],
  seriesDetails: [],
  thresholds: [threshold(), threshold({ metric: "beds", level: "provider", board: 1, slt: 0 })],
  plans: [plan("NW", "2024-01", 80.5), plan("NW", "2024-02", 81)],
  targets: [
    { metric: "ae-4h", organisation: null, value: 95, from: month("2010-06"), to: null, source: "constitution" },
  ],
  comparators: [],
  sources: [],
  successors: [],
  formerParents: [],
  protocol: protocolSchema.parse({ stepDownAfter: 2, missing: { boardAfter: 2 } }),
};

/** Series with an observation each, as ingestion leaves them: linked upwards, nothing due. */
export async function observe(db: Kysely<Database>, ...pairs: readonly (readonly [string, string])[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`insert into submission
    (organisation, channel, submitted_by, received_at, media_type, sha256, size)
    values ('ICS', 'cli', 'operator', ${NOW.toString()}, 'text/csv', '', 0) returning id`.execute(db);
  for (const [metricCode, code] of pairs) {
    await sql`with s as (insert into series (metric, organisation) values (${metricCode}, ${code}) returning id),
      st as (insert into series_state (series) select id from s)
      insert into observation (series, period, submission, row_number, issued, value)
      select id, ${month("2024-01")}::int, ${rows[0]?.id}::bigint, 1, '2024-02-01', 80 from s`.execute(db);
  }
}
