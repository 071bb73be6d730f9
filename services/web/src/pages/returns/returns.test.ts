import { afterAll, beforeAll, expect, test } from "vitest";
import { putTestTime } from "@signalbox/db";
import { seedReturns } from "../../testing-returns.ts";
import { testApp } from "../../testing.ts";

const { app, db, ids, key, signIn, close } = await testApp();
afterAll(close);
let cookie: string;

beforeAll(async () => {
  await putTestTime(db, Temporal.Instant.from("2024-04-20T09:00:00Z"));
  cookie = await signIn();
  await seedReturns(db, ids);
});

const page = (url: string) => app.inject({ url, headers: { cookie } });
/** What a person reads of a page. */
const read = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

test("the grid says by a word what came of each return, and leads to it", async () => {
  const { statusCode, body } = await page("/submissions");
  expect(statusCode).toBe(200);
  expect(body.match(/href="\/returns\/RA\/monthly\/10\/[\d-]+"/g)).toEqual([
    'href="/returns/RA/monthly/10/2024-01"',
    'href="/returns/RA/monthly/10/2024-02"',
    'href="/returns/RA/monthly/10/2024-03"',
  ]);
  expect(read(body)).toContain("◇ Estimated : Northwick Hospitals, January 2024");
  expect(read(body)).toContain("▲ Late : Northwick Hospitals, March 2024");
  expect(read(body)).toContain("Nothing was owed");
});

test("the grid is narrowed by organisation, area and frequency", async () => {
  const names = async (query: string) =>
    read((await page(`/submissions?${query}`)).body).match(/Northwick Hospitals, March/g);
  expect(await names("organisation=RA&area=UEC&periods=12")).toHaveLength(1);
  expect(await names("organisation=RB")).toBeNull();
  expect(await names("area=EC")).toBeNull();
  expect(await names("frequency=quarterly")).toBeNull();
  expect((await page("/submissions?after=none")).statusCode).toBe(400);
});

test("a return's page says what came, in which file, and who was chased", async () => {
  const january = read((await page("/returns/RA/monthly/10/2024-01")).body);
  expect(january).toContain("94.6% (estimated)");
  expect(january).toContain(`Submission ${ids.submission}`);
  expect(january).toContain("The end of 14 February 2024: working day 10 after the period");
  const february = read((await page("/returns/RA/monthly/10/2024-02")).body);
  expect(february).toContain("Late Its day has passed, and nothing came.");
  expect(february).toContain("Its day had passed");
});

test.each([
  "/returns/RA/monthly/10/2019-01",
  "/returns/NONE/monthly/10/2024-01",
  "/returns/RA/daily/10/2024-01",
  "/returns/RA/monthly/x/2024-01",
])("there is no return at %s", async (url) => {
  expect((await page(url)).statusCode).toBe(404);
});

test("the files that came are listed, latest first", async () => {
  const { body } = await page("/submissions/received");
  expect(body).toContain(`href="/submissions/${ids.submission}"`);
  expect((await page("/submissions/received?status=rejected")).body).toContain("None that you may see");
});

test("nobody sees more than what is theirs", async () => {
  const headers = { authorization: `Bearer ${await key("RB", "operate")}` };
  const theirs = (url: string) => app.inject({ url, headers });
  expect((await app.inject("/submissions")).statusCode).toBe(401);
  expect([403, 404]).toContain((await theirs("/returns/RA/monthly/10/2024-01")).statusCode);
});
