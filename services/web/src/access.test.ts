import { afterAll, describe, expect, test } from "vitest";
import { access, type Rule, ruleOf } from "./access.ts";
import { routesOf } from "./known-routes.ts";
import { testApp } from "./testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, key, signIn, signInAs, ids, close } = await testApp({}, { advanceClock });
afterAll(close);

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const callers = {
  nobody: {},
  "a wrong key": bearer("sbx_wrong"),
  "a read key": bearer(await key("RA", "read")),
  "a submit key": bearer(await key("RA", "submit")),
  "an operate key of a provider": bearer(await key("RA", "operate")),
  "an operate key of the system": bearer(await key("SYS", "operate")),
  "an operator signed in": { cookie: await signIn() },
  "an operator signed in by e-mail": { cookie: await signInAs("operator") },
  "a submitter signed in": { cookie: await signInAs("submitter") },
  "an executive signed in": { cookie: await signInAs("executive") },
  "an analyst signed in": { cookie: await signInAs("analyst") },
  "a chair signed in": { cookie: await signInAs("chair") },
  "an observer signed in": { cookie: await signInAs("observer") },
  "an auditor signed in": { cookie: await signInAs("auditor") },
  "an administrator signed in": { cookie: await signInAs("administrator") },
} as const;

const yes = "welcome";
const table: Readonly<Record<Rule, readonly (401 | 403 | typeof yes)[]>> = {
  // in the order of `callers`
  anyone: [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  "kept-mail": [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  embedded: [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  read: [401, 401, yes, 403, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  submit: [401, 401, 403, yes, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  answer: [401, 401, 403, yes, yes, yes, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  operate: [401, 401, 403, 403, yes, yes, 403, 403, 403, 403, 403, 403, 403, 403, 403],
  operator: [401, 401, 403, 403, 403, yes, yes, yes, 403, 403, 403, 403, 403, 403, 403],
  person: [401, 401, 403, 403, 403, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  submitter: [401, 401, 403, 403, 403, 403, yes, yes, yes, 403, 403, 403, 403, 403, 403],
  administrator: [401, 401, 403, 403, 403, yes, yes, yes, 403, 403, 403, 403, 403, 403, yes],
  auditor: [401, 401, 403, 403, 403, yes, yes, yes, 403, 403, 403, 403, 403, yes, 403],
};

const routes = routesOf(app).filter(({ method }) => method !== "HEAD");
const addressOf = (url: string) =>
  url
    .replace(":metric", "ae-4h")
    .replace(":organisation", "RA")
    .replace("/:work/:id/:act", "/series/1/retry")
    .replace(/:\w+/g, "1")
    .replace("*", "x");

describe.each(Object.entries(callers))("%s", (name, headers) => {
  const place = Object.keys(callers).indexOf(name);
  test.each(routes)("$method $url", async ({ method, url }) => {
    const answer = await app.inject({ method: method as "GET", url: addressOf(url), headers });
    const expected = table[ruleOf(method, url)][place];
    if (expected === yes) {
      expect(answer.statusCode).not.toBe(401);
      // A form without its token is refused too, but not because of who sent it.
      if (answer.statusCode === 403)
        expect(answer.body).toMatch(/form has gone stale|come from the dashboard|not yours to/);
      expect(answer.statusCode).toBeLessThan(500);
    } else {
      expect(answer.statusCode).toBe(expected);
    }
  });
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
