import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { routesOf } from "./known-routes.ts";
import { PEOPLE, testApp, tokenIn } from "./testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, db, ids, key, signInAs, close } = await testApp({}, { advanceClock });
afterAll(close);
const cookie = await signInAs("operator");
const authorization = `Bearer ${await key("SYS", "read", "submit", "operate")}`;

/** What pages and lists read of an address. */
const NAMES =
  `action actor after against area as band stale before below by came commissioner concern contract cursor day deputy direction
  domain done draft dropped ended escalation failed file fixAfter forum frequency from history limit loaded mended metric mine month
  next open organisation overdue page period periods person points points q rag recalculateAt recipient revision screenOutliers set
  sort standing state status subject table template tier to until variation`.split(/\s+/);
const LONG = "x".repeat(5000);
const VALUES = [
  ["%00", "a%00b", "-1", "1e999", "99999999999999999999", "2147483648", "%ED%A0%80"],
  ["2024-13", "999999-01", "-2024-03", "2024-02-30", "__proto__", "constructor", LONG, "", "W10", "%27%3B--"],
].flat();
const PARTS = [
  "%00",
  "-1",
  "0",
  "2147483648",
  "999999999999999",
  "__proto__",
  "%F0%9F%98%80",
  "..%2F..",
  "x".repeat(250),
];

const routes = routesOf(app).filter(({ url }) => !url.includes("*") && !url.startsWith("/operations/queues"));
/** The address of something that there is. */
const addressOf = (url: string) =>
  url
    .replace("/returns/:organisation/:frequency/:day/:month", "/returns/RA/monthly/10/2024-03")
    .replace("/submissions/:id", `/submissions/${ids.submission}`)
    .replace("/notices/:id", `/notices/${ids.notice}`)
    .replace("/escalations/:id", `/escalations/${ids.escalation}`)
    .replace("/mail/:id", `/mail/${ids.mail}`)
    .replace("/:work/:id/:act", "/series/1/retry")
    .replace(":metric", "ae-4h")
    .replace(":organisation", "RA")
    .replace(/:\w+/g, "1");
const asked = (url: string) => (url.startsWith("/api/v1") ? { authorization } : { cookie });

const reads = routes.filter(({ method }) => method === "GET");
// Marking a file starts a thread, and reads nothing of the address but the number.
const queried = reads.filter(({ url }) => !/\/marked\.|^\/health|^\/metrics|openapi/.test(url));

async function brokenBy(addresses: readonly { url: string; headers: object }[]): Promise<string[]> {
  const broken = [];
  for (const { url, headers } of addresses) {
    const { statusCode } = await app.inject({ url, headers: { ...headers } });
    if (statusCode >= 500) broken.push(`${statusCode} ${url.slice(0, 200)}`);
  }
  return broken;
}

test("no query breaks a page or a list, whatever its names hold", async () => {
  const addresses = queried.flatMap(({ url }, place) =>
    NAMES.flatMap((name, at) => {
      // A third of all, another at each route: the whole takes too long.
      if ((place + at) % 3 > 0) return [];
      const value = VALUES[(place + at + 7) % VALUES.length] ?? "";
      const twice = (place + at) % 2 === 0 ? `&${name}=b` : "";
      return [{ url: `${addressOf(url)}?${name}=${value}${twice}`, headers: asked(url) }];
    }),
  );
  expect(await brokenBy(addresses)).toEqual([]);
}, 60_000);

test("no address breaks, whatever stands in the place of an id or a code", async () => {
  const named = queried.filter(({ url }) => url.includes(":"));
  expect(
    await brokenBy(
      named.flatMap(({ url }) => PARTS.map((part) => ({ url: url.replace(/:\w+/g, part), headers: asked(url) }))),
    ),
  ).toEqual([]);
}, 60_000);

/** The names of every form's fields. */
const FIELDS =
  `email next person note reason minute revision title rows csv more metric-1 organisation-1 level-1 basis-1 board-1
  slt-1 from-1 to-1 period organisation until ids decision approvedBy now frequency draft confirm seen file`.split(
    /\s+/,
  );
/** What the API takes, all of it right but one. */
const BODY = {
  note: "Seen",
  reason: "Wrong",
  period: "2024-01",
  title: "New",
  revision: 1,
  decision: "approved",
  minute: "1",
  approvedBy: PEOPLE.chair,
  now: "2024-06-01T09:00:00Z",
  rows: [{ metric: "ae-4h", basis: "value", board: 80, slt: 70, from: "2030-04", to: null }],
};
const STRANGE: readonly unknown[] = [-1, 1e300, ["a", "b"], { a: 1 }, null, LONG];

test("no form and no body breaks what changes something", async () => {
  const token = tokenIn((await app.inject({ url: "/account", headers: { cookie } })).body);
  const broken: string[] = [];
  async function send(method: string, url: string, headers: object, payload: string) {
    const request = { method: method as "POST", url, headers: { ...headers }, payload };
    const { statusCode } = await app.inject(request);
    if (statusCode >= 500) broken.push(`${statusCode} ${method} ${url} ${payload.slice(0, 60)}`);
  }
  const acts = routes.filter(({ method, url }) => !["GET", "HEAD"].includes(method) && !/sign-out|sessions/.test(url));
  for (const { method, url } of acts) {
    const to = addressOf(url);
    if (url.startsWith("/api/")) {
      const json = { authorization, "content-type": "application/json" };
      for (const [at, field] of Object.keys(BODY).entries())
        for (const one of ["\uD800", "\0", STRANGE[at % STRANGE.length]])
          await send(method, to, json, JSON.stringify({ ...BODY, [field]: one }));
      for (const body of ["", "{", "null", "[]", '"x"', '{"__proto__":{"a":1}}']) await send(method, to, json, body);
      await send(method, to, { authorization, "content-type": "text/weird" }, "x");
    } else {
      const form = { cookie, "content-type": "application/x-www-form-urlencoded" };
      for (const one of ["%00", "-1", "1e999", "%ED%A0%80", "99999999999999999999", LONG]) {
        const fields = FIELDS.map((field) => `${field}=${one}`).join("&");
        await send(method, to, form, `_csrf=${encodeURIComponent(token)}&${fields}`);
        await send(method, to, form, `_csrf=${encodeURIComponent(token)}&${fields}&${fields}`);
      }
      const multipart = "multipart/form-data; boundary=b";
      await send(method, to, { cookie, "content-type": "multipart/form-data" }, "x");
      for (const sent of [
        "",
        "x",
        "--b",
        "--b\r\n\r\n",
        '--b\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nx',
      ])
        await send(method, to, { cookie, "content-type": multipart }, sent);
    }
  }
  expect(broken).toEqual([]);
  const { rows } = await sql<{
    people: number;
  }>`select count(*)::int as people from person where until is null`.execute(db);
  expect(rows[0]?.people).toBeGreaterThanOrEqual(Object.keys(PEOPLE).length);
}, 60_000);
