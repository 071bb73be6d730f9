import { afterAll, describe, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, signInAs, close } = await testApp();
afterAll(close);
const submitter = await signInAs("submitter");
const executive = await signInAs("executive");
const here = `/submissions/${ids.submission}`;
const page = async (url: string, cookie: string) => app.inject({ url, headers: { cookie } });
const press = async (act: string, cookie: string, fields = {}) =>
  app.inject(form(`${here}/${act}`, { ...fields, _csrf: tokenIn((await page(here, cookie)).body) }, cookie));

test("is seen by who may see its organisation, and by nobody else", async () => {
  expect((await page(here, submitter)).statusCode).toBe(200);
  await db.updateTable("submission").set({ organisation: "RB" }).where("id", "=", ids.submission).execute();
  expect((await page(here, submitter)).statusCode).toBe(404);
  expect((await press("withdrawal", submitter, { reason: "Not ours" })).statusCode).toBe(404);
  await db.updateTable("submission").set({ organisation: "RA" }).where("id", "=", ids.submission).execute();
});

test("is signed off by the executive alone, where a signature is asked for", async () => {
  const operator = await signInAs("operator");
  expect((await page(here, executive)).body).not.toContain("Sign off");
  expect((await press("sign-off", executive)).statusCode).toBe(409);
  const asked = { sign_off_asked_at: "2024-04-20T09:00:01Z", unsigned_from: "2024-05-20T09:00:01Z" };
  await db.updateTable("submission").set(asked).where("id", "=", ids.submission).execute();
  expect((await page(here, submitter)).body).toContain("Waits for the executive of Northwick Hospitals");
  expect((await page(here, submitter)).body).not.toContain("/sign-off");
  expect((await press("sign-off", operator)).statusCode).toBe(403);
  expect((await page(here, executive)).body).toContain(`${here}/sign-off`);
  expect((await press("sign-off", executive)).statusCode).toBe(303);
  expect((await page(here, submitter)).body).toMatch(new RegExp(`Signed off.*by ${PEOPLE.executive}`, "s"));
});

test("is released by owner, executive or analyst, and not by who submitted it", async () => {
  expect((await press("release", submitter)).statusCode).toBe(403);
  expect((await press("release", executive)).statusCode).toBe(303);
  expect((await page(here, submitter)).body).toContain(`by ${PEOPLE.executive}`);
});

describe("the file with what is wrong beside each row", () => {
  const problem = { submission: ids.submission, seq: 1, column_name: "period", code: "x", severity: "error" } as const;

  test.each(["", "/api/v1"])("comes back as CSV and as a workbook at %s/submissions", async (base) => {
    await db
      .insertInto("submission_problem")
      .values({ ...problem, row_number: 1, message: "No period.", value: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const csv = await page(`${base}${here}/marked.csv`, submitter);
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.headers["content-disposition"]).toContain("march-marked.csv");
    expect(csv.body).toBe("\ufeffWhat is wrong: period: No period.,period,organisation\r\n");
    const workbook = await page(`${base}${here}/marked.xlsx`, submitter);
    expect(workbook.rawPayload.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
  });

  test("asks whoever opens a receipt's link to sign in first, and is not for others", async () => {
    const answer = await app.inject({ url: `${here}/marked.csv`, headers: { accept: "text/html" } });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain(`/sign-in?next=${encodeURIComponent(`${here}/marked.csv`)}`);
    await db.updateTable("submission").set({ organisation: "RB" }).where("id", "=", ids.submission).execute();
    expect((await page(`${here}/marked.xlsx`, submitter)).statusCode).toBe(404);
    await db.updateTable("submission").set({ organisation: "RA" }).where("id", "=", ids.submission).execute();
  });
});

test("is withdrawn with a reason, which then stands on it", async () => {
  const empty = await press("withdrawal", submitter, { reason: " " });
  expect(empty.statusCode).toBe(400);
  expect(empty.body).toContain('<a href="#reason">Say in a few words');
  expect((await press("withdrawal", submitter, { reason: "The <wrong> month" })).statusCode).toBe(303);
  const { body } = await page(here, submitter);
  expect(body).toContain(`by ${PEOPLE.submitter}: The &lt;wrong&gt; month`);
  expect(body).not.toContain("Withdraw this submission");
});

test("shows how far it is, and gives the same again for a page that asks while it moves", async () => {
  const whole = (await page(here, submitter)).body;
  const part = (await page(`${here}/progress`, submitter)).body;
  expect(part).toContain("<ol");
  expect(part).not.toContain("<html");
  expect(whole).toContain(`data-progress="${here}/progress"`);
  expect(whole).toMatch(/role="status"[^>]*>[^<]+</);
  const other = await signInAs("chair");
  expect((await page(`${here}/progress`, other)).statusCode).toBe(404);
});

test("has its problems by the hundred, and all of them to take away", async () => {
  const problem = {
    submission: ids.submission,
    code: "not-a-number",
    message: "It is no number.",
    severity: "error" as const,
  };
  const rows = Array.from({ length: 320 }, (_, at) => ({
    ...problem,
    seq: at + 1000,
    row_number: at + 2,
    value: `=bad ${at}`,
  }));
  await db.deleteFrom("submission_problem").where("submission", "=", ids.submission).execute();
  await db.insertInto("submission_problem").values(rows).execute();
  await db.updateTable("submission").set({ template_found: "canonical" }).where("id", "=", ids.submission).execute();
  const first = (await page(here, submitter)).body;
  expect(first).toContain("1 to 100 of 320 problems");
  expect(first).toContain("found by the file&#39;s headers");
  expect(first.length).toBeLessThan(100_000);
  const last = (await page(`${here}?page=4`, submitter)).body;
  expect(last).toContain("301 to 320 of 320 problems");
  expect(last).toContain("=bad 319");
  const csv = (await page(`${here}?as=csv`, submitter)).body;
  expect(csv.trim().split("\r\n")).toHaveLength(321);
  expect(csv).toContain("'=bad 319");
});

test("is found among those that came by organisation, status, layout and period", async () => {
  const found = async (query: string) => (await page(`/submissions/received?${query}`, submitter)).body.includes(here);
  const { status } = await db
    .selectFrom("submission")
    .select("status")
    .where("id", "=", ids.submission)
    .executeTakeFirstOrThrow();
  await db
    .updateTable("submission")
    .set({ withdrawn_at: null, withdrawn_by: null, withdrawn_reason: null, withdrawn_after: null, status: "accepted" })
    .where("id", "=", ids.submission)
    .execute();
  expect(await found("organisation=RA&status=accepted&template=canonical")).toBe(true);
  for (const query of ["organisation=RB", "status=rejected", "template=nhs-england-ae-monthly", "period=1999-01"]) {
    expect([query, await found(query)]).toEqual([query, false]);
  }
  const figure = { period: 12 * 2024 + 2, row_number: 2, issued: "2024-04-10", value: 80 };
  await db
    .insertInto("observation")
    .values({ ...figure, series: ids.series, submission: ids.submission })
    .execute();
  expect([await found("period=2024-03"), await found("period=2024-04")]).toEqual([true, false]);
  const wrong = await page("/submissions/received?period=%3Cb%3Esoon", submitter);
  expect([wrong.statusCode, wrong.body.includes("“&lt;b&gt;soon” is no period")]).toEqual([400, true]);
  expect((await page("/submissions/received?as=json&organisation=RA", submitter)).body).toContain(
    "Northwick Hospitals",
  );
  await db.updateTable("submission").set({ status }).where("id", "=", ids.submission).execute();
});
