import { seedDecided, seedMetrics } from "@signalbox/db/scorecard/testing";
import { MARCH_2024 } from "@signalbox/db/testing-world";
import { periodOf } from "@signalbox/domain";
import { boardReport, together } from "@signalbox/domain/scorecard/oxford-health-2019";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scorecardShape } from "../../api/scorecard-shape.ts";
import { testApp } from "../../testing.ts";

const { app, db, key, ids, signIn, signInAs, close } = await testApp();
afterAll(close);

const SEPTEMBER_2019 = periodOf(2019, 9);
const cookies: Record<string, string> = {};
const page = async (who: string, query = "") =>
  app.inject({ url: `/scorecards${query}`, headers: { cookie: cookies[who] ?? "" } });
const shown = async (who: string, query = "") => (await page(who, query)).body;

/** The words of each cell of a table's rows. */
function rowsOf(html: string, table: string): string[][] {
  const [, body = ""] = new RegExp(`<table [^>]*${table}[^]*?</thead>([^]*?)</table>`).exec(html) ?? [];
  return [...body.matchAll(/<tr[^]*?<\/tr>/g)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = ""]) =>
      cell
        .replaceAll(/<span class="nhsuk-table-responsive__heading"[^]*?<\/span>/g, "")
        .replaceAll(/<[^>]+>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    ),
  );
}
const measures = (html: string) =>
  rowsOf(html, "signalbox-scorecard").flatMap(([name = "", ...rest]) => (rest.length === 0 ? [] : [name]));

beforeAll(async () => {
  // The board report of Oxford Health: half of it monthly, half of it by quarter, each with a value of the quarter before.
  const all = Object.entries(boardReport).flatMap(([domain, { measures: its }]) =>
    its.map((one, at) => ({ ...one, domain, isQuarterly: at % 2 === 0 })),
  );
  const coded = all.map((one, at) => ({ ...one, code: `oh-${at}` }));
  await seedMetrics(
    db,
    coded.map(({ code, name, domain, metric, target, isQuarterly }) => {
      const frequency = isQuarterly ? ("quarterly" as const) : ("monthly" as const);
      return { code, name, domain, ...metric, target, frequency, area: "EC" };
    }),
  );
  await seedDecided(
    db,
    coded.map(({ code, value, isQuarterly }) => {
      const last = isQuarterly ? SEPTEMBER_2019 - 2 : SEPTEMBER_2019;
      const step = isQuarterly ? 3 : 1;
      return { metric: code, organisation: "RB", values: [value, value, value, value], last, step } as const;
    }),
  );
  await seedMetrics(db, [
    {
      code: "handover",
      name: "Handovers <over> an hour",
      unit: "count",
      better: "lower",
      aggregation: "sum",
      target: 0,
    },
    { code: "staff", name: "Staff", area: "EC", domain: "People" },
  ]);
  await seedDecided(db, [
    { metric: "handover", organisation: "RA", values: [5, 4, 6], last: MARCH_2024, rag: "gar" },
    { metric: "handover", organisation: "RB", values: [1, 1, 0], last: MARCH_2024, rag: "ggg" },
    { metric: "handover", organisation: "RA1", values: [1, 1, 2], last: MARCH_2024 },
    { metric: "staff", organisation: "RA", values: [50, 51, 52], last: MARCH_2024 },
  ]);
  const { since } = await db.selectFrom("metric").select("since").where("code", "=", "staff").executeTakeFirstOrThrow();
  await db
    .insertInto("comparator")
    .values([
      { since, metric: "staff", name: "South <East>", period: MARCH_2024, value: 55.25 },
      { since, metric: "staff", name: "South <East>", period: MARCH_2024 - 1, value: 11 },
    ])
    .execute();
  cookies["operator"] = await signIn();
  cookies["member"] = await signInAs("member");
  cookies["owner"] = await signInAs("owner");
  cookies["auditor"] = await signInAs("auditor");
  cookies["administrator"] = await signInAs("administrator");
});

describe("Oxford Health, second quarter of 2019", () => {
  const asShown = ([tenth, less, met, none, counted, percent]: typeof together) =>
    [tenth, less, met, none, counted].map(String).concat(percent === null ? "n/a" : `${percent}%`);

  test("the page counts as the board report does, domain by domain and together", async () => {
    const html = await shown("operator", "?organisation=RB&period=2019/20%20Q2");
    expect(html).toContain("By the end of July to September 2019");
    const counts = rowsOf(html, "signalbox-counts").map(([name, ...cells]) => [
      name,
      ...cells.map((cell) => cell.split(" ")[0]),
    ]);
    expect(counts).toEqual([
      ...Object.entries(boardReport)
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, { expected }]) => [name, ...asShown(expected)]),
      ["All together", ...asShown(together)],
    ]);
  });

  test("so does the API", async () => {
    const headers = { authorization: `Bearer ${await key("RB", "read")}` };
    const answer = await app.inject({ url: "/api/v1/scorecards?period=2019/20%20Q2&limit=10", headers });
    expect(() => scorecardShape.parse(answer.json())).not.toThrow();
    const { period, together: all, domains, items, next } = answer.json();
    expect(period).toBe("2019/20 Q2");
    expect(all.counts).toMatchObject({ belowBy10Percent: 1, below: 1, met: 8, noTarget: 15, percentMet: 80 });
    expect(domains.map(({ domain }: { domain: string }) => domain)).toEqual(Object.keys(boardReport).toSorted());
    const rest = await app.inject({ url: `/api/v1/scorecards?period=2019-09&cursor=${next}`, headers });
    expect([items.length, rest.json().items.length, rest.json().next]).toEqual([10, 15, null]);
    expect((await app.inject({ url: "/api/v1/scorecards?organisation=RA", headers })).statusCode).toBe(404);
    expect((await app.inject({ url: "/api/v1/scorecards?period=soon", headers })).statusCode).toBe(400);
  });
});

describe("whose scorecard it is", () => {
  test("a member of a forum sees the forum's at the levels above it, a provider's person their provider's", async () => {
    const forum = await shown("member");
    expect(forum).toContain("Urgent and Emergency Care Board");
    expect(measures(forum)).toEqual(expect.arrayContaining(["A&amp;E four-hour performance"]));
    expect(forum).not.toContain("Staff<");
    const own = await shown("owner");
    expect(own).toContain("Northwick Hospitals");
    expect(measures(own)).toContain("Staff");
    expect(await shown("auditor")).toContain("Wessex Vale System");
    expect(await shown("administrator")).toContain("none that you may see");
  });

  test("nobody sees another's, not even that it is there", async () => {
    for (const query of ["?organisation=RB", "?organisation=XX", "?organisation=SYS"]) {
      const answer = await page("owner", query);
      expect([answer.statusCode, answer.body.includes("that you may see")]).toEqual([404, true]);
    }
    expect(await shown("owner", "?forum=UEC")).not.toContain("Southmoor");
    expect(await shown("member", "?organisation=RB")).not.toContain("Infections");
  });

  test("one goes up and down the tree, across those below, and to series and cases", async () => {
    const html = await shown("operator", "?organisation=RA");
    expect(html).toContain('href="/scorecards?organisation=SYS"');
    expect(html).toContain('href="/scorecards?organisation=RA1"');
    expect(html).toContain('href="/scorecards?organisation=RA&amp;below=yes&amp;metric=handover"');
    expect(html).toContain('href="/series/ae-4h/RA"');
    expect(html).toContain(`href="/escalations/${ids.escalation}"`);
    expect(measures(await shown("operator", "?organisation=SYS&below=yes&metric=handover"))).toHaveLength(2);
  });
});

describe("the rows", () => {
  const OWN = "?organisation=RA";

  test("say the figure, the target, RAG by word, and how it changed", async () => {
    const [row = []] = rowsOf(await shown("operator", `${OWN}&metric=handover`), "signalbox-scorecard").filter(
      (cells) => cells.length > 1,
    );
    expect(row.slice(0, 5)).toEqual([
      "Handovers &lt;over&gt; an hour Those below",
      "6.0 was 4.0, worse",
      "–",
      "0.0 Below by 10% or more",
      "Red",
    ]);
  });

  test("stand beside what others publish for the figure's period, on the page and as a file", async () => {
    const [, row = []] = rowsOf(await shown("operator", `${OWN}&metric=staff`), "signalbox-scorecard");
    expect(row.at(-1)).toBe("55.3% South &lt;East&gt;");
    const file = await page("operator", `${OWN}&metric=staff&as=json`);
    expect(file.json().items).toMatchObject([{ value: 52, comparatorName: "South <East>", comparator: 55.25 }]);
    const [, other = []] = rowsOf(await shown("operator", `${OWN}&metric=handover`), "signalbox-scorecard");
    expect(other).toHaveLength(7);
  });

  test("are sorted by what one asks for, and the heading says so", async () => {
    expect(measures(await shown("operator", OWN))[0]).toContain("Staff");
    const red = await shown("operator", `${OWN}&sort=rag`);
    expect(red).toMatch(/aria-sort="descending"><a[^>]*>RAG/);
    expect(measures(red).at(-1)).toContain("Staff");
    expect(measures(await shown("operator", `${OWN}&sort=change`))[0]).toContain("Handovers");
    expect((await page("operator", `${OWN}&sort=variation`)).statusCode).toBe(200);
  });

  test.each([
    ["rag=green", ["Staff"]],
    ["against=not-met", ["A&amp;E", "Handovers"]],
    ["against=no-target", ["Staff"]],
    ["area=EC", ["Staff"]],
    ["domain=People", ["Staff"]],
    ["variation=concern", []],
  ])("are filtered by %s", async (filter, expected) => {
    const found = measures(await shown("operator", `${OWN}&${filter}`));
    expect(found.map((name) => name.split(" ")[0])).toEqual(expected);
  });

  test("leave as a file, all of them, unrounded, with the same filters", async () => {
    const csv = await page("operator", `?organisation=RB&against=met&period=2019-09&as=csv`);
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body.trim().split("\r\n")).toHaveLength(1 + 8);
    const json = await page("operator", `?organisation=RA&metric=handover&as=json`);
    expect(json.body).toContain('"value":6');
    expect((await page("operator", "?as=xlsx")).rawPayload.subarray(0, 2).toString()).toBe("PK");
  });
});

test.each([
  ["?organisation=RA&organisation=RB", 400],
  ["?organisation[]=RA", 200],
  ["?organisation=%00", 400],
  [`?forum=${"x".repeat(5000)}`, 400],
  ["?forum=%3Cscript%3E", 404],
  ["?domain=nothing", 404],
  ["?contract=nothing", 404],
  ["?commissioner=nothing", 404],
  ["?metric='", 404],
  ["?period=2024-13", 400],
  ["?period=9999-01", 400],
  ["?sort=sideways", 400],
  ["?rag=blue&rag=red", 400],
  ["?rag=blue", 400],
  ["?as=pdf", 400],
  ["?page=999999999999", 200],
  ["?page=-1", 200],
])("%s is answered in words", async (query, status) => {
  const answer = await page("operator", query);
  expect(answer.statusCode).toBe(status);
  expect(answer.body).toContain("<h1");
  expect(answer.body).not.toContain("<script>");
  if (status !== 200) expect(answer.body).toContain("There is a problem");
});

test("long scorecards come in pages of a hundred rows, each under 100 kB", async () => {
  const codes = Array.from({ length: 130 }, (_, at) => `many-${at}`);
  await seedMetrics(
    db,
    codes.map((code) => ({ code, name: `Measure with a rather long name, ${code}`, target: 80 })),
  );
  await seedDecided(
    db,
    ["SYS", "RA"].flatMap((organisation) =>
      codes.map((metric, at) => ({
        metric,
        organisation,
        values: Array.from({ length: 60 }, (__, i) => 70 + ((i * 7 + at) % 20)),
        plans: Array.from({ length: 60 }, () => 82),
        last: MARCH_2024,
        rag: "a".repeat(60),
      })),
    ),
  );
  const first = await page("operator", "?forum=UEC&rag=amber");
  expect(measures(first.body)).toHaveLength(100);
  expect(first.body.length).toBeLessThan(100_000);
  expect(first.body).toContain("page=2");
  expect(measures(await shown("operator", "?forum=UEC&rag=amber&page=3"))).toHaveLength(60);
});
