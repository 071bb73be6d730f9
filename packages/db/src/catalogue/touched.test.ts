import { protocolSchema } from "@signalbox/domain";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { type CatalogueLoad, loadCatalogueRows } from "./load-catalogue.ts";
import { catalogue, LATER, metric, month, NOW, observe, plan, threshold } from "./testing.ts";

let open: Awaited<ReturnType<typeof testDatabase>>;
beforeEach(async () => {
  open = await testDatabase();
});
afterEach(() => open.close());

const load = (rows: Partial<CatalogueRows> = {}, now = LATER): Promise<CatalogueLoad> =>
  loadCatalogueRows(open.db, { ...catalogue, ...rows }, { actor: "operator", now });

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
    [
      "where it stood before: its series and those above, there and now",
      { formerParents: [{ organisation: "NW1", parent: "SE", from: null, to: month("2023-03") }] },
      ["ae-4h ICS", "ae-4h NW", "ae-4h NW1", "ae-4h SE"],
      ["NW1"],
    ],
    [
      "who carries on for it: its series and the successor's",
      { successors: [{ organisation: "NW1", successor: "SE", from: month("2024-04") }] },
      ["ae-4h NW1", "ae-4h SE", "beds SE"],
      ["NW1", "SE"],
    ],
    [
      "which values are plausible: its metric",
      { metrics: [metric("ae-4h", { plausibleTo: 100 }), ...catalogue.metrics.slice(1)] },
      all.slice(0, 4),
      [],
    ],
    [
      "a sign-off, a source: nothing",
      {
        organisations: catalogue.organisations.map((o) => ({ ...o, signOff: true })),
        sources: [{ name: "ae", organisation: "NW", template: null, url: "https://a.example/{fy}{q}", workingDay: 5 }],
      },
      [],
      [],
    ],
    ["the protocol: everything", { protocol: protocolSchema.parse({}) }, all, ["ICS", "NW", "NW1", "SE"]],
  ];

  test.each(changes)("%s", async (_, rows, series, organisations) => {
    await load({}, NOW);
    await observe(
      open.db,
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

  test("a former place that is taken back touches what stood above it", async () => {
    const row = { organisation: "NW1", parent: "SE", from: null, to: month("2023-03") };
    await load({ formerParents: [row] }, NOW);
    await observe(open.db, ...["NW1", "NW", "SE", "ICS"].map((code) => ["ae-4h", code] as const), ["beds", "SE"]);
    await load();
    expect(await due()).toEqual(all.slice(0, 4));
  });

  test("a move links the series to the new parent's, made where it was missing", async () => {
    await load({}, NOW);
    await observe(open.db, ["ae-4h", "NW1"]);
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
    await observe(open.db, ["beds", "NW"]);
    const summed = metric("beds", { unit: "count", aggregation: "sum" });
    await load({ metrics: [metric("ae-4h"), summed] });
    expect(await due()).toEqual(["beds ICS", "beds NW"]);
  });
});
