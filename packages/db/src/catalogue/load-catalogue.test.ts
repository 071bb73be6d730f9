import { parsePeriod, type Period, protocolSchema } from "@signalbox/domain";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import type { CatalogueRows, PlanRow, ThresholdToLoad } from "./catalogue-rows.ts";
import { currentCatalogue, type Metric, type Organisation, plansFor } from "./current-catalogue.ts";
import { type CatalogueLoad, loadCatalogueRows } from "./load-catalogue.ts";

const NOW = Temporal.Instant.from("2024-05-01T09:00:00Z");
const LATER = Temporal.Instant.from("2024-06-01T09:00:00Z");

const month = (text: string): Period => parsePeriod(text, "monthly") ?? fail(text);
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
});

const metric = (code: string, changes: Partial<Metric> = {}): Metric => ({
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
  ...changes,
});

const threshold = (changes: Partial<ThresholdToLoad> = {}): ThresholdToLoad => ({
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

const plan = (organisationCode: string, period: string, value: number): PlanRow => ({
  metric: "ae-4h",
  organisation: organisationCode,
  period: month(period),
  value,
});

const catalogue: CatalogueRows = {
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
  protocol: protocolSchema.parse({ stepDownAfter: 2, missing: { boardAfter: 2 } }),
};

let open: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  open = await testDatabase();
});
afterEach(() => open.close());

const load = (rows: Partial<CatalogueRows> = {}, now = LATER): Promise<CatalogueLoad> =>
  loadCatalogueRows(open.db, { ...catalogue, ...rows }, { actor: "operator", now });

const examplesOf = (result: CatalogueLoad): string[] =>
  result.kind === "loaded"
    ? result.changes.flatMap(({ file, examples }) => examples.map((line) => `${file}: ${line}`))
    : [];

/** Series with an observation each, as ingestion leaves them: linked upwards, nothing due. */
async function observed(...pairs: readonly (readonly [string, string])[]): Promise<void> {
  const { rows } = await sql<{ id: number }>`insert into submission
    (organisation, channel, submitted_by, received_at, media_type, sha256, size)
    values ('ICS', 'cli', 'operator', ${NOW.toString()}, 'text/csv', '', 0) returning id`.execute(open.db);
  for (const [metricCode, code] of pairs) {
    await sql`with s as (insert into series (metric, organisation) values (${metricCode}, ${code}) returning id),
      st as (insert into series_state (series) select id from s)
      insert into observation (series, period, submission, row_number, issued, value)
      select id, ${month("2024-01")}::int, ${rows[0]?.id}::bigint, 1, '2024-02-01', 80 from s`.execute(open.db);
  }
}

async function due(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select s.metric || ' ' || s.organisation as name
    from series_state st join series s on s.id = st.series where st.due order by name`.execute(open.db);
  return rows.map(({ name }) => name);
}

async function organisationsDue(): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`select organisation from organisation_due order by 1`.execute(
    open.db,
  );
  return rows.map(({ organisation: code }) => code);
}

describe("loading a catalogue", () => {
  test("keeps all of it under version 1, as the checks gave it", async () => {
    expect(await load({}, NOW)).toMatchObject({ kind: "loaded", version: 1, due: { series: 0, organisations: 0 } });
    const held = await currentCatalogue(open.db);
    expect(held?.version).toBe(1);
    expect(held?.organisations).toEqual(new Map(catalogue.organisations.map((row) => [row.code, row])));
    expect(held?.metrics).toEqual(new Map(catalogue.metrics.map((row) => [row.code, row])));
    expect(held?.forums).toEqual(new Map(catalogue.forums.map((row) => [row.code, row])));
    expect(held?.people).toEqual(catalogue.people);
    expect(held?.protocol.body).toEqual(catalogue.protocol);
    expect(held?.thresholds.get("ae-4h")).toMatchObject([{ board: 85, slt: 75, from: month("2023-04"), to: null }]);
  });

  test("a second time changes nothing and makes no version", async () => {
    await load({}, NOW);
    expect(await load()).toEqual({ kind: "unchanged", version: 1 });
    const { rows } = await sql`select count(*) as rows from organisation union all select count(*) from audit`.execute(
      open.db,
    );
    expect(rows).toEqual([{ rows: 4 }, { rows: 1 }]);
  });

  test("says what changed in each file, and keeps the row that held before", async () => {
    await load({}, NOW);
    const result = await load({
      thresholds: [threshold({ board: 78 }), threshold({ status: "draft", from: month("2024-04") })],
      plans: [plan("NW", "2024-01", 80.5), plan("NW", "2024-02", 82.25)],
      metrics: [metric("ae-4h", { definitionChanges: [month("2023-10")] }), ...catalogue.metrics.slice(1)],
      people: [],
      protocol: protocolSchema.parse({ stepDownAfter: 3, missing: { boardAfter: 2 } }),
    });
    expect(examplesOf(result)).toEqual([
      "people.csv: chair@example.org chair uec: removed",
      "metrics.csv: ae-4h: definition_changes none → 2023-10",
      "thresholds.csv: ae-4h approved from 2023-04: board 85 → 78",
      "thresholds.csv: beds level provider approved from 2023-04: removed",
      "thresholds.csv: ae-4h draft from 2024-04: added",
      "plans.csv: ae-4h NW 2024-02: value 81 → 82.25",
      "protocol.json: stepDownAfter 2 → 3",
    ]);
    const { rows } = await sql`select board, since, until from threshold where metric = 'ae-4h' and status = 'approved'
      order by since`.execute(open.db);
    expect(rows).toEqual([
      { board: 85, since: 1, until: 2 },
      { board: 78, since: 2, until: null },
    ]);
    const { rows: versions } = await sql`select loaded_by, jsonb_array_length(changes) as files from catalogue_version
      order by id`.execute(open.db);
    expect(versions).toEqual([
      { loaded_by: "operator", files: 8 },
      { loaded_by: "operator", files: 5 },
    ]);
  });

  test("refuses to drop what has observations, and then changes nothing at all", async () => {
    await load({}, NOW);
    await observed(["ae-4h", "SE"], ["beds", "NW"]);
    const result = await load({
      organisations: catalogue.organisations.filter(({ code }) => code !== "SE"),
      metrics: [metric("ae-4h", { name: "Renamed" })],
      thresholds: [],
    });
    expect(result).toEqual({
      kind: "refused",
      problems: [
        {
          file: "organisations.csv",
          line: 1,
          column: "code",
          message: '"SE" has observations and cannot be dropped: keep its row and set closed',
        },
        {
          file: "metrics.csv",
          line: 1,
          column: "code",
          message: '"beds" has observations and cannot be dropped: keep its row',
        },
      ],
    });
    expect((await currentCatalogue(open.db))?.metrics.get("ae-4h")?.name).toBe("Metric ae-4h");
    expect(await load()).toEqual({ kind: "unchanged", version: 1 });
  });

  test("drops what has none", async () => {
    await load({}, NOW);
    expect(await load({ organisations: catalogue.organisations.slice(0, 3) })).toMatchObject({
      kind: "loaded",
      version: 2,
    });
    expect((await currentCatalogue(open.db))?.organisations.has("NW1")).toBe(false);
  });

  test("refuses another frequency for a metric that has observations", async () => {
    await load({}, NOW);
    await observed(["ae-4h", "SE"]);
    const result = await load({
      metrics: [metric("ae-4h", { frequency: "quarterly" }), ...catalogue.metrics.slice(1)],
    });
    expect(result).toMatchObject({ kind: "refused", problems: [{ file: "metrics.csv", column: "frequency" }] });
  });

  test("by two at once leaves one version", async () => {
    const results = await Promise.all([load(), load(), load()]);
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(["loaded", "unchanged", "unchanged"]);
  });

  test("gives the plans of the series asked for, by period", async () => {
    await load({}, NOW);
    await observed(["ae-4h", "NW"], ["ae-4h", "SE"]);
    const { rows } = await sql<{ id: number }>`select id from series order by id`.execute(open.db);
    const [nw = 0, se = 0] = rows.map(({ id }) => id);
    expect([...(await plansFor(open.db, [nw, se]))]).toEqual([
      [nw, { series: nw, periods: [month("2024-01"), month("2024-02")], values: [80.5, 81] }],
    ]);
  });
});

describe("what a change touches is due again", () => {
  const all = ["ae-4h ICS", "ae-4h NW", "ae-4h NW1", "ae-4h SE", "beds NW", "beds SE"];
  const changes: readonly (readonly [string, Partial<CatalogueRows>, readonly string[], readonly string[]])[] = [
    ["people: nothing", { people: [] }, [], []],
    [
      "a metric's name: nothing",
      { metrics: [metric("ae-4h", { name: "A&E" }), ...catalogue.metrics.slice(1)] },
      [],
      [],
    ],
    ["a minute: nothing", { thresholds: [threshold({ minute: "UEC 4" }), ...catalogue.thresholds.slice(1)] }, [], []],
    [
      "a general threshold: its metric",
      { thresholds: [threshold({ slt: 70 }), ...catalogue.thresholds.slice(1)] },
      all.slice(0, 4),
      [],
    ],
    [
      "an organisation's threshold: its series",
      { thresholds: [...catalogue.thresholds, threshold({ organisation: "SE" })] },
      ["ae-4h SE"],
      [],
    ],
    [
      "a level's threshold: the series of that kind",
      { thresholds: catalogue.thresholds.slice(0, 1) },
      ["beds NW", "beds SE"],
      [],
    ],
    ["a plan: its series", { plans: catalogue.plans.slice(1) }, ["ae-4h NW"], []],
    ["the system's plan: its metric", { plans: [...catalogue.plans, plan("ICS", "2024-01", 90)] }, all.slice(0, 4), []],
    [
      "a definition: its metric",
      { metrics: [metric("ae-4h", { decimals: 2 }), ...catalogue.metrics.slice(1)] },
      all.slice(0, 4),
      [],
    ],
    [
      "an area: its metric, and its organisations",
      {
        metrics: [catalogue.metrics[0] ?? metric("ae-4h"), { ...(catalogue.metrics[1] ?? metric("beds")), area: "ec" }],
      },
      ["beds NW", "beds SE"],
      ["NW", "SE"],
    ],
    [
      "a closure: its series and those above",
      { organisations: catalogue.organisations.map((o) => (o.code === "NW1" ? { ...o, closed: "2024-03-31" } : o)) },
      ["ae-4h ICS", "ae-4h NW", "ae-4h NW1"],
      ["NW1"],
    ],
    [
      "a move: its series and those above, before and after",
      { organisations: catalogue.organisations.map((o) => (o.code === "NW1" ? { ...o, parent: "SE" } : o)) },
      ["ae-4h ICS", "ae-4h NW", "ae-4h NW1", "ae-4h SE"],
      ["NW1"],
    ],
    ["the protocol: everything", { protocol: protocolSchema.parse({}) }, all, ["ICS", "NW", "NW1", "SE"]],
  ];

  test.each(changes)("%s", async (_, rows, series, organisations) => {
    await load({}, NOW);
    await observed(
      ["ae-4h", "NW1"],
      ["ae-4h", "NW"],
      ["ae-4h", "SE"],
      ["ae-4h", "ICS"],
      ["beds", "NW"],
      ["beds", "SE"],
    );
    await sql`update series_state st set parent = p.id from series s join organisation o on o.code = s.organisation
      join series p on p.metric = s.metric and p.organisation = o.parent
      where s.id = st.series and s.metric = 'ae-4h'`.execute(open.db);
    const result = await load(rows);
    expect(await due()).toEqual(series);
    expect(await organisationsDue()).toEqual(organisations);
    expect(result).toMatchObject({ due: { series: series.length, organisations: organisations.length } });
  });

  test("a move links the series to the new parent's, made where it was missing", async () => {
    await load({}, NOW);
    await observed(["ae-4h", "NW1"]);
    await load({ organisations: catalogue.organisations.map((o) => (o.code === "NW1" ? { ...o, parent: "SE" } : o)) });
    const { rows } = await sql`select s.organisation, p.organisation as parent from series_state st
      join series s on s.id = st.series left join series p on p.id = st.parent order by s.organisation`.execute(
      open.db,
    );
    expect(rows).toEqual([
      { organisation: "ICS", parent: null },
      { organisation: "NW1", parent: "SE" },
      { organisation: "SE", parent: "ICS" },
    ]);
    expect(await due()).toEqual(["ae-4h ICS", "ae-4h NW1", "ae-4h SE"]);
  });

  test("a metric that is summed from now on gets the series of the organisations above", async () => {
    await load({}, NOW);
    await observed(["beds", "NW"]);
    const summed = metric("beds", { unit: "count", aggregation: "sum" });
    await load({ metrics: [metric("ae-4h"), summed] });
    expect(await due()).toEqual(["beds ICS", "beds NW"]);
  });
});
