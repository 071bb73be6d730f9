import { seedEscalation, seedSeries } from "@signalbox/db/testing-cases";
import { afterAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { PEOPLE, testApp } from "../testing.ts";
import {
  assessmentShape,
  changeShape,
  escalationShape,
  listOf,
  noticeShape,
  returnShape,
  submissionShape,
  submissionWithProblemsShape,
} from "./shapes.ts";
import { seriesShape } from "./series-shapes.ts";

const { app, db, key, ids, signInAs, close } = await testApp({ RATE_LIMIT: "60" });
afterAll(close);

const headers = { authorization: `Bearer ${await key("RA", "read", "submit")}` };
const get = (path: string, as = headers) => app.inject({ url: `/api/v1${path}`, headers: as });

test.each<[string, z.ZodType]>([
  ["/submissions", listOf(submissionShape)],
  [`/submissions/${ids.submission}`, submissionWithProblemsShape],
  [`/submissions/${ids.submission}/changes`, listOf(changeShape)],
  ["/assessments", listOf(assessmentShape)],
  ["/escalations", listOf(escalationShape)],
  [`/escalations/${ids.escalation}?history=all`, escalationShape],
  ["/series/ae-4h/RA", seriesShape],
  ["/notices", listOf(noticeShape)],
  ["/returns?from=2024-01&to=2024-03", listOf(returnShape)],
])("what %s answers is what the API's description says", async (path, shape) => {
  const answer = await get(path);
  expect(answer.statusCode).toBe(200);
  expect(() => shape.parse(answer.json())).not.toThrow();
});

test("assessments are asked for by month or quarter and come in pages", async () => {
  const periods = async (query: string) =>
    (await get(`/assessments${query}`)).json().items.map(({ period }: { period: string }) => period);
  expect(await periods("")).toEqual(["2024-01", "2024-02", "2024-03"]);
  expect(await periods("?from=2024-02&to=Feb-24")).toEqual(["2024-02"]);
  expect(await periods("?from=2023/24%20Q4&to=2023/24%20Q4")).toHaveLength(3);
  expect(await periods("?organisation=RB")).toEqual([]);
  const first = (await get("/assessments?limit=2")).json();
  expect(first.next).toMatch(/^[\w-]+$/);
  const rest = (await get(`/assessments?limit=2&cursor=${first.next}`)).json();
  expect([...first.items, ...rest.items].map(({ period }) => period)).toEqual(["2024-01", "2024-02", "2024-03"]);
  expect(rest.next).toBeNull();
  expect((await get("/assessments?from=sometime")).statusCode).toBe(400);
});

test("returns are asked for by words that there are", async () => {
  expect((await get("/returns?period=2024-02&status=late&frequency=monthly&organisation=RB")).json().items).toEqual([]);
  expect((await get("/returns?status=lost")).statusCode).toBe(400);
  expect((await get("/returns?period=sometime")).statusCode).toBe(400);
  expect((await get("/returns?cursor=none")).statusCode).toBe(400);
});

test("cases are chosen by what the contract names", async () => {
  const found = async (query: string) => (await get(`/escalations?${query}`)).json().items.length;
  expect(await found("standing=true&tier=slt&forum=SLT&organisation=RA&metric=ae-4h&concern=performance")).toBe(1);
  expect(await found("standing=false")).toBe(0);
  expect(await found("forum=UEC")).toBe(0);
  expect((await get("/escalations?tier=worst")).statusCode).toBe(400);
});

test("a case is acknowledged with a note", async () => {
  const post = (note: string) =>
    app.inject({
      method: "POST",
      url: `/api/v1/escalations/${ids.escalation}/acknowledgement`,
      headers,
      payload: { note },
    });
  expect((await post("Seen at the huddle")).json().acknowledged).toMatchObject({ note: "Seen at the huddle" });
  expect((await post("NUL \0")).statusCode).toBe(400);
});

test("a notice's mail comes byte for byte", async () => {
  const answer = await get(`/notices/${ids.notice}/message`);
  expect(answer.headers["content-type"]).toBe("message/rfc822");
  expect(answer.body).toContain("=E2=80=93 Northwick =\r\nHospitals");
  expect((await get("/notices?escalation=x")).json().items).toEqual([]);
});

test("a mail that tells of other organisations too is for its recipient and the system alone", async () => {
  const { submission } = ids;
  const series = await seedSeries(db, { metric: "ae-4h", organisation: "RB", submission });
  const told = { organisation: "RB", series, submission };
  const other = await seedEscalation(db, await worldOf(), told);
  await db.updateTable("notice").set({ mail: ids.mail }).where("id", "=", other.notice).execute();
  const path = `/notices/${ids.notice}/message`;
  const refused = await get(path);
  expect(refused.statusCode).toBe(403);
  expect(refused.json().detail).toContain("tells of organisations, too, that are not yours to see");
  expect((await get(path, { authorization: `Bearer ${await key("SYS", "operate")}` })).statusCode).toBe(200);
  const asSubmitter = () =>
    signInAs("submitter").then((cookie) => app.inject({ url: `/api/v1${path}`, headers: { cookie } }));
  expect((await asSubmitter()).statusCode).toBe(403);
  await db.updateTable("mail").set({ recipient: PEOPLE.submitter }).where("id", "=", ids.mail).execute();
  expect((await asSubmitter()).statusCode).toBe(200);
  await db.deleteFrom("notice").where("id", "=", other.notice).execute();
});

const worldOf = async () => ({
  version: (await db.selectFrom("catalogue_version").select("id").executeTakeFirstOrThrow()).id,
  protocol: (await db.selectFrom("protocol").select("id").executeTakeFirstOrThrow()).id,
});

describe("errors", () => {
  test.each([
    ["GET", "/api/v1/nothing", 404],
    ["DELETE", "/api/v1/submissions", 405],
    ["GET", "/api/v1/assessments?limit=many", 400],
    ["POST", "/api/v1/escalations/1/acknowledgement", 400],
  ] as const)("%s %s is a problem with status %i", async (method, url, status) => {
    const answer = await app.inject({ method, url, headers });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ type: "about:blank", status });
    if (status === 405) expect(answer.headers["allow"]).toContain("POST");
  });

  test("nobody learns the key's scheme from silence: 401 says how to present one", async () => {
    const answer = await app.inject("/api/v1/assessments");
    expect(answer.statusCode).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });
});

test("the description is OpenAPI 3.1, names every address, and is shown to people", async () => {
  const document = (await app.inject("/api/v1/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      "/api/v1/submissions",
      "/api/v1/escalations/{id}/acknowledgement",
      "/api/v1/series/{metric}/{organisation}",
      "/api/v1/clock",
    ]),
  );
  expect(Object.keys(document.paths["/api/v1/submissions"].post.requestBody.content)).toContain("multipart/form-data");
  expect((await app.inject("/api/docs")).body).toContain("GET /api/v1/notices/{id}/message");
});

test("a key that asks too often is told when to come back; others are not held up", async () => {
  const eager = { authorization: `Bearer ${await key("RB", "read")}` };
  const answers = await Promise.all(Array.from({ length: 61 }, () => get("/notices", eager)));
  const refused = answers.filter(({ statusCode }) => statusCode === 429);
  expect(refused).toHaveLength(1);
  expect(Number(refused[0]?.headers["retry-after"])).toBeGreaterThan(0);
  expect(refused[0]?.headers["content-type"]).toContain("application/problem+json");
  expect((await get("/notices", { authorization: `Bearer ${await key("SYS", "read")}` })).statusCode).toBe(200);
});
