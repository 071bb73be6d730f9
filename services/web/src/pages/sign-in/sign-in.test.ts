import { afterAll, describe, expect, test } from "vitest";
import { readMessage } from "../../mail-message.ts";
import { cookieOf, form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const world = await testApp();
const sending = await testApp({ SMTP_URL: "smtp://mail.example.org" });
const exposed = await testApp({ HOST: "0.0.0.0" });
afterAll(() => Promise.all([world, sending, exposed].map((one) => one.close())));
const { app, db, signInAs } = world;

/** Asks for a link as a browser does. */
async function askFor(email: string, next = "", { app: asked } = world) {
  const page = await asked.inject(`/sign-in?next=${encodeURIComponent(next)}`);
  return asked.inject(form("/sign-in", { email, next, _csrf: tokenIn(page.body) }, cookieOf(page)));
}

/** The link in the mail that was written last. */
async function lastLink(): Promise<string> {
  const { raw } = await db
    .selectFrom("mail")
    .select("raw")
    .where("kind", "=", "sign-in")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const text = raw === null ? "" : (readMessage(raw).text ?? "");
  return /Sign in: (\S+)/.exec(text)?.[1] ?? "";
}

async function follow(link: string) {
  const { pathname, search } = new URL(link);
  const page = await app.inject(pathname + search);
  const next = /name="next" value="([^"]*)"/.exec(page.body)?.[1] ?? "";
  return app.inject(form(pathname, { next, _csrf: tokenIn(page.body) }, cookieOf(page)));
}

const caseless = (html: string, email: string) => html.replaceAll(email, "ADDRESS").replaceAll(/nonce="[^"]*"/g, "");

describe("a link by e-mail", () => {
  test("is answered the same whether or not the address is known, and mailed only to who is", async () => {
    const known = await askFor(PEOPLE.submitter);
    const unknown = await askFor("stranger@example.org");
    expect([known.statusCode, unknown.statusCode]).toEqual([200, 200]);
    expect(caseless(unknown.body, "stranger@example.org")).toBe(caseless(known.body, PEOPLE.submitter));
    const mails = await db.selectFrom("mail").select("recipient").where("kind", "=", "sign-in").execute();
    expect(mails).toEqual([{ recipient: PEOPLE.submitter }]);
  });

  test("signs the person in, leads back to the page they came from, and works once", async () => {
    await askFor(PEOPLE.submitter, "/submissions/1?from=mail");
    const link = await lastLink();
    const signedIn = await follow(link);
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, "/submissions/1?from=mail"]);
    const page = await app.inject({ url: "/submissions/1", headers: { cookie: cookieOf(signedIn) } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Signed in as Sam Submitter");
    expect((await app.inject(new URL(link).pathname)).statusCode).toBe(404);
    const trail = await db.selectFrom("audit").select("action").where("actor", "=", PEOPLE.submitter).execute();
    expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(["sign-in-link-mailed", "signed-in"]));
  });

  test.each(["//evil.example.org", "https://evil.example.org", "/\\evil.example.org", "javascript:alert(1)"])(
    "does not lead to %s",
    async (next) => {
      const page = await app.inject(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(page.body).not.toContain("evil");
      expect(page.body).not.toContain("alert");
    },
  );

  test("an address that is none is refused, with what to enter", async () => {
    const answer = await askFor('sam"@example.org\r\nBcc: all@example.org');
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("Enter an e-mail address in the correct format");
  });

  test("is not asked for without end", async () => {
    const answers = await Promise.all(
      Array.from({ length: 35 }, (_, i) => askFor(`stranger-${i}@example.org`, "", sending)),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5);
  });
});

describe("the list of people to sign in as", () => {
  const asSubmitter = async ({ app: asked }: typeof world) => {
    const page = await asked.inject("/sign-in");
    return asked.inject(form("/sign-in/as", { person: PEOPLE.submitter, _csrf: tokenIn(page.body) }, cookieOf(page)));
  };

  test("is there where everything is embedded", async () => {
    expect((await app.inject("/sign-in")).body).toContain("Submitter, Northwick Hospitals");
    expect((await asSubmitter(world)).statusCode).toBe(303);
  });

  test.each([
    ["mail is sent", sending],
    ["others can connect", exposed],
  ])("is not there where %s", async (_, other) => {
    expect((await other.app.inject("/sign-in")).body).not.toContain(PEOPLE.submitter);
    expect((await asSubmitter(other)).statusCode).toBe(404);
  });

  test("is not there under another site's name", async () => {
    const headers = { host: "rebound.example.com" };
    expect((await app.inject({ url: "/sign-in", headers })).body).not.toContain(PEOPLE.submitter);
  });
});

test("who left the catalogue is nobody from then on", async () => {
  const cookie = await signInAs("owner");
  const see = () => app.inject({ url: "/escalations", headers: { cookie } });
  expect((await see()).statusCode).toBe(200);
  const loaded = { loaded_at: Temporal.Now.instant().toString(), loaded_by: "test" };
  const { id: until } = await db
    .insertInto("catalogue_version")
    .values(loaded)
    .returning("id")
    .executeTakeFirstOrThrow();
  await db.updateTable("person").set({ until }).where("email", "=", PEOPLE.owner).execute();
  expect((await see()).statusCode).toBe(401);
});
