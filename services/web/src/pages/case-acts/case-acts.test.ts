import { MARCH_2024 } from "@signalbox/db/testing-world";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { form, type PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, signInAs, close } = await testApp();
afterAll(close);

const cookies = new Map<string, string>();
async function as(person: keyof typeof PEOPLE): Promise<string> {
  const cookie = cookies.get(person) ?? (await signInAs(person));
  cookies.set(person, cookie);
  return cookie;
}
const page = async (person: keyof typeof PEOPLE, url: string) =>
  app.inject({ url, headers: { cookie: await as(person) } });
async function send(person: keyof typeof PEOPLE, url: string, fields: Record<string, string>) {
  const token = tokenIn((await page(person, "/")).body);
  return app.inject(form(url, { _csrf: token, ...fields }, await as(person)));
}

const here = `/escalations/${ids.escalation}`;
const figure = { metric: "ae-4h", organisation: "RA", period: "2024-03" };
const disputing = `/submissions/${ids.submission}/dispute`;

beforeAll(async () => {
  await db
    .insertInto("observation")
    .values({
      series: ids.series,
      period: MARCH_2024,
      submission: ids.submission,
      row_number: 7,
      issued: "2024-04-20",
      value: 71.5,
      comment: "",
    })
    .execute();
  await db
    .insertInto("series_state")
    .values({ series: ids.series, first_period: MARCH_2024, vals: [71.5], submissions: [ids.submission] })
    .execute();
  await sql`update protocol set body = body || '{"dispute": {"workingDays": 5}, "tellWithin": 1000}'::jsonb`.execute(
    db,
  );
});

test("a figure is disputed once by who submits it, shown where it is read, and settled with a word", async () => {
  const asked = `${disputing}?${new URLSearchParams(figure).toString()}`;
  expect((await page("chair", asked)).statusCode).toBe(404);
  expect((await page("submitter", asked)).body).toContain("What is wrong with it?");
  const empty = await send("submitter", disputing, { ...figure, reason: " " });
  expect(empty.statusCode).toBe(400);
  expect(empty.body).toContain("Say in a few words what is wrong with it");
  expect((await send("chair", disputing, { ...figure, reason: "No" })).statusCode).toBe(404);
  const done = await send("submitter", disputing, { ...figure, reason: "Two wards <b>counted</b> twice" });
  expect(done.statusCode).toBe(303);
  for (const url of [here, `/series/ae-4h/RA`, `/submissions/${ids.submission}`, String(done.headers["location"])])
    expect((await page("submitter", url)).body).toContain("Two wards &lt;b&gt;counted&lt;/b&gt; twice");
  expect((await page("chair", "/escalations")).body).toContain("Disputed</strong>");
  expect((await send("submitter", disputing, { ...figure, reason: "Again" })).statusCode).toBe(409);
  const dispute = String(done.headers["location"]);
  expect((await page("chair", dispute)).statusCode).toBe(404);
  expect((await send("owner", `${dispute}/settlement`, { note: "" })).statusCode).toBe(400);
  expect((await send("owner", `${dispute}/settlement`, { note: "It was right" })).statusCode).toBe(303);
  expect((await page("owner", dispute)).body).toContain("the figure stands");
  expect((await send("owner", `${dispute}/settlement`, { note: "Once more" })).statusCode).toBe(409);
});

test("what a figure can still end cannot be signed off or closed, and the page says why", async () => {
  expect((await page("owner", `${here}/sign-off`)).statusCode).toBe(403);
  expect((await page("chair", `${here}/sign-off`)).body).toContain("It is not held for a sign-off");
  expect((await send("chair", `${here}/sign-off`, { note: "Fine" })).statusCode).toBe(409);
  expect((await page("chair", `${here}/closure`)).statusCode).toBe(200);
});

test("held for sign-off is shown to all; its chair refuses for now with a day, or signs it off", async () => {
  await sql`update escalation_event set event = 'held', reasons = '[{"rule": "sign-off", "tier": "none"}]'
    where escalation = ${ids.escalation} and replaced_at is null`.execute(db);
  expect((await page("owner", here)).body).toContain("Held for sign-off");
  expect((await page("owner", here)).body).not.toContain("Sign it off, or say why not");
  expect((await page("chair", here)).body).toContain("Sign it off, or say why not");
  expect((await page("chair", "/escalations")).body).toContain("Held for sign-off");
  const wrong = await send("chair", `${here}/sign-off/refusal`, { reason: "One ward is new", reviewOn: "31 2 2024" });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.body).toContain("One ward is new");
  expect(wrong.body).toContain("Give a day, such as");
  const soon = Temporal.Now.plainDateISO().add({ days: 20 });
  const reviewOn = `${soon.day} ${soon.month} ${soon.year}`;
  expect(
    (await send("secretary", `${here}/sign-off/refusal`, { reason: "One ward is new", reviewOn })).statusCode,
  ).toBe(303);
  expect((await page("owner", here)).body).toContain("One ward is new");
  expect((await send("chair", `${here}/sign-off`, { note: "" })).statusCode).toBe(400);
  expect((await send("chair", `${here}/sign-off`, { note: "Three quiet months" })).statusCode).toBe(303);
  // The secretary, at the same moment: one act, which is taken back whole.
  expect((await send("secretary", `${here}/sign-off`, { note: "Three quiet months" })).statusCode).toBe(409);
  const signed = (await page("chair", here)).body;
  expect(signed).toContain("Three quiet months");
  const act = /\/acts\/(\d+)\/taken-back/.exec(signed)?.[1];
  expect((await page("owner", here)).body).not.toContain("/taken-back");
  expect((await send("chair", `${here}/acts/999999/taken-back`, {})).statusCode).toBe(404);
  expect((await send("chair", `${here}/acts/${act}/taken-back`, {})).statusCode).toBe(303);
  expect((await page("owner", here)).body).toContain("Taken back on");
});
