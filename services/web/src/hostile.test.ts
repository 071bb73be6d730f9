import type { InjectOptions } from "fastify";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { routesOf } from "./known-routes.ts";
import { PEOPLE, testApp, tokenIn } from "./testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, db, ids, key, signInAs, close } = await testApp({}, { advanceClock });
afterAll(close);
const cookie = await signInAs("operator");
const authorization = `Bearer ${await key("SYS", "read", "submit", "operate")}`;

/** What pages read of an address. */
const NAMES =
  `action actor after against area as band stale before below by came commissioner contract cursor day deputy direction domain
  done draft dropped ended escalation failed file fixAfter forum frequency from loaded mended metric mine month next open
  organisation overdue page past period periods person plan points q rating recalculateAt recipient revision screenOutliers
  set sort standing state status subject table template tier to until variation`.split(/\s+/);
/** So many stand in one address of a page: one that is refused hides the others of its address alone. */
const NAMES_AT_ONCE = 6;
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

/** Asks in tens; what was answered with 500 or more. */
async function brokenBy(requests: readonly InjectOptions[]): Promise<string[]> {
  const broken = [];
  for (let at = 0; at < requests.length; at += 10) {
    const sent = requests.slice(at, at + 10).map(async (request) => {
      const { statusCode } = await app.inject(request);
      const what = `${statusCode} ${request.method ?? "GET"} ${JSON.stringify(request.url).slice(0, 200)}`;
      return statusCode >= 500 ? [`${what} ${JSON.stringify(request.payload ?? "").slice(0, 200)}`] : [];
    });
    broken.push(...(await Promise.all(sent)).flat());
  }
  return broken;
}

/** The API as it describes itself, by method and pattern. */
const { paths } = (await app.inject("/api/v1/openapi.json")).json<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}>();
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}
const operationOf = (method: string, url: string) =>
  paths[url.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()] ?? {};

test("no query breaks a page or a list, whatever its names hold", async () => {
  const addresses = queried.flatMap(({ url }, place) => {
    const value = (at: number) => VALUES[(place * 3 + at) % VALUES.length] ?? "";
    const ask = (query: string) => ({ url: `${addressOf(url)}?${query}`, headers: asked(url) });
    if (url.startsWith("/api/v1")) {
      const named = (operationOf("GET", url).parameters ?? []).filter((one) => one.in === "query");
      return named.flatMap(({ name }, at) =>
        [0, 5, 11].map((on) => ask(`${name}=${value(at + on)}${on === 5 ? `&${name}=b` : ""}`)),
      );
    }
    return Array.from({ length: Math.ceil(NAMES.length / NAMES_AT_ONCE) }, (_, group) => {
      const names = NAMES.filter((_name, at) => (at + place) % Math.ceil(NAMES.length / NAMES_AT_ONCE) === group);
      return ask(names.map((name, at) => `${name}=${value(at)}${at % 3 === 0 ? `&${name}=b` : ""}`).join("&"));
    });
  });
  expect(addresses.length).toBeGreaterThan(500);
  expect(await brokenBy(addresses)).toEqual([]);
}, 120_000);

test("no address breaks, whatever stands in the place of an id or a code", async () => {
  const named = queried.filter(({ url }) => url.includes(":"));
  expect(
    await brokenBy(
      named.flatMap(({ url }) => PARTS.map((part) => ({ url: url.replace(/:\w+/g, part), headers: asked(url) }))),
    ),
  ).toEqual([]);
}, 120_000);

/** The names of every form's fields. */
const FIELDS =
  `email next person note reason minute revision edition title rows csv more metric-1 organisation-1 level-1 basis-1 board-1
  slt-1 from-1 to-1 period organisation until ids decision approvedBy now frequency draft confirm seen file do day from
  actions-count actions-0-what actions-0-owner actions-0-dueOn path-count path-0-metric path-0-count path-0-values-0 cost
  rating aspect explanation mitigation doneOn url name choice plan reply request reviewOn because words how picked likelihood
  impact reference reviewedOn owner forum amount escalation askedOf dueOn body date time papersDue place deputy metric`.split(
    /\s+/,
  );
const STRANGE: readonly unknown[] = ["\uD800", "\0", -1, 1e300, ["a", "b"], { a: 1 }, null, LONG];

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
/** What a program would send that keeps to the description. */
function example(schema: Schema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return example(first);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const { type = "string" } = schema;
  switch (type) {
    case "object":
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, example(one)]));
    case "array":
      return schema.items === undefined ? [] : [example(schema.items)];
    case "number":
    case "integer":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return schema.format === "date" ? "2024-05-14" : schema.format === "date-time" ? "2024-06-01T09:00:00Z" : "1";
  }
}

function* bodiesOf(method: string, url: string): Generator<string> {
  const schema = operationOf(method, url).requestBody?.content?.["application/json"]?.schema;
  for (const one of schema?.anyOf ?? (schema === undefined ? [] : [schema])) {
    const whole = example(one) as Readonly<Record<string, unknown>>;
    yield JSON.stringify(whole);
    for (const [at, name] of Object.keys(whole).entries())
      for (const on of [0, 3, 6]) yield JSON.stringify({ ...whole, [name]: STRANGE[(at + on) % STRANGE.length] });
  }
  yield* ["", "{", "null", "[]", '"x"', '{"__proto__":{"a":1}}'];
}

test("no form and no body breaks what changes something", async () => {
  const token = tokenIn((await app.inject({ url: "/account", headers: { cookie } })).body);
  const acts = routes.filter(({ method, url }) => !["GET", "HEAD"].includes(method) && !/sign-out|sessions/.test(url));
  const requests = acts.flatMap(({ method, url }, place): InjectOptions[] => {
    const to = { method: method as "POST", url: addressOf(url) };
    if (url.startsWith("/api/")) {
      const json = { authorization, "content-type": "application/json" };
      return [
        ...[...bodiesOf(method, url)].map((payload) => ({ ...to, headers: json, payload })),
        { ...to, headers: { authorization, "content-type": "text/weird" }, payload: "x" },
      ];
    }
    const typed = { cookie, "content-type": "application/x-www-form-urlencoded" };
    const values = ["%00", "-1", "1e999", "%ED%A0%80", "99999999999999999999", LONG];
    const forms = [0, 1, 2].map((on) => {
      const fields = FIELDS.map((field, at) => `${field}=${values[(place + at + on) % values.length]}`).join("&");
      const twice = on === 2 ? `&${fields}` : "";
      return { ...to, headers: typed, payload: `_csrf=${encodeURIComponent(token)}&${fields}${twice}` };
    });
    const multipart = { cookie, "content-type": "multipart/form-data; boundary=b" };
    const part = '--b\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nx';
    // How parts are read is one code for all forms: those with a file get every broken one, each other form one.
    const sent = ["", "x", "--b", "--b\r\n\r\n", part];
    const parts = /\/(upload|file|evidence|bounces)$/.test(url) ? sent : [sent[place % sent.length] ?? ""];
    return [...forms, ...parts.map((payload) => ({ ...to, headers: multipart, payload }))];
  });
  expect(requests.length).toBeGreaterThan(800);
  const broken = await brokenBy(requests);
  expect(broken).toEqual([]);
  const { rows } = await sql<{
    people: number;
  }>`select count(*)::int as people from person where until is null`.execute(db);
  expect(rows[0]?.people).toBeGreaterThanOrEqual(Object.keys(PEOPLE).length);
}, 120_000);
