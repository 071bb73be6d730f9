import { buffer } from "node:stream/consumers";
import { putTestTime } from "@signalbox/db";
import { markInWorker } from "@signalbox/formats/marked-file/mark-in-worker";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, multipartForm, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const JANUARY_2024 = 12 * 2024;
const { app, db, ids, signInAs, queues, close } = await testApp();
afterAll(close);
const submitter = await signInAs("submitter");
const operator = await signInAs("operator");
const page = (url: string, cookie = submitter) => app.inject({ url, headers: { cookie } });

beforeAll(async () => {
  await putTestTime(db, Temporal.Instant.from("2024-05-07T09:00:00Z"));
  const none = [null, null, null];
  await db
    .insertInto("series_state")
    .values({
      series: ids.series,
      first_period: JANUARY_2024,
      vals: [96.25, null, 71.5],
      numerators: none,
      denominators: none,
      plans: [76, 76, null],
      no_value: [null, "suppressed", null],
      marks: none,
      submissions: [ids.submission, ids.submission, ids.submission],
      restated: [false, false, false],
    })
    .execute();
  const limit = { since: 1, metric: "ae-4h", basis: "value", board: 76, slt: 70, from_period: 0 } as const;
  await db
    .insertInto("threshold")
    .values({ ...limit, status: "approved" })
    .execute();
});

const header = "period,organisation,metric,value,numerator,denominator,plan,comment\r\n";

/** Uploads a file as a browser does. */
async function upload(file: string, fields: Record<string, string> = {}, cookie = submitter) {
  const token = tokenIn((await page("/submissions/upload", cookie)).body);
  const sent = { _csrf: token, organisation: "RA", template: "", ...fields };
  return app.inject(multipartForm("/submissions/upload", sent, { filename: "figures.csv", text: file }, cookie));
}

/** Uploads a file and returns the address of its preview. */
async function draftOf(file: string, fields: Record<string, string> = {}): Promise<string> {
  const { statusCode, headers, body } = await upload(file, fields);
  expect([statusCode, body]).toEqual([303, ""]);
  return String(headers.location);
}

const press = async (from: string, to: string, fields = {}, cookie = submitter) =>
  app.inject(form(to, { ...fields, _csrf: tokenIn((await page(from, cookie)).body) }, cookie));

const kept = () => db.selectFrom("submission").selectAll().where("channel", "=", "web").orderBy("id").execute();

describe("an upload", () => {
  test("has the one organisation chosen that holds all that somebody submits for", async () => {
    expect((await page("/submissions/upload", submitter)).body).toMatch(/value="RA" selected/);
  });

  test("shows problems first, then what would change and the limit beside it, and keeps nothing", async () => {
    const before = await db.selectFrom("series_state").selectAll().execute();
    const here = await draftOf(
      `${header}2024-02,RA,ae-4h,74.6,,,,\r\n2024-03,RA,ae-4h,71.5,,,,\r\n2024-04,RA,ae-4h,77.5,,,,\r\n2024-04,RB,ae-4h,80,,,,\r\n2024-04,RA,ae-5h,1,,,,\r\n`,
    );
    const { body } = await page(here);
    expect(body).toContain("1 would change what holds, 1 would be new, 1 say what holds already, 2 cannot count");
    expect(body.indexOf("This metric is not in the catalogue")).toBeGreaterThan(0);
    expect(body.indexOf("This metric is not in the catalogue")).toBeLessThan(body.indexOf("What will change"));
    expect(body).toContain("are not yours to submit");
    expect(body).toContain("no value: suppressed");
    expect(body).toContain("<strong>74.6%</strong>");
    expect(body).toContain("Board 76.0%, SLT 70.0%");
    const problems = await page(`${here}/problems.csv`);
    expect(problems.headers["content-type"]).toContain("text/csv");
    expect(problems.body).toContain("unknown-metric");
    expect(problems.body).toContain("not-yours");
    expect(await db.selectFrom("series_state").selectAll().execute()).toEqual(before);
    expect(await db.selectFrom("observation").selectAll().execute()).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  test("becomes a submission once it is confirmed, and cannot be confirmed twice", async () => {
    const file = `${header}2024-04,RA,ae-4h,77.5,,,,\r\n`;
    const here = await draftOf(file);
    expect((await page(here, operator)).statusCode).toBe(404);
    const confirmed = await press(here, `${here}/confirm`);
    const [submission] = await kept();
    expect([confirmed.statusCode, confirmed.headers.location]).toEqual([
      303,
      `/submissions/${submission?.id}?came=now`,
    ]);
    expect(submission).toMatchObject({
      organisation: "RA",
      filename: "figures.csv",
      template: null,
      submitted_by: PEOPLE.submitter,
      status: "received",
    });
    await expect.poll(async () => (await queues.depths())["read-submission"].waiting).toBe(1);
    expect((await page(here)).statusCode).toBe(404);
    expect((await page(String(confirmed.headers.location))).body).toContain("will be mailed");

    const again = await draftOf(file);
    const second = await press(again, `${again}/confirm`);
    expect(second.headers.location).toBe(`/submissions/${submission?.id}?came=before`);
    expect((await page(String(second.headers.location))).body).toContain("came before");
  });

  test("of figures that were said, and unsaid, counts again: what the page says would change does", async () => {
    const file = `${header}2024-03,RA,ae-4h,71.5,,,,\r\n`;
    const send = async (text: string) => {
      const here = await draftOf(text);
      const { body } = await page(here);
      const { headers } = await press(here, `${here}/confirm`);
      const id = /\d+/.exec(String(headers.location))?.[0];
      await db.updateTable("submission").set({ status: "accepted" }).where("id", "=", Number(id)).execute();
      return { id, body, came: String(headers.location).split("=")[1] };
    };
    const holds = (value: number) =>
      db
        .updateTable("series_state")
        .set({ vals: [96.25, null, value] })
        .where("series", "=", ids.series)
        .execute();
    const first = await send(file);
    expect(first.came).toBe("now");
    expect(await send(`${header}2024-03,RA,ae-4h,70.5,,,,\r\n`)).toMatchObject({ came: "now" });
    await holds(70.5);
    const third = await send(file);
    expect(third.body).toContain("1 would change what holds");
    expect(third).toMatchObject({ came: "now" });
    expect(third.id).not.toBe(first.id);
    await holds(71.5);
    // Nothing of it is to change any more: it came before, as the third.
    expect(await send(file)).toMatchObject({ came: "before", id: third.id });
  });

  test("of a workbook is read too: the file that came back marked, once it is put right", async () => {
    const bytes = Buffer.from(`${header}2024-04,RA,ae-4h,76.5,,,,\r\n`);
    const marked = markInWorker({ bytes, mediaType: "text/csv", problems: [], sheet: null, format: "xlsx" });
    const file = { filename: "figures-marked.xlsx", text: await buffer(marked) };
    const token = tokenIn((await page("/submissions/upload")).body);
    const sent = { _csrf: token, organisation: "RA", template: "" };
    const { headers } = await app.inject(multipartForm("/submissions/upload", sent, file, submitter));
    const { body } = await page(String(headers.location));
    expect(body).toContain("<strong>76.5%</strong>");
    expect(body).toContain("unknown-column");
  });

  test("that has no usable row cannot be confirmed and says why", async () => {
    const here = await draftOf("month;trust;value\r\nMar;RA;1\r\n");
    const { body } = await page(here);
    expect(body).toContain("Nothing of this can count");
    expect(body).not.toContain("/confirm");
  });

  test("is dropped, or forgotten after a day", async () => {
    const here = await draftOf(`${header}2024-04,RA,ae-4h,78,,,,\r\n`);
    expect((await press(here, `${here}/drop`)).headers.location).toBe("/submissions/upload?dropped");
    expect((await page(here)).statusCode).toBe(404);
    const old = await draftOf(`${header}2024-04,RA,ae-4h,79,,,,\r\n`);
    await db
      .updateTable("upload_draft")
      .set({ made_at: "2024-01-01T00:00:00Z", expires_at: "2024-01-02T00:00:00Z" })
      .execute();
    expect((await page(old)).statusCode).toBe(404);
  });

  test.each([
    ["no file", "", { filename: "" }, {}, "Choose a file"],
    ["an organisation of others", "x", {}, { organisation: "RB" }, "Choose the organisation"],
    ["a template that is none", "x", {}, { template: "nothing" }, "Choose a template"],
  ])("says what to do about %s", async (_, text, file, fields, says) => {
    const token = tokenIn((await page("/submissions/upload")).body);
    const sent = { _csrf: token, organisation: "RA", template: "", ...fields };
    const answer = await app.inject(
      multipartForm("/submissions/upload", sent, { filename: "figures.csv", text, ...file }, submitter),
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("There is a problem");
    expect(answer.body).toContain(says);
  });

  test("is refused where it is larger than 50 MB", async () => {
    const answer = await upload("x".repeat(50_000_001));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("larger than 50 MB");
  });

  test("needs its own page's form", async () => {
    const forged = await upload(header, { _csrf: "forged" });
    expect(forged.statusCode).toBe(403);
    expect(forged.body).toContain("form has gone stale");
    expect((await app.inject(form("/submissions/upload", { _csrf: "x" }, submitter))).statusCode).toBe(415);
  });
});

describe("the grid to type in", () => {
  const here = "/submissions/type?organisation=RA&period=2024-04";
  const type = (fields: Record<string, string>) =>
    press(here, "/submissions/type", { organisation: "RA", period: "2024-04", ...fields });

  test("has a cell for what is owed, with plan, limit and the last three values beside it", async () => {
    const { body } = await page(here);
    expect(body).toContain("Urgent and Emergency Care Board");
    expect(body).toContain('name="value:ae-4h"');
    expect(body).toContain("Board 76.0%, SLT 70.0%");
    expect(body.replaceAll(/\s+/g, " ")).toMatch(
      /March 2024<\/dt><dd>71\.5%.*February 2024<\/dt><dd>no value: suppressed/,
    );
    expect((await page("/submissions/type?organisation=RA&period=2024-03")).body).toContain("Holds now");
  });

  test("says what is wrong beside the cell and at the top, and loses nothing", async () => {
    const answer = await type({ "value:ae-4h": "seventy", "comment:ae-4h": "A <busy> month" });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('<a href="#figure-0-value">A&amp;E four-hour performance: There is text where');
    expect(answer.body).toContain('value="seventy"');
    expect(answer.body).toContain('value="A &lt;busy&gt; month"');
    const contrary = await type({ "value:ae-4h": "74", "answer:ae-4h": "nil" });
    expect(contrary.body).toContain("empty the value, or choose");
    expect((await type({})).body).toContain("Enter at least one value");
  });

  test("shows what will be kept, goes back with all that was typed, and is kept like any file", async () => {
    const sent = await type({ "value:ae-4h": "74.6%", "answer:ae-4h": "value", "comment:ae-4h": 'So "busy", again' });
    const preview = String(sent.headers.location);
    const { body } = await page(preview);
    expect(body).toContain("typed-RA-2024-04.csv");
    expect(body).toContain("<strong>74.6%</strong>");
    const back = /href="(\/submissions\/type\?draft=\d+)"/.exec(body)?.[1] ?? "";
    expect((await page(back)).body).toContain("So &quot;busy&quot;, again");
    await press(preview, `${preview}/confirm`);
    const last = (await kept()).at(-1);
    const { bytes } = await db
      .selectFrom("submission_file")
      .select("bytes")
      .where("submission", "=", last?.id ?? 0)
      .executeTakeFirstOrThrow();
    expect(last?.filename).toBe("typed-RA-2024-04.csv");
    expect(bytes.toString()).toBe(
      'period,organisation,metric,value,numerator,denominator,comment\r\n2024-04,RA,ae-4h,74.6%,,,"So ""busy"", again"\r\n',
    );
  });

  test.each([
    ["nil", "no value: nil return"],
    ["na", "no value: N/A"],
  ])("takes %s as an answer", async (answer, shown) => {
    const sent = await type({ "answer:ae-4h": answer });
    expect((await page(String(sent.headers.location))).body).toContain(shown);
  });

  test.each([
    ["of others", "organisation=RB&period=2024-04", 403],
    ["of a month that has not begun", "organisation=RA&period=2024-06", 400],
    ["of no period", "organisation=RA&period=soon", 400],
  ])("does not open for figures %s", async (_, query, status) => {
    expect((await page(`/submissions/type?${query}`)).statusCode).toBe(status);
  });

  test("takes quarters too, under a name that no month is read from", async () => {
    const quarter = "/submissions/type?organisation=RA&period=2023%2F24+Q4";
    expect((await page(quarter)).body).toContain("Staff who would recommend");
    const sent = await press(quarter, "/submissions/type", {
      organisation: "RA",
      period: "2023/24 Q4",
      "value:staff-survey": "61",
    });
    expect((await page(String(sent.headers.location))).body).toContain("<strong>61%</strong>");
  });
});
