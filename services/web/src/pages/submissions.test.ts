import { afterAll, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../testing.ts";

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

test("is released by owner, executive or analyst, and not by who submitted it", async () => {
  expect((await press("release", submitter)).statusCode).toBe(403);
  expect((await press("release", executive)).statusCode).toBe(303);
  expect((await page(here, submitter)).body).toContain(`by ${PEOPLE.executive}`);
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
