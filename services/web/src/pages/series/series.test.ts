import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signIn, signInAs, close } = await testApp();
afterAll(close);

const PAGE = "/series/ae-4h/RA";
const MANY = 30;
const START = 2021 * 12 + 9;
let operator: string;

beforeAll(async () => {
  operator = await signIn();
  const values = Array.from({ length: MANY }, (_, at) => 80 + (at % 3));
  const nulls = values.map(() => null);
  const letters = (letter: string) => letter.repeat(MANY);
  await db
    .updateTable("series_decision")
    .set({
      first_period: START,
      vals: values,
      numerators: nulls,
      denominators: nulls,
      plans: nulls,
      rag: letters("g"),
      tiers: letters("n"),
      provisional: letters("0"),
      watch: letters("0"),
      partial: letters("0"),
      restated: letters("0"),
      deteriorating: values.map(() => 0),
      silent: values.map(() => 0),
      reasons: values.map(() => 0),
      thresholds: nulls,
      submissions: values.map(() => ids.submission),
      evaluations: values.map(() => 1),
    })
    .where("series", "=", ids.series)
    .execute();
});

const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie } });
async function text(url: string, cookie: string): Promise<string> {
  const answer = await get(url, cookie);
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

describe("the page of a series", () => {
  test("says first how it stands, draws it, and shows two years of values with the rest a link away", async () => {
    const body = await text(PAGE, operator);
    expect(body).toContain("Green and no special cause");
    expect(body).toMatch(/<svg[^>]*aria-labelledby="chart-title chart-description"/);
    expect(body).toContain("Common cause, no real change");
    expect(body.match(/<b>8\d\.0%<\/b>/g)).toHaveLength(24);
    expect(body).toContain(`Case ${ids.escalation}`);
    expect(Buffer.byteLength(body)).toBeLessThan(100_000);
    const older = await text(`${PAGE}?before=2022-04`, operator);
    expect(older.match(/<b>8\d\.0%<\/b>/g)).toHaveLength(6);
    expect(older).toContain("Newer periods");
  });

  test("takes every period away as CSV, with its control limits", async () => {
    const answer = await get(`${PAGE}?as=csv`, operator);
    const lines = answer.body.trim().split("\r\n");
    expect(lines).toHaveLength(MANY + 1);
    expect(lines[0]).toContain("Lower control limit");
    expect(lines[1]).toContain("2024-03");
  });

  test("says at the field what it does not understand, and keeps what was typed", async () => {
    const answer = await get(`${PAGE}?fixAfter=3&points=6`, operator);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(/id="fixAfter-error".*Enter a whole number of points, 12 or more/);
    expect(answer.body).toContain('name="fixAfter" type="text" value="3"');
    expect(answer.body).toContain("<title>Error: A&amp;E four-hour performance");
    expect(await text(`${PAGE}?points=6&screenOutliers=false`, operator)).toContain("6 points in a row make a run");
  });

  test.each(["/series/nope/RA", "/series/ae-4h/nope", "/series/ae-4h/RA%00", `/series/ae-4h/${"R".repeat(90)}`])(
    "%s is not there",
    async (url) => {
      expect((await get(url, operator)).statusCode).toBe(404);
    },
  );

  test("is seen by the forum of its area, but not below the levels it governs or by another provider", async () => {
    const member = await signInAs("member");
    expect((await get(PAGE, member)).statusCode).toBe(200);
    expect((await get("/series/staff-survey/RA", member)).statusCode).toBe(404);
    expect((await get("/series/ae-4h/RB", await signInAs("submitter"))).statusCode).toBe(404);
  });

  test("keeps a value that is not signed off from those who see the series by forum alone", async () => {
    const wait = (at: string | null) =>
      db
        .updateTable("submission")
        .set({ sign_off_asked_at: at, unsigned_from: at })
        .where("id", "=", ids.submission)
        .execute();
    await wait("2024-04-20T09:00:02Z");
    const member = await text(PAGE, await signInAs("member"));
    expect(member).toContain("not signed off yet");
    expect(member).not.toMatch(/8\d\.0%/);
    expect(await text(PAGE, await signInAs("executive"))).toMatch(/8\d\.0%/);
    await wait(null);
  });
});

describe("a recalculation", () => {
  const send = async (fields: Readonly<Record<string, string>>, cookie: string, path = "") => {
    const page = await get(PAGE, cookie);
    return app.inject(form(`${PAGE}/recalculations${path}`, { ...fields, _csrf: tokenIn(page.body) }, cookie));
  };
  const standing = () => db.selectFrom("recalculation").selectAll().where("removed_at", "is", null).execute();

  test("asks for a period that was reached and for a reason, and keeps what was typed", async () => {
    const refused = await send({ period: "May 2030", reason: "a new <ward>" }, await signInAs("analyst"));
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toMatch(/recalculation-period-error.*from October 2021 to March 2024/);
    expect(refused.body).toContain("a new &lt;ward&gt;</textarea>");
    expect((await send({ period: "March 2023", reason: " " }, operator)).body).toContain("Say in a few words why");
    expect(await standing()).toEqual([]);
  });

  test("is kept with person and reason, marked on the chart, in the API too, and taken back with a reason", async () => {
    const analyst = await signInAs("analyst");
    expect((await send({ period: "Mar-23", reason: "New front door" }, analyst)).statusCode).toBe(303);
    const body = await text(PAGE, analyst);
    expect(body).toContain("New front door");
    expect(body).toContain("Ana Analyst, ");
    expect(body).toContain("limits recalculated");
    expect((await send({ period: "2023-03", reason: "again" }, operator)).body).toContain("already");
    const [kept] = await standing();
    const headers = { authorization: `Bearer ${await key("RA", "read", "submit")}` };
    const api = `/api/v1${PAGE}`;
    expect((await app.inject({ url: api, headers })).json()).toMatchObject({
      recalculations: [{ period: "2023-03", reason: "New front door", by: "ana.analyst@example.org", removed: null }],
    });

    expect((await send({ reason: "" }, analyst, `/${kept?.id}/removal`)).statusCode).toBe(400);
    expect((await send({ reason: "Nothing changed" }, analyst, `/${kept?.id}/removal`)).statusCode).toBe(303);
    expect((await send({ reason: "Twice" }, analyst, `/${kept?.id}/removal`)).statusCode).toBe(404);
    const after = await text(PAGE, analyst);
    expect(after).toContain("Nothing changed");
    expect(after).not.toContain("limits recalculated");
    const audited = await db.selectFrom("audit").select("action").where("subject", "=", "series ae-4h RA").execute();
    expect(audited.map(({ action }) => action)).toEqual(["recalculation-added", "recalculation-removed"]);
  });

  test("is made by a key that submits or operates, for the organisations it sees", async () => {
    const url = `/api/v1${PAGE}/recalculations`;
    const post = (as: string, payload: object, path = "") =>
      app.inject({ method: "POST", url: url + path, headers: { authorization: `Bearer ${as}` }, payload });
    const system = await key("SYS", "operate");
    expect((await post(await key("RB", "submit"), { period: "2023-06", reason: "x" })).statusCode).toBe(404);
    expect((await post(await key("RA", "read"), { period: "2023-06", reason: "x" })).statusCode).toBe(403);
    expect((await post(system, { period: "2030-06", reason: "x" })).statusCode).toBe(400);
    const kept = await post(system, { period: "2023-06", reason: "New rules" });
    expect(kept.statusCode).toBe(201);
    expect((await post(system, { period: "2023-06", reason: "x" })).statusCode).toBe(409);
    const removal = `/${kept.json<{ id: string }>().id}/removal`;
    const removed = await post(system, { reason: "Wrong month" }, removal);
    expect(removed.json()).toMatchObject({ removed: { by: "key SYS operate", reason: "Wrong month" } });
    expect((await post(system, { reason: "again" }, removal)).json()).toEqual(removed.json());
  });

  test.each(["member", "observer", "submitter", "auditor"] as const)("is not for a %s to make", async (person) => {
    const cookie = await signInAs(person);
    expect(await text(PAGE, cookie)).not.toContain("Begin the limits anew");
    expect((await send({ period: "2023-07", reason: "x" }, cookie)).statusCode).toBe(403);
  });

  test.each(["executive", "chair"] as const)("is for a %s to make", async (person) => {
    expect(await text(PAGE, await signInAs(person))).toContain("Begin the limits anew");
  });
});
