import { asPeriod, type Period, periodOf } from "@signalbox/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEES_ALL, type Sight, sightOfOrganisations } from "../sight.ts";
import { testDatabase } from "../testing.ts";
import { MARCH_2024, seedCatalogue, seedSubmission } from "../testing-world.ts";
import { readBeside } from "./beside.ts";
import { type ScorecardAsked, readScorecard } from "./read-scorecard.ts";
import { spcOf } from "./row-spc.ts";
import { scorecardCatalogueReader } from "./scorecard-catalogue.ts";
import { seedDecided, seedMetrics } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);

const readCatalogue = scorecardCatalogueReader();
const UEC_MEMBER: Sight = { organisations: [], forums: ["UEC"], levels: ["system", "provider"] };
const MARCH = asPeriod(MARCH_2024);
let unsigned = 0;

beforeAll(async () => {
  const { version: since } = await seedCatalogue(db);
  await seedMetrics(db, [
    { code: "beds", unit: "count", aggregation: "sum", domain: "Activity" },
    { code: "late", unit: "count", aggregation: "sum", area: "EC" },
    { code: "share", aggregation: "ratio", target: 80 },
    { code: "survey", area: "EC", frequency: "quarterly", target: 60 },
    { code: "grade", area: "EC", unit: "ordinal", target: 1 },
  ]);
  unsigned = await seedSubmission(db, "RB", "unsigned");
  await db
    .updateTable("submission")
    .set({ sign_off_asked_at: "2024-04-20T09:00:02Z", unsigned_from: "2024-05-20T09:00:00Z" })
    .where("id", "=", unsigned)
    .execute();
  const last = MARCH_2024;
  const [beds = 0, share = 0] = await seedDecided(db, [
    { metric: "beds", organisation: "SYS", values: [100, 110, 120], last, plans: [100, 100, 100] },
    { metric: "share", organisation: "SYS", values: [78, 79, 81], last, plans: [80, 80, 80] },
  ]);
  await seedDecided(db, [
    { metric: "beds", organisation: "RA", values: [60, 60, 70], last, plans: [50, 50, 55], parent: beds },
    { metric: "beds", organisation: "RB", values: [40, 50, 50], last, plans: [50, 50, 50], parent: beds },
    {
      metric: "share",
      organisation: "RA",
      values: [80, 79, null],
      last,
      plans: [90, 90, 90],
      denominators: [300, 300, null],
      parent: share,
    },
    {
      metric: "share",
      organisation: "RB",
      values: [70, 71, 72],
      rag: "gar",
      last,
      plans: [80, 80, 80],
      denominators: [100, 100, 100],
      submissions: [null, null, unsigned],
      parent: share,
    },
    { metric: "share", organisation: "RA1", values: [95, 95, 95], last },
    {
      metric: "beds",
      organisation: "RA1",
      values: [
        ...Array.from({ length: 12 }, (_, at) => 10 + (at % 2)),
        ...Array.from({ length: 8 }, (_, at) => 13 + (at % 2)),
      ],
      last,
    },
    { metric: "survey", organisation: "RA", values: [58, 61], last: MARCH_2024 - 2, step: 3 },
    { metric: "grade", organisation: "RA", values: [1, 1, 0], last },
  ]);
  const detail = { since, metric: "share", contract: "Acute contract", commissioner: null };
  await db
    .insertInto("series_detail")
    .values([
      { ...detail, organisation: "RB" },
      { ...detail, organisation: "RA", contract: "Another", commissioner: "The Commissioner" },
    ])
    .execute();
});

async function scorecard(asked: Partial<ScorecardAsked>) {
  const catalogue = await readCatalogue(db);
  if (catalogue === null) throw new Error("no catalogue");
  const sight = asked.sight ?? SEES_ALL;
  const read = await readScorecard(db, catalogue, { scope: { organisation: "RA" }, ...asked, sight });
  const beside = await readBeside(db, { catalogue, sight, now: Temporal.Now.instant() }, read.rows);
  return { ...read, beside };
}

const named = async (asked: Partial<ScorecardAsked>) =>
  (await scorecard(asked)).rows.map(({ series: { metric, organisation }, now }) =>
    [metric.code, organisation.code, now.value].join(" "),
  );

describe("which series a scorecard has", () => {
  test("of an organisation its own, in order of domain and name", async () => {
    expect(await named({})).toEqual(["beds RA 70", "grade RA 0", "share RA 79", "survey RA 61"]);
  });

  test("of those below it, in its place; of one metric; of one domain", async () => {
    expect(await named({ scope: { organisation: "SYS", below: true, metric: "share" } })).toEqual([
      "share RA 79",
      "share RB 72",
    ]);
    expect(await named({ scope: { organisation: "SYS", below: true, domain: "Activity" } })).toEqual([
      "beds RA 70",
      "beds RB 50",
    ]);
  });

  test("of a forum the metrics of its areas and of those below it", async () => {
    expect(await named({ scope: { forum: "EC" } })).toEqual(["grade RA 0", "survey RA 61"]);
    expect(await named({ scope: { forum: "SLT", metric: "survey" } })).toEqual(["survey RA 61"]);
  });

  test("of a contract or a commissioner the series that series.csv names", async () => {
    expect(await named({ scope: { contract: "Acute contract" } })).toEqual(["share RB 72"]);
    expect(await named({ scope: { commissioner: "The Commissioner" } })).toEqual(["share RA 79"]);
    expect(await named({ scope: { contract: "Acute contract", commissioner: "The Commissioner" } })).toEqual([]);
  });
});

describe("what somebody sees of it", () => {
  test("a member of a forum: its areas' metrics at the levels that become cases, nothing below", async () => {
    const sight = UEC_MEMBER;
    expect(await named({ sight, scope: { forum: "SLT", metric: "share" } })).toEqual([
      "share RA 79",
      "share RB 71",
      "share SYS 81",
    ]);
    expect(await named({ sight, scope: { organisation: "RA1" } })).toEqual([]);
    expect(await named({ sight, scope: { forum: "EC" } })).toEqual([]);
  });

  test("a provider's own, of whatever forum", async () => {
    const sight = sightOfOrganisations(["RA", "RA1"]);
    expect(await named({ sight, scope: { forum: "SLT", metric: "share" } })).toEqual(["share RA1 95", "share RA 79"]);
    expect(await named({ sight, scope: { organisation: "RB" } })).toEqual([]);
  });

  test("a figure that is not signed off is kept back from who sees it by forum alone", async () => {
    const { rows } = await scorecard({ sight: UEC_MEMBER, scope: { organisation: "RB", metric: "share" } });
    expect(rows[0]?.now).toMatchObject({ value: 71, rag: "amber", isEarlier: true, awaitsSignature: true });
    const own = await scorecard({
      sight: sightOfOrganisations(["RB"]),
      scope: { organisation: "RB", metric: "share" },
    });
    expect(own.rows[0]?.now).toMatchObject({ value: 72, rag: "red", isEarlier: false, awaitsSignature: false });
  });
});

describe("by which period", () => {
  test("the latest reached, each row by its latest figure, and against the period before", async () => {
    const { through, reached, rows } = await scorecard({});
    expect(through).toBe(MARCH);
    expect(reached).toEqual({ first: MARCH - 5, last: MARCH });
    const [, , share, survey] = rows;
    expect(share?.now).toMatchObject({ period: MARCH - 1, value: 79, isEarlier: true, against: "below" });
    expect(share?.before).toMatchObject({ value: 79, isEarlier: false });
    expect(survey?.now).toMatchObject({ value: 61, isEarlier: false, against: "met", target: 60 });
    expect(survey?.before).toMatchObject({ value: 58, isEarlier: false, against: "below" });
  });

  test("a period one asks for, with a figure or without", async () => {
    const february = await scorecard({ through: asPeriod(MARCH - 1) });
    expect(february.rows.map(({ now }) => now.value)).toEqual([60, 1, 79, 58]);
    const long = await scorecard({ through: periodOf(2030, 1) });
    expect(long.rows.map(({ now }) => now.against)).toEqual(["no-target", "no-value", "no-value", "no-value"]);
    const before = await scorecard({ through: asPeriod(MARCH - 3) });
    expect(before.rows.map(({ series, now }) => [series.metric.code, now.value])).toEqual([["survey", 58]]);
  });

  test("nothing where nothing has come", async () => {
    expect(await scorecard({ scope: { organisation: "RB", metric: "survey" } })).toMatchObject({
      through: null,
      reached: null,
      rows: [],
    });
  });
});

describe("what stands beside the figures", () => {
  test("the own plan and what the plans below add up to: a sum, or by denominators", async () => {
    const { rows, beside } = await scorecard({ scope: { organisation: "SYS" } });
    expect(rows.map((row) => beside(row))).toMatchObject([
      { ownPlan: 100, plansBelow: 105, system: null },
      { ownPlan: 80, plansBelow: 80, system: null },
    ]);
    const february = await scorecard({ scope: { organisation: "SYS", metric: "share" }, through: asPeriod(MARCH - 1) });
    expect(february.rows.map((row) => february.beside(row).plansBelow)).toEqual([87.5]);
  });

  test("the system's value, of a share and where one may see it", async () => {
    const comparators = async (sight: Sight) => {
      const { rows, beside } = await scorecard({ sight, scope: { organisation: "RB" } });
      return rows.map((row) => beside(row).system);
    };
    expect(await comparators(SEES_ALL)).toEqual([null, 81]);
    expect(await comparators(UEC_MEMBER)).toEqual([null, 79]);
    expect(await comparators(sightOfOrganisations(["RB"]))).toEqual([null, null]);
  });

  test("how it varies, with limits that begin anew where somebody said; grades are not charted", async () => {
    const { rows } = await scorecard({});
    expect(rows.map((row) => spcOf(row, new Map()).variation)).toEqual(["common", null, "common", "common"]);
    expect(rows.map((row) => spcOf(row, new Map()).assurance)).toEqual([null, null, "inconsistent", "inconsistent"]);
    const ward = await scorecard({ scope: { organisation: "RA1", metric: "beds" } });
    const variation = (starts: ReadonlyMap<string, readonly Period[]>) =>
      ward.rows.map((row) => spcOf(row, starts).variation);
    expect(variation(new Map())).toEqual(["improvement"]);
    expect(variation(new Map([["beds RA1", [asPeriod(MARCH - 7)]]]))).toEqual(["common"]);
  });

  test("a plan counts in the sum of those below whether its figure has come or not", async () => {
    const last = MARCH_2024;
    const [late = 0] = await seedDecided(db, [
      { metric: "late", organisation: "SYS", values: [100], last, plans: [100] },
    ]);
    await seedDecided(db, [
      { metric: "late", organisation: "RA", values: [70], last, plans: [60], parent: late },
      { metric: "late", organisation: "RB", values: [null], last, plans: [40], parent: late },
    ]);
    const { rows, beside } = await scorecard({ scope: { organisation: "SYS", metric: "late" } });
    expect(rows.map((row) => beside(row))).toMatchObject([{ ownPlan: 100, plansBelow: 100 }]);
  });
});

test("what is computed from a figure that is not signed off is kept back with it, beside others' rows too", async () => {
  const { id } = await db
    .selectFrom("series")
    .select("id")
    .where("metric", "=", "share")
    .where("organisation", "=", "RB")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("observation")
    .values({
      series: id,
      period: MARCH_2024,
      submission: unsigned,
      row_number: 2,
      issued: "2024-04-20",
      value: 72,
      numerator: null,
      denominator: null,
      plan: null,
      no_value: null,
      mark: null,
      comment: null,
    })
    .execute();
  const ofSystem = { scope: { organisation: "SYS", metric: "share" } };
  const { rows } = await scorecard({ ...ofSystem, sight: UEC_MEMBER });
  expect(rows[0]?.now).toMatchObject({ value: 79, isEarlier: true, awaitsSignature: true });
  expect((await scorecard(ofSystem)).rows[0]?.now.value).toBe(81);
  const own: Sight = { ...UEC_MEMBER, organisations: ["RB"] };
  const theirs = await scorecard({ sight: own, scope: { organisation: "RB", metric: "share" } });
  expect(theirs.rows.map((row) => [row.now.value, theirs.beside(row).system])).toEqual([[72, null]]);
});
