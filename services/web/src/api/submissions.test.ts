import { afterAll, describe, expect, test } from "vitest";
import { testApp } from "../testing.ts";

const { app, db, key, ids, queues, close } = await testApp({ BASE_URL: "https://signalbox.example.org" });
afterAll(close);

const CSV = "text/csv";
const own = await key("RA", "submit", "read");
const operate = await key("SYS", "submit", "operate");
const headers = (value: string, type = CSV) => ({ authorization: `Bearer ${value}`, "content-type": type });
const submit = (payload: string | Buffer, { query = "", as = own, type = CSV, more = {} } = {}) =>
  app.inject({
    method: "POST",
    url: `/api/v1/submissions${query}`,
    headers: { ...headers(as, type), ...more },
    payload,
  });
const rowOf = (id: string) =>
  db.selectFrom("submission").selectAll().where("id", "=", Number(id)).executeTakeFirstOrThrow();

describe("submitting a file", () => {
  test("keeps the bytes before it answers 202, and rings for it to be read", async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x00, 0xff]);
    const answer = await submit(bytes, { query: "?template=wide&filename=March%20%C2%A3.csv&issued=2024-04-11" });
    expect(answer.statusCode).toBe(202);
    const { id, ...rest } = answer.json();
    const url = `https://signalbox.example.org/api/v1/submissions/${id}`;
    expect(rest).toEqual({ status: "received", duplicate: false, url });
    expect(await rowOf(id)).toMatchObject({
      organisation: "RA",
      channel: "api",
      submitted_by: "key RA submit read",
      template: "wide",
      filename: "March £.csv",
      issued: "2024-04-11",
      media_type: CSV,
      size: 6,
    });
    const file = await app.inject({ url: `/api/v1/submissions/${id}/file`, headers: headers(own) });
    expect(file.rawPayload).toEqual(bytes);
    expect(file.headers["content-disposition"]).toBe("attachment; filename*=UTF-8''March%20%C2%A3.csv");
    await expect.poll(async () => (await queues.depths())["read-submission"].waiting).toBe(1);
  });

  test("answers the same bytes again with the first submission, and 422 where an idempotency key is used for others", async () => {
    const first = (await submit("again")).json();
    expect((await submit("again")).json()).toEqual({ ...first, duplicate: true });
    const keyed = await submit("keyed", { more: { "idempotency-key": "a" } });
    expect(keyed.statusCode).toBe(202);
    expect((await submit("other", { more: { "idempotency-key": "a" } })).statusCode).toBe(422);
  });

  test("takes the field `file` of a form, with the name that the form gives without its folders", async () => {
    const parts = (field: string) =>
      `--x\r\nContent-Disposition: form-data; name="${field}"; filename="C:\\\\temp\\\\april.csv"\r\nContent-Type: application/vnd.ms-excel\r\n\r\na,b\r\n--x--\r\n`;
    const type = "multipart/form-data; boundary=x";
    const answer = await submit(parts("file"), { type });
    expect(answer.statusCode).toBe(202);
    expect(await rowOf(answer.json().id)).toMatchObject({ filename: "april.csv", media_type: CSV, size: 3 });
    expect((await submit(parts("other"), { type })).statusCode).toBe(400);
  });

  test("for another organisation needs the scope operate, and an organisation below the key's own", async () => {
    expect((await submit("for", { query: "?organisation=RB" })).statusCode).toBe(403);
    expect((await submit("for", { query: "?organisation=XX", as: operate })).statusCode).toBe(403);
    const answer = await submit("for", { query: "?organisation=RB", as: operate });
    expect((await rowOf(answer.json().id)).organisation).toBe("RB");
  });

  test.each([
    ["another type", 415, { type: "application/pdf" }],
    ["JSON", 415, { type: "application/json" }],
    ["compressed bytes", 415, { more: { "content-encoding": "gzip" } }],
    ["a date that is none", 400, { query: "?issued=31/03/2024" }],
    ["a template's name that is a path", 400, { query: "?template=../secret" }],
    ["a template that nobody knows", 400, { query: "?template=nope" }],
    ["a file name with a NUL", 400, { query: "?filename=a%00b" }],
  ])("refuses %s with %i", async (_what, status, sent) => {
    const answer = await submit("x", sent);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });

  test("names the templates there are where one is not known, and keeps nothing", async () => {
    const answer = await submit("of no template", { query: "?template=nhs-england-ae-montly" });
    expect(answer.json().detail).toMatch(/There is no template "nhs-england-ae-montly".*nhs-england-ae-monthly/);
    const kept = await db
      .selectFrom("submission")
      .select("id")
      .where("template", "=", "nhs-england-ae-montly")
      .execute();
    expect(kept).toEqual([]);
  });

  test("refuses what is larger than 50 MB, however it is sent", async () => {
    const large = Buffer.alloc(50_000_001, "a");
    expect((await submit(large)).statusCode).toBe(413);
    const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n`;
    const whole = Buffer.concat([Buffer.from(head), large, Buffer.from("\r\n--x--\r\n")]);
    expect((await submit(whole, { type: "multipart/form-data; boundary=x" })).statusCode).toBe(413);
  });

  test("takes an empty file, which reading then rejects", async () => {
    expect((await submit("")).statusCode).toBe(202);
  });
});

describe("a submission", () => {
  test("shows its rows, its problems and whether it is settled", async () => {
    await db
      .insertInto("submission_problem")
      .values({
        submission: ids.submission,
        seq: 1,
        row_number: 4,
        column_name: "value",
        code: "not-a-number",
        message: "Text.",
        value: "=1+1",
        severity: "error",
      })
      .execute();
    const answer = await app.inject({ url: `/api/v1/submissions/${ids.submission}`, headers: headers(own) });
    expect(answer.json()).toMatchObject({
      id: String(ids.submission),
      organisation: "RA",
      status: "accepted",
      settled: true,
      problems: [{ row: 4, column: "value", code: "not-a-number", message: "Text.", value: "=1+1", severity: "error" }],
    });
    const csv = await app.inject({ url: `/api/v1/submissions/${ids.submission}/problems.csv`, headers: headers(own) });
    expect(csv.body).toBe("row,column,code,message,value,severity\r\n4,value,not-a-number,Text.,'=1+1,error\r\n");
  });

  test("is listed page by page", async () => {
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const url = `/api/v1/submissions?limit=2${next && `&cursor=${next}`}`;
      const page: { items: { id: string }[]; next: string | null } = (
        await app.inject({ url, headers: headers(own) })
      ).json();
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.length).toBeGreaterThan(3);
    const status = (url: string) => app.inject({ url, headers: headers(own) }).then((answer) => answer.statusCode);
    expect(await status("/api/v1/submissions?cursor=nonsense")).toBe(400);
    expect(await status("/api/v1/submissions?limit=1001")).toBe(400);
    expect(await status("/api/v1/submissions/99999999999999999999")).toBe(404);
  });

  test("is withdrawn with a reason by who submits for its organisation, or operates; then its bytes are new again", async () => {
    const { id } = (await submit("sent in error")).json();
    const withdraw = (payload: object, as = own) =>
      app.inject({
        method: "POST",
        url: `/api/v1/submissions/${id}/withdrawal`,
        headers: { authorization: `Bearer ${as}` },
        payload,
      });
    expect((await withdraw({ reason: "not ours" }, await key("RB", "submit"))).statusCode).toBe(404);
    expect((await withdraw({ reason: " " })).statusCode).toBe(400);
    expect((await withdraw({})).statusCode).toBe(400);
    const first = (await withdraw({ reason: "last year's file" })).json();
    expect(first).toMatchObject({ id, withdrawn: { by: "key RA submit read", reason: "last year's file" } });
    expect((await withdraw({ reason: "again" }, operate)).json()).toEqual(first);
    const shown = await app.inject({ url: `/api/v1/submissions/${id}`, headers: headers(own) });
    expect(shown.json()).toMatchObject({
      status: "rejected",
      withdrawn: first.withdrawn,
      problems: [{ code: "withdrawn", severity: "error" }],
    });
    const again = (await submit("sent in error")).json();
    expect(again).toMatchObject({ duplicate: false });
    expect(again.id).not.toBe(id);
    const trail = db.selectFrom("audit").selectAll().where("subject", "=", `submission ${id}`).orderBy("id");
    expect(await trail.execute()).toMatchObject([
      { action: "submission-received", detail: { organisation: "RA", channel: "api" } },
      { action: "submission-withdrawn", detail: { reason: "last year's file" } },
    ]);
  });

  test("is released by a key that operates, and read again when reading it had failed", async () => {
    const post = (path: string) =>
      app.inject({
        method: "POST",
        url: `/api/v1/submissions/${ids.submission}/${path}`,
        headers: { authorization: `Bearer ${operate}` },
      });
    expect((await post("release")).json()).toMatchObject({ releasedBy: "key SYS submit operate" });
    expect((await post("retry")).statusCode).toBe(409);
    await db
      .updateTable("submission")
      .set({ failure: "x", failed_at: "2024-05-01T00:00:00Z" })
      .where("id", "=", ids.submission)
      .execute();
    expect((await post("retry")).statusCode).toBe(202);
  });
});
