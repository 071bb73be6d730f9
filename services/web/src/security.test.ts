import { makeSignInLink } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { ruleOf } from "./access.ts";
import { routesOf } from "./known-routes.ts";
import { cookieOf, form, PEOPLE, testApp, tokenIn } from "./testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, db, key, ids, signIn, close } = await testApp({}, { advanceClock });
const behindTls = await testApp({ BASE_URL: "https://signalbox.example.org" });
afterAll(() => Promise.all([close(), behindTls.close()]));

/** People whose organisation and forum are not those of the case, the submission and the series that there are. */
const OTHERS = { provider: "rb.owner@example.org", board: "ec.chair@example.org" } as const;
const { id: since } = await db.selectFrom("catalogue_version").select("id").executeTakeFirstOrThrow();
await db
  .updateTable("protocol")
  .set({ body: JSON.stringify({ escalate: ["system", "provider"] }) })
  .execute();
const ofProvider = (role: string) => {
  const organisation = { organisation: "RB", forum: null };
  return { since, email: OTHERS.provider, name: "Rob Other", role, ...organisation };
};
await db
  .insertInto("person")
  .values([
    ...["owner", "submitter", "executive", "analyst"].map((role) => ofProvider(role)),
    { since, email: OTHERS.board, name: "Eve Other", role: "chair", organisation: null, forum: "EC" },
  ])
  .execute();
const NAMES_OF_OTHERS = /Northwick|Kestrel|march\.csv|71\.5|96\.25|(olu|erin|sam)\.\w+@/;

/** A board may know that a provider is there: it sees its area's figures of it. */
const FIGURES_OF_OTHERS = new RegExp(NAMES_OF_OTHERS.source.replace("Northwick|", ""));

const see = (url: string, cookie = "") => app.inject({ url, headers: { cookie } });
async function signInAs(person: string): Promise<string> {
  const page = await see("/sign-in");
  return cookieOf(await app.inject(form("/sign-in/as", { person, _csrf: tokenIn(page.body) }, cookieOf(page))));
}
async function tokenOf(cookie: string): Promise<string> {
  return tokenIn((await see("/account", cookie)).body);
}
const operator = await signIn();
const [provider, board, chair] = await Promise.all([OTHERS.provider, OTHERS.board, PEOPLE.chair].map(signInAs));

const routes = routesOf(app).filter(({ method }) => method !== "HEAD");
const isPage = (url: string) => !/^\/(api\/v1|health|metrics|assets)/.test(url);
const isDashboard = (url: string) => url.startsWith("/operations/queues");
/** The address of a route where every part names what is not the caller's. */
const addressOf = (url: string) =>
  url
    .replace("/returns/:organisation/:frequency/:day/:month", "/returns/RA/monthly/10/2024-03")
    .replace("/:work/:id/:act", "/series/1/retry")
    .replace("/notices/:id", `/notices/${ids.notice}`)
    .replace("/escalations/:id", `/escalations/${ids.escalation}`)
    .replace(":metric", "ae-4h")
    .replace(":organisation", "RA")
    .replace("*", "x")
    .replace(/:\w+/g, "1");

/** A mail as it was sent, styles and all, in a frame of its own. */
const MAIL = "/mail/:id/html";

describe("every page", async () => {
  const pages = routes.filter(({ method, url }) => method === "GET" && isPage(url) && !isDashboard(url));
  const shown = await Promise.all(
    pages.map(async ({ url }) => ({ url, answer: await see(addressOf(url).replace("/x", ""), operator) })),
  );

  test("has a policy that lets nothing inline run, or be styled, and nobody frame it", () => {
    for (const { url, answer } of shown.filter((one) => one.url !== MAIL)) {
      const policy = String(answer.headers["content-security-policy"]);
      expect([url, policy]).toEqual([url, expect.stringContaining("default-src 'none'")]);
      expect([url, policy]).not.toEqual([url, expect.stringMatching(/unsafe-(inline|eval|hashes)/)]);
      expect([url, policy]).toEqual([url, expect.stringMatching(/frame-ancestors '(none|self)'/)]);
      expect([url, answer.headers["x-frame-options"]]).toEqual([url, "SAMEORIGIN"]);
      expect([url, answer.headers["x-content-type-options"]]).toEqual([url, "nosniff"]);
    }
  });

  test("keeps to that policy: no script, style or handler stands in its HTML", () => {
    const html = shown.filter(({ answer }) => String(answer.headers["content-type"]).startsWith("text/html"));
    expect(html.length).toBeGreaterThan(15);
    for (const { url, answer } of html.filter((one) => one.url !== MAIL)) {
      const inline = answer.body.match(/<script(?![^>]*\b(?:src|nonce)=)[^>]*>|<style|<[a-z][^>]*\s(?:style|on\w+)=/gi);
      expect([url, inline]).toEqual([url, null]);
    }
  });

  test("is kept by no browser and no proxy, whatever it says", () => {
    for (const { url, answer } of shown) {
      // A chart is asked about again each time.
      const kept = url.endsWith(".png") ? "private, no-cache" : "no-store";
      expect([url, answer.headers["cache-control"]]).toEqual([url, kept]);
    }
  });
});

test("a mail that is shown as it was sent runs nothing, and reaches nothing", async () => {
  const policy = String((await see(`/mail/${ids.mail}/html`)).headers["content-security-policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/sandbox(?!.*allow-scripts)/);
  expect(policy).not.toContain("script-src");
});

test("the queues' dashboard may be framed by nobody, and runs only its own scripts", async () => {
  const { headers } = await see("/operations/queues", operator);
  expect(headers["content-security-policy"]).toContain("script-src 'self';");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
});

test("what the API says is kept by no proxy", async () => {
  const headers = { authorization: `Bearer ${await key("RA", "read")}` };
  const answer = await app.inject({ url: `/api/v1/submissions/${ids.submission}`, headers });
  expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
});

describe("behind TLS", () => {
  const asked = { url: "/sign-in", headers: { "x-forwarded-proto": "https" } };
  test("browsers are told to come back by TLS alone; elsewhere they are not", async () => {
    const answer = await behindTls.app.inject(asked);
    expect(answer.headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
    expect((await see("/sign-in")).headers["strict-transport-security"]).toBeUndefined();
  });

  test("the session's cookie goes by TLS alone, and never to a script or another site's form", async () => {
    const flags = String((await behindTls.app.inject(asked)).headers["set-cookie"]);
    expect(flags).toMatch(/; Path=\/;.*; HttpOnly; Secure; SameSite=Lax/);
    const plain = String((await see("/sign-in")).headers["set-cookie"]);
    expect(plain).toMatch(/; HttpOnly; SameSite=Lax/);
    expect(plain).not.toContain("Secure");
  });
});

describe("a form that did not come from here", () => {
  const forms = routes.filter(({ method, url }) => method !== "GET" && isPage(url));
  const send = (method: string, url: string, _csrf: string) => {
    const request = form(addressOf(url), { _csrf }, operator);
    return app.inject({ ...request, method: method as "POST" });
  };

  test("changes nothing, without a token or with another session's", async () => {
    const others = await tokenOf(provider ?? "");
    expect(others).not.toBe("");
    for (const { method, url } of forms) {
      for (const token of ["", others]) {
        const answer = await send(method, url, token);
        // A form with a file has its token in the file's own form, and is refused as no such form.
        expect([url, answer.statusCode]).toEqual([url, expect.toBeOneOf([403, 415])]);
        expect([url, answer.body]).toEqual([
          url,
          expect.stringMatching(/form has gone stale|did not come from the dashboard|Send the form/),
        ]);
      }
    }
  });

  test("with a file changes nothing either", async () => {
    const files = forms.filter(({ url }) => /\/upload$|\/file$/.test(url));
    expect(files.length).toBeGreaterThan(0);
    for (const { url } of files) {
      const headers = { cookie: operator, "content-type": "multipart/form-data; boundary=b" };
      const payload = '--b\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\nforged\r\n--b--\r\n';
      const answer = await app.inject({ method: "POST", url: addressOf(url), headers, payload });
      expect([url, answer.statusCode]).toEqual([url, 403]);
    }
  });

  test("is not taken by the API from a session, whose cookie goes along with anything", async () => {
    const acts = routes.filter(({ method, url }) => method !== "GET" && url.startsWith("/api/"));
    const token = await tokenOf(operator);
    for (const { method, url } of acts) {
      const answer = await send(method, url, token);
      expect([url, answer.statusCode]).toEqual([url, 403]);
    }
  });
});

describe("a session", () => {
  test("that somebody laid under a browser signs nobody in", async () => {
    const laid = await see("/sign-in");
    const path = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
    const look = await see(path, cookieOf(laid));
    for (const [to, fields] of [
      [path, {}],
      ["/sign-in/as", { person: PEOPLE.owner }],
    ] as const) {
      const answer = await app.inject(form(to, { ...fields, _csrf: tokenIn(look.body) }, cookieOf(laid)));
      if (to === path) expect((await see("/account", cookieOf(answer))).statusCode).toBe(200);
      expect((await see("/account", cookieOf(laid))).statusCode).toBe(401);
    }
  });

  test("is no use with a name that was not given here", async () => {
    expect((await see("/account", "signalbox_session=made-up.signature")).statusCode).toBe(401);
    expect((await see("/account", `${operator.slice(0, -4)}AAAA`)).statusCode).toBe(401);
  });
});

describe("what is of others", () => {
  const named = routes.filter(
    ({ method, url }) => url.includes(":") && !["kept-mail", "embedded"].includes(ruleOf(method, url)),
  );

  function askedBy({ cookie, token }: { cookie: string; token: string }, { method, url }: (typeof named)[number]) {
    const request = form(addressOf(url), { _csrf: token, note: "x", reason: "x" }, cookie);
    return app.inject(
      method === "GET" ? { url: addressOf(url), headers: { cookie } } : { ...request, method: method as "POST" },
    );
  }

  test.each([
    ["an owner of another provider", provider],
    ["the chair of another board", board],
  ])("is not there for %s, by whatever address", async (_, cookie = "") => {
    const token = await tokenOf(cookie);
    for (const route of named) {
      const answer = await askedBy({ cookie, token }, route);
      // What takes a file is no such form, before anybody looks whose it is.
      const refused = /\/(evidence|file|upload)$/.test(route.url) ? [403, 404, 415] : [403, 404];
      expect([route.url, answer.statusCode]).toEqual([route.url, expect.toBeOneOf(refused)]);
      expect([route.url, NAMES_OF_OTHERS.exec(answer.body)?.[0]]).toEqual([route.url, undefined]);
    }
  });

  test("is not there for a key of another provider", async () => {
    const headers = { authorization: `Bearer ${await key("RB", "read", "submit", "operate")}` };
    for (const { method, url } of named.filter((one) => one.url.startsWith("/api/"))) {
      const json = method === "GET" ? {} : { payload: {} };
      const answer = await app.inject({ method: method as "GET", url: addressOf(url), headers, ...json });
      expect([url, answer.statusCode]).toEqual([url, expect.toBeOneOf([400, 403, 404])]);
      expect([url, NAMES_OF_OTHERS.exec(answer.body)?.[0]]).toEqual([url, undefined]);
    }
  });

  test("is in no list, whatever filter names it", async () => {
    const lists = routes.filter(({ method, url }) => method === "GET" && !/[:*]/.test(url));
    const wanted = lists.filter(({ url }) => !["kept-mail", "anyone"].includes(ruleOf("GET", url)));
    expect(wanted.length).toBeGreaterThan(10);
    const query = `organisation=RA&metric=ae-4h&forum=SLT&area=UEC&escalation=${ids.escalation}&recipient=chair@example.org`;
    for (const { url } of wanted) {
      for (const [who, cookie, secret] of [
        ["provider", provider, NAMES_OF_OTHERS],
        ["board", board, FIGURES_OF_OTHERS],
      ] as const) {
        const answer = await see(`${url}?${query}`, cookie);
        expect([url, answer.statusCode]).toEqual([url, expect.toBeOneOf([200, 400, 403, 404])]);
        const told = answer.body.replaceAll(/<option[^]*?<\/option>/g, "");
        expect([who, url, secret.exec(told)?.[0]]).toEqual([who, url, undefined]);
      }
    }
  });

  test("is before a board's chair as a case, and not as a submission, a file or a ward's series", async () => {
    const status = async (url: string) => (await see(url, chair)).statusCode;
    expect(await status(`/escalations/${ids.escalation}`)).toBe(200);
    for (const url of [
      `/submissions/${ids.submission}`,
      `/submissions/${ids.submission}/marked.csv`,
      `/api/v1/submissions/${ids.submission}/file`,
      `/api/v1/submissions/${ids.submission}/changes`,
      `/api/v1/notices/${ids.notice}/message`,
      "/returns/RA/monthly/10/2024-03",
    ]) {
      expect([url, await status(url)]).toEqual([url, 404]);
    }
  });
});
