import { afterAll, describe, expect, test } from "vitest";
import { CLIENT, goThrough, OTHER_CLIENT, testProvider } from "../../testing-oidc.ts";
import { cookieOf, PEOPLE, testApp } from "../../testing.ts";

const BASE_URL = "http://localhost:3000";
const CALLBACK = `${BASE_URL}/sign-in/oidc/callback`;
const provider = await testProvider(
  {
    owner: { email: PEOPLE.owner.toUpperCase(), email_verified: true },
    executive: { email: PEOPLE.executive },
    stranger: { email: "stranger@example.org", email_verified: true },
    unverified: { email: PEOPLE.chair, email_verified: false },
    nameless: {},
  },
  CALLBACK,
);
await provider.pause();
const { app, db, close } = await testApp({ BASE_URL, OIDC_ISSUER: provider.issuer, ...CLIENT });
afterAll(() => Promise.all([close(), provider.close()]));

let visits = 0;
/** Every browser is on another network, so that their failures do not count as one's. */
const network = () => `192.0.${Math.trunc(visits / 250)}.${(visits++ % 250) + 1}`;
const see = (url: string, cookie = "") => app.inject({ url, headers: { cookie }, remoteAddress: network() });

async function begin(next = "") {
  const answer = await see(`/sign-in/oidc?next=${encodeURIComponent(next)}`);
  return { address: answer.headers.location ?? "", cookie: cookieOf(answer), answer };
}
async function signInAs(account: string, next = "") {
  provider.signedIn.account = account;
  const { address, cookie } = await begin(next);
  const back = await goThrough(address, CALLBACK);
  return { back, cookie, answer: await see(back.pathname + back.search, cookie) };
}
async function lastAudit() {
  const found = db.selectFrom("audit").select(["actor", "action", "detail"]).orderBy("id", "desc").limit(1);
  return found.executeTakeFirst();
}
const isSignedIn = async (cookie: string) => (await see("/account", cookie)).statusCode === 200;

const away = await see("/sign-in/oidc");
await provider.resume();

test("while the provider is away the page says so, and asks again when it is back", async () => {
  expect(away.statusCode).toBe(503);
  expect(away.body).toContain("The sign-in service does not answer");
  expect((await see("/sign-in/oidc")).statusCode).toBe(303);
});

describe("signing in with a work account", () => {
  test("is offered first on the page, where a provider is set", async () => {
    const { body } = await see("/sign-in?next=/escalations");
    expect(body.indexOf('href="/sign-in/oidc?next=')).toBeGreaterThan(0);
    expect(body.indexOf("/sign-in/oidc")).toBeLessThan(body.indexOf("Mail me a link"));
  });

  test("asks with PKCE, state and nonce, for the address alone", async () => {
    const asked = new URL((await begin()).address).searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("scope")).toBe("openid email");
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)?.length).toBeGreaterThan(30);
  });

  test("finds the person by their address, in a session of a new name, and leads on", async () => {
    const { cookie, answer } = await signInAs("owner", "/submissions/1?from=mail");
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/submissions/1?from=mail"]);
    const own = cookieOf(answer);
    expect(own).not.toBe(cookie);
    expect((await see("/account", own)).body).toContain(PEOPLE.owner);
    expect(await isSignedIn(cookie)).toBe(false);
    const detail = { by: "work account", issuer: provider.issuer };
    expect(await lastAudit()).toEqual({ actor: PEOPLE.owner, action: "signed-in", detail });
  });

  test("takes the word of a provider that does not say whether the address was checked", async () => {
    const { answer } = await signInAs("executive");
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/"]);
  });

  test.each([
    ["stranger", "Nobody in its catalogue has this address", "stranger@example.org", "nobody of the catalogue"],
    ["unverified", "has not checked it yet", PEOPLE.chair, "address not verified"],
    ["nameless", "did not say what your e-mail address is", "nobody", "no address"],
    ["", "said no", "nobody", "access_denied"],
  ])("is refused to %s, in words, and recorded", async (account, words, actor, why) => {
    const { answer } = await signInAs(account, "/escalations");
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain("/sign-in?next=%2Fescalations");
    expect(await isSignedIn(cookieOf(answer))).toBe(false);
    expect(await lastAudit()).toEqual({ actor, action: "sign-in-refused", detail: { by: "work account", why } });
  });

  test.each(["//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "/%0d%0aLocation:evil"])(
    "does not lead to %s",
    async (next) => {
      const { answer } = await signInAs("owner", next);
      expect(answer.statusCode).toBe(303);
      expect(new URL(answer.headers.location ?? "", BASE_URL).host).toBe("localhost:3000");
    },
  );
});

describe("an attack", () => {
  /** What comes back for the owner, and the cookie of the browser that began it. */
  async function comingBack(change: (address: URL) => void = () => {}) {
    provider.signedIn.account = "owner";
    const { address, cookie } = await begin();
    const asked = new URL(address);
    change(asked);
    return { back: await goThrough(asked.href, CALLBACK), cookie };
  }
  async function isRefused(back: URL, cookie: string, status = 403) {
    const answer = await see(back.pathname + back.search, cookie);
    expect([answer.statusCode, answer.body]).toEqual([status, expect.stringContaining("Back to signing in")]);
    expect(await isSignedIn(cookieOf(answer) || cookie)).toBe(false);
    expect((await lastAudit())?.action).toBe("sign-in-refused");
  }

  test("by the same answer again fails, in this browser and in another", async () => {
    const { back, cookie, answer } = await signInAs("owner");
    expect(answer.statusCode).toBe(303);
    await isRefused(back, cookie, 400);
    await isRefused(back, (await begin()).cookie);
    await isRefused(back, "", 400);
  });

  test("by an answer that another browser began fails", async () => {
    const { back } = await comingBack();
    await isRefused(back, (await begin()).cookie);
  });

  test("by another state fails, and what was begun is over", async () => {
    const { back, cookie } = await comingBack();
    const wrong = new URL(back);
    wrong.searchParams.set("state", "another");
    await isRefused(wrong, cookie);
    await isRefused(back, cookie, 400);
  });

  test("by a token with another nonce fails", async () => {
    const { back, cookie } = await comingBack((asked) => asked.searchParams.set("nonce", "another"));
    await isRefused(back, cookie);
  });

  test("by a code that was asked for with another challenge fails", async () => {
    const { back, cookie } = await comingBack((asked) => asked.searchParams.set("code_challenge", "A".repeat(43)));
    await isRefused(back, cookie);
  });

  test("by a code of another program fails", async () => {
    const { back, cookie } = await comingBack((asked) => asked.searchParams.set("client_id", OTHER_CLIENT));
    await isRefused(back, cookie);
  });

  test.each(["https://evil.example.org", null])("by an answer of the issuer %s fails", async (issuer) => {
    const { back, cookie } = await comingBack();
    if (issuer === null) back.searchParams.delete("iss");
    else back.searchParams.set("iss", issuer);
    await isRefused(back, cookie);
  });

  test("by trying on and on is held up, with when to come back", async () => {
    const from = () => app.inject({ url: "/sign-in/oidc/callback?code=x&state=y", remoteAddress: "198.51.100.1" });
    const answers = [];
    for (let i = 0; i < 33; i++) answers.push(await from());
    expect(answers.filter(({ statusCode }) => statusCode === 400)).toHaveLength(31);
    expect(answers.at(-1)?.statusCode).toBe(429);
    expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
  });
});

test("where no provider is set, there is nothing to sign in with", async () => {
  const other = await testApp();
  expect((await other.app.inject("/sign-in/oidc")).statusCode).toBe(404);
  expect((await other.app.inject("/sign-in/oidc/callback?code=x")).statusCode).toBe(404);
  expect((await other.app.inject("/sign-in")).body).not.toContain("/sign-in/oidc");
  await other.close();
});
