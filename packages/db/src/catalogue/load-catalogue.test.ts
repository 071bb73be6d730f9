import { protocolSchema } from "@signalbox/domain";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { currentCatalogue, plansFor } from "./current-catalogue.ts";
import { currentSources } from "./current-sources.ts";
import { type CatalogueLoad, loadCatalogueRows } from "./load-catalogue.ts";
import { catalogue, LATER, metric, month, NOW, observe, plan, threshold } from "./testing.ts";

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

  test("keeps sources, successors, former parents, sign-off and plausibility, and says what changed of them", async () => {
    const plausible = { plausibleFrom: 40, plausibleTo: 100, plausibleJump: 6, zeroAfter: 10 };
    const rows: Partial<CatalogueRows> = {
      organisations: catalogue.organisations.map((o) => ({ ...o, signOff: o.code === "NW" })),
      metrics: [metric("ae-4h", { ...plausible, implausible: "keep-out" }), ...catalogue.metrics.slice(1)],
      sources: [
        { name: "ae", organisation: "NW", template: "a-e", url: "https://a.example/{yyyy}{mm}", workingDay: 8 },
        { name: "beds", organisation: "SE", template: null, url: "https://a.example/{fy}{q}", workingDay: 60 },
      ],
      successors: [{ organisation: "NW1", successor: "SE", from: month("2024-04") }],
      formerParents: [
        { organisation: "NW1", parent: "SE", from: null, to: month("2022-03") },
        { organisation: "NW1", parent: "ICS", from: month("2022-04"), to: month("2023-03") },
      ],
    };
    await load(rows, NOW);
    expect(await load(rows)).toEqual({ kind: "unchanged", version: 1 });
    const held = await currentCatalogue(open.db);
    expect(held?.organisations).toEqual(new Map(rows.organisations?.map((row) => [row.code, row])));
    expect(held?.metrics).toEqual(new Map(rows.metrics?.map((row) => [row.code, row])));
    expect(held?.successors).toEqual(rows.successors);
    expect(held?.formerParents).toEqual(rows.formerParents);
    expect(await currentSources(open.db)).toEqual(rows.sources);
    const { formerParents = [], sources = [] } = rows;
    const changes = examplesOf(
      await load({ ...rows, formerParents: formerParents.slice(0, 1), sources: sources.slice(1), successors: [] }),
    );
    expect(changes).toEqual([
      "sources.csv: ae: removed",
      "successors.csv: NW1 SE: removed",
      "parents.csv: NW1 to 2023-03: removed",
    ]);
    expect(examplesOf(await load({ ...rows, metrics: catalogue.metrics, sources: [] }))[0]).toBe(
      "metrics.csv: ae-4h: plausible_from 40 → none, plausible_to 100 → none, plausible_jump 6 → none, zero_after 10 → none, implausible keep-out → mark",
    );
  });

  test("refuses to drop what has observations, and then changes nothing at all", async () => {
    await load({}, NOW);
    await observe(open.db, ["ae-4h", "SE"], ["beds", "NW"]);
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
    await observe(open.db, ["ae-4h", "SE"]);
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
    await observe(open.db, ["ae-4h", "NW"], ["ae-4h", "SE"]);
    const { rows } = await sql<{ id: number }>`select id from series order by id`.execute(open.db);
    const [nw = 0, se = 0] = rows.map(({ id }) => id);
    expect([...(await plansFor(open.db, [nw, se]))]).toEqual([
      [nw, { series: nw, periods: [month("2024-01"), month("2024-02")], values: [80.5, 81] }],
    ]);
  });
});
