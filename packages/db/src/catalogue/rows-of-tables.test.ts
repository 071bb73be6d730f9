import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../testing.ts";
import type { CatalogueRows } from "./catalogue-rows.ts";
import { catalogueVersions } from "./catalogue-versions.ts";
import { CatalogueChanged, loadCatalogueRows } from "./load-catalogue.ts";
import { cataloguePage, catalogueRows, catalogueSizes } from "./rows-of-tables.ts";
import { catalogue, LATER, metric, month, NOW, observe, plan } from "./testing.ts";
import { tryCatalogueRows } from "./try-catalogue.ts";

const { db, close } = await testDatabase();
afterAll(close);

const whole: CatalogueRows = {
  ...catalogue,
  metrics: [
    metric("ae-4h", { definitionChanges: [month("2021-04")], plausibleTo: 100 }),
    ...catalogue.metrics.slice(1),
  ],
  seriesDetails: [
    { metric: "ae-4h", organisation: "NW", owner: "o@example.org", author: null, contract: "C1", commissioner: null },
  ],
  comparators: [{ metric: "ae-4h", name: "South East", period: month("2024-01"), value: 71.5 }],
  sources: [{ name: "ae", organisation: "ICS", template: null, url: "https://example.org/x", workingDay: 9 }],
  successors: [{ organisation: "NW1", successor: "NW", from: month("2024-04") }],
  formerParents: [{ organisation: "NW1", parent: "SE", from: null, to: month("2020-03") }],
};
const later: CatalogueRows = { ...whole, plans: [plan("NW", "2024-01", 90)], people: [] };

beforeAll(async () => {
  await loadCatalogueRows(db, whole, { actor: "chair@example.org", now: NOW });
  await observe(db, ["ae-4h", "NW"], ["ae-4h", "SE"]);
});

test("what was loaded is read again, row by row", async () => {
  const sorted = (rows: object) =>
    Object.fromEntries(
      Object.entries(rows).map(([part, of]) => [
        part,
        Array.isArray(of) ? of.map((row) => JSON.stringify(row, Object.keys(row as object).toSorted())).toSorted() : of,
      ]),
    );
  const thresholds = (await catalogueRows(db, "in-force")).thresholds;
  expect(thresholds).toHaveLength(2);
  expect(sorted(await catalogueRows(db, "in-force"))).toEqual(sorted(whole));
});

test("organisations are a tree, and a search finds what any cell holds", async () => {
  const page = { search: "", offset: 0, limit: 100 };
  const tree = await cataloguePage(db, "organisations.csv", page);
  expect(tree?.rows.organisations.map(({ code }) => code)).toEqual(["ICS", "NW", "NW1", "SE"]);
  expect(tree?.depths).toEqual([0, 1, 2, 1]);
  const found = await cataloguePage(db, "plans.csv", { ...page, search: "81" });
  expect([found?.rows.plans, found?.total]).toEqual([[plan("NW", "2024-02", 81)], 1]);
  const second = await cataloguePage(db, "plans.csv", { search: "", offset: 1, limit: 1 });
  expect([second?.rows.plans.length, second?.total]).toEqual([1, 2]);
  expect((await cataloguePage(db, "forums.csv", { ...page, search: "%" }))?.total).toBe(0);
  expect(await cataloguePage(db, "pg_user", page)).toBeNull();
  expect((await catalogueSizes(db)).get("plans.csv")).toBe(2);
});

test("a try says what a load would, and leaves nothing behind", async () => {
  const tried = await tryCatalogueRows(db, later, { actor: "chair@example.org", now: LATER });
  expect(tried).toMatchObject({ kind: "loaded", due: { series: 1 } });
  expect((await catalogueVersions(db, { offset: 0, limit: 10 })).total).toBe(1);
  const { rows } = await cataloguePage(db, "people.csv", { search: "", offset: 0, limit: 10 }).then(
    (page) => page ?? expect.fail("no page"),
  );
  expect(rows.people).toHaveLength(1);
  const due = await db.selectFrom("series_state").select("series").where("due", "=", true).execute();
  expect(due).toEqual([]);
  const audit = await db.selectFrom("audit").select("subject").execute();
  expect(audit).toHaveLength(1);
});

test("a try of what may not be dropped is refused", async () => {
  const without = { ...whole, organisations: whole.organisations.filter(({ code }) => code !== "SE") };
  const tried = await tryCatalogueRows(db, without, { actor: "chair@example.org", now: LATER });
  expect(tried).toMatchObject({ kind: "refused", problems: [{ file: "organisations.csv" }] });
});

test("a limit made on the web stays the web's where the file of limits was not sent", async () => {
  const kept = () =>
    db.selectFrom("threshold").select("kept_by_web").where("until", "is", null).where("metric", "=", "ae-4h");
  await db.updateTable("threshold").set({ kept_by_web: true }).where("metric", "=", "ae-4h").execute();
  const by = { actor: "chair@example.org", now: LATER };
  await loadCatalogueRows(db, whole, { ...by, sent: new Set(["people.csv"]) });
  expect(await kept().execute()).toEqual([{ kept_by_web: true }]);
  await loadCatalogueRows(db, whole, by);
  expect(await kept().execute()).toEqual([{ kept_by_web: false }]);
});

test("a load meant for another version than holds is refused, and one for it ends and begins rows", async () => {
  const [first] = (await catalogueVersions(db, { offset: 0, limit: 1 })).versions;
  const version = first?.version ?? 0;
  expect(first).toMatchObject({ loadedBy: "chair@example.org", name: "Ann Chair" });
  const by = { actor: "chair@example.org", now: LATER };
  await expect(loadCatalogueRows(db, later, { ...by, onTopOf: version - 1 })).rejects.toThrow(CatalogueChanged);
  const loaded = await loadCatalogueRows(db, later, { ...by, onTopOf: version });
  if (loaded.kind !== "loaded") return expect.fail(loaded.kind);
  const [ended, begun] = await Promise.all([
    catalogueRows(db, { endedBy: loaded.version }),
    catalogueRows(db, { begunBy: loaded.version }),
  ]);
  expect(ended.plans).toHaveLength(2);
  expect(begun.plans).toEqual([plan("NW", "2024-01", 90)]);
  expect([ended.people.length, begun.people.length, begun.protocol]).toEqual([1, 0, null]);
});
