import { keepAuditCheck } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { access, type Rule, ruleOf } from "./access.ts";
import { routesOf } from "./known-routes.ts";
import { PEOPLE, testApp } from "./testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, db, key, signIn, signInAs, ids, close } = await testApp({}, { advanceClock });
afterAll(close);
// An installation whose auditor has looked and found nothing: else /health/audit says 503.
await db.transaction().execute((trx) => {
  const now = Temporal.Now.instant();
  return keepAuditCheck(trx, { checkedAt: now, judgedAt: now, periodSeconds: 900 }, []);
});

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
/** Nobody, keys of each scope, an operator by the link of this machine, and one person a role. */
const callers: Record<string, { authorization?: string; cookie?: string }> = {
  nobody: {},
  "a wrong key": bearer("sbx_wrong"),
  "a read key": bearer(await key("RA", "read")),
  "a submit key": bearer(await key("RA", "submit")),
  "an operate key": bearer(await key("RA", "operate")),
  "a system key": bearer(await key("SYS", "operate")),
  "this machine": { cookie: await signIn() },
};
for (const role of Object.keys(PEOPLE) as (keyof typeof PEOPLE)[]) callers[role] = { cookie: await signInAs(role) };

const unknown = ["nobody", "a wrong key"];
const people = ["this machine", ...Object.keys(PEOPLE)];
const operators = ["this machine", "operator"];
const everybody = Object.keys(callers);
/** Who may use a route of each rule; whom we do not know is told to say who they are, all others no. */
const welcome: Readonly<Record<Rule, readonly string[]>> = {
  anyone: everybody,
  "kept-mail": everybody,
  embedded: everybody,
  read: ["a read key", "an operate key", "a system key", ...people],
  submit: ["a submit key"],
  answer: ["a submit key", "an operate key", "a system key"],
  operate: ["an operate key", "a system key"],
  operator: ["a system key", ...operators],
  system: ["a system key"],
  person: ["a system key", ...people],
  submitter: [...operators, "submitter"],
  acknowledger: [
    "a system key",
    ...operators,
    "executive",
    "owner",
    "analyst",
    "chair",
    "member",
    "secretary",
    "slt-chair",
  ],
  administrator: ["a system key", ...operators, "administrator"],
  auditor: ["a system key", ...operators, "auditor"],
};

const routes = routesOf(app).filter(({ method }) => method !== "HEAD");
/** Of a file that there is none: marking one starts a thread, and who may ask is known before. */
const addressOf = (url: string) =>
  url
    .replace("/:id/marked", "/999/marked")
    .replace(":metric", "ae-4h")
    .replace(":organisation", "RA")
    .replace("/:work/:id/:act", "/series/1/retry")
    .replace(/:\w+/g, "1")
    .replace("*", "x");
const AT_ONCE = 10;

/**
 * Every route that a caller may not use, and of those that they may every one for keys and this machine. Of the people, who
 * come by the same door, each opens another quarter: so three or more of them open every page that all may open.
 */
function routesFor(name: string) {
  const place = Object.keys(PEOPLE).indexOf(name);
  return routes.filter(
    ({ method, url }, at) => place === -1 || !welcome[ruleOf(method, url)].includes(name) || at % 4 === place % 4,
  );
}

/** What a caller is answered at each route that is theirs to try; a page would be drawn for a browser, which takes its time. */
async function answersTo(name: string, headers: object) {
  const tried = routesFor(name);
  const answers = [];
  for (let at = 0; at < tried.length; at += AT_ONCE) {
    const asked = tried.slice(at, at + AT_ONCE).map(async ({ method, url }, i) => {
      // As from many networks: one that presents wrong keys all the time is held up.
      const from = { remoteAddress: `192.0.2.${(at + i) % 250}`, headers: { accept: "application/json", ...headers } };
      const answer = await app.inject({ method: method as "GET", url: addressOf(url), ...from });
      return { route: `${method} ${url}`, rule: ruleOf(method, url), answer };
    });
    answers.push(...(await Promise.all(asked)));
  }
  return answers;
}

test.each(Object.entries(callers))("%s may use what the table says, and nothing else", async (name, headers) => {
  const refusal = unknown.includes(name) ? 401 : 403;
  const wrong = (await answersTo(name, headers)).filter(({ rule, answer: { statusCode, body } }) => {
    if (!welcome[rule].includes(name)) return statusCode !== refusal;
    // A page may still refuse what is asked of it, a form without its token for one, in words of its own.
    const isRefused = statusCode === 403 && body.includes("This is not for you");
    return isRefused || statusCode === 401 || statusCode >= 500;
  });
  expect(wrong.map(({ route, answer }) => [route, answer.statusCode, answer.body.slice(0, 200)])).toEqual([]);
});

test("every line of the table is of a route that there is", () => {
  const used = new Set(routes.map(({ method, url }) => `${method} ${url}`));
  const stale = Object.keys(access).filter((name) =>
    name.endsWith("*") ? ![...used].some((one) => one.startsWith(name.slice(0, -1))) : !used.has(name),
  );
  expect(stale).toEqual([]);
});

test("a route without a line in the table does not start", async () => {
  await expect(async () => app.get("/forgotten", async () => "")).rejects.toThrow(
    /missing in the table|already listening/,
  );
});

test("wrong keys are held up by address, with when to come back; a right one from there is not", async () => {
  const right = await key("RA", "read", "operate");
  const asks = (value: string, remoteAddress = "198.51.100.7") =>
    app.inject({ url: "/api/v1/returns", headers: bearer(value), remoteAddress });
  const answers = [];
  for (let i = 0; i < 62; i++) answers.push(await asks(`sbx_${i}`));
  expect(answers.filter(({ statusCode }) => statusCode === 401)).toHaveLength(60);
  expect(answers.at(-1)?.statusCode).toBe(429);
  expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
  expect((await asks(right)).statusCode).toBe(200);
  expect((await asks("sbx_1", "198.51.100.8")).statusCode).toBe(401);
});

describe("a key of another organisation", async () => {
  const other = bearer(await key("RB", "read", "submit", "operate"));
  const asks = (url: string) => app.inject({ url, headers: other });

  test.each([
    `/submissions/${ids.submission}`,
    `/submissions/${ids.submission}/problems.csv`,
    `/submissions/${ids.submission}/file`,
    `/escalations/${ids.escalation}`,
    `/notices/${ids.notice}/message`,
    "/series/ae-4h/RA",
  ])("does not learn that %s is there", async (path) => {
    const answer = await asks(`/api/v1${path}`);
    expect([path, answer.statusCode]).toEqual([path, 404]);
  });

  test.each([
    `/submissions/${ids.submission}/release`,
    `/submissions/${ids.submission}/retry`,
    `/escalations/${ids.escalation}/acknowledgement`,
  ])("cannot do %s", async (path) => {
    const headers = { ...other, "content-type": "application/json" };
    const answer = await app.inject({ method: "POST", url: `/api/v1${path}`, headers, payload: "{}" });
    expect(answer.statusCode).toBe(404);
  });

  test.each(["/submissions", "/assessments", "/escalations", "/notices"])("finds nothing in %s", async (path) => {
    const answer = await asks(`/api/v1${path}`);
    expect(answer.json()).toEqual({ items: [], next: null });
  });
});
