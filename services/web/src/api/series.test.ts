import { seedSeries } from "@signalbox/db/testing-cases";
import { afterAll, expect, test } from "vitest";
import { testApp } from "../testing.ts";

const { app, key, db, ids, close } = await testApp();
afterAll(close);

const headers = { authorization: `Bearer ${await key("RA", "read")}` };
const get = (path: string) => app.inject({ url: `/api/v1/series/${path}`, headers });

const QUIET = [80, 81, 80, 79, 80, 81, 80, 79, 80, 81, 80, 79];
const values = [...QUIET, null, 70, null];
await seedSeries(db, { metric: "ae-4h", organisation: "RA1", submission: ids.submission });
await db
  .updateTable("series_decision")
  .set({
    first_period: 2023 * 12,
    vals: values,
    ...Object.fromEntries(["numerators", "denominators", "plans"].map((name) => [name, values.map(() => null)])),
    ...Object.fromEntries(["provisional", "watch", "partial", "restated"].map((name) => [name, "0".repeat(15)])),
    ...Object.fromEntries(
      ["deteriorating", "silent", "reasons", "evaluations"].map((name) => [name, values.map(() => 0)]),
    ),
    ...Object.fromEntries(["thresholds", "submissions"].map((name) => [name, values.map(() => null)])),
    rag: "g".repeat(15),
    tiers: "n".repeat(15),
    missing: "{}",
  })
  .where("series", "in", db.selectFrom("series").select("id").where("organisation", "=", "RA1"))
  .execute();

interface Answer {
  points: { period: string; spc: { mean: number; lower: number | null; cause: string; kind: string } | null }[];
  spc: { variation: string | null; assurance: string | null };
}

test("each value comes with its limits and what kind of variation it is; after the last one there are none", async () => {
  const answer = (await get("ae-4h/RA1")).json<Answer>();
  const at = Object.fromEntries(answer.points.map(({ period, spc }) => [period, spc]));
  // Moving ranges of 1 between the twelve; the gap is not bridged.
  const mean = (QUIET.reduce((sum, value) => sum + value, 0) + 70) / 13;
  expect(at["2023-12"]).toEqual({ mean, lower: mean - 2.66, upper: mean + 2.66, cause: "none", kind: "common" });
  expect(at["2024-01"]).toMatchObject({ mean, cause: "none", kind: "common" });
  expect(at["2024-02"]).toMatchObject({ cause: "outside", kind: "concern" });
  expect(at["2024-03"]).toBeNull();
  expect(answer.spc).toEqual({ variation: "concern", assurance: "fail" });
});

test("limits begin anew where they are asked to", async () => {
  const { points } = (await get("ae-4h/RA1?recalculateAt=2023-07,Feb-24")).json<Answer>();
  expect(new Set(points.map(({ spc }) => spc?.mean)).size).toBe(4);
  expect(points.find(({ period }) => period === "2024-02")?.spc).toMatchObject({
    mean: 70,
    lower: null,
    kind: "common",
  });
});

test.each(["fixAfter=11", "fixAfter=x", "recalculateAt=someday", "points=8", "screenOutliers=perhaps"])(
  "%s is not understood",
  async (query) => {
    expect((await get(`ae-4h/RA1?${query}`)).statusCode).toBe(400);
  },
);
