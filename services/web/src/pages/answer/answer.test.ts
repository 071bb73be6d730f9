import { answerToken, makeSignInLink, putTestTime } from "@signalbox/db";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { access } from "../../access.ts";
import { withinReach } from "../../answering/within-link.ts";
import { cookieOf, form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const SESSION_SECRET = "a secret of this machine, kept for tests alone";
const { app, db, ids, signInAs, close } = await testApp({ SESSION_SECRET });
afterAll(close);

const MONDAY = Temporal.Instant.from("2024-04-22T09:00:00Z");
const expiresAt = Temporal.Instant.from("2024-05-15T00:00:00Z");
const { escalation } = ids;

/** The owner's link to answer the seeded request for a plan, as it was mailed. */
const link = await (async () => {
  const { id: request } = await db
    .updateTable("request")
    .set({ recipients: [PEOPLE.owner] })
    .where("escalation", "=", escalation)
    .returning("id")
    .executeTakeFirstOrThrow();
  const row = { request, escalation, person: PEOPLE.owner };
  const { id } = await db
    .insertInto("answer_link")
    .values({ ...row, made_at: MONDAY.toString(), expires_at: expiresAt.toString() })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, ...row };
})();
const token = answerToken(link, expiresAt, SESSION_SECRET);
const path = `/answer/${token}`;
const ofPeople = { accept: "text/html" };

beforeEach(async () => {
  await putTestTime(db, MONDAY);
  await db.updateTable("answer_link").set({ revoked_at: null, revoked_by: null, used_at: null }).execute();
  await db
    .updateTable("request")
    .set({ stage: "asked", ended_at: null, recipients: [PEOPLE.owner] })
    .execute();
});

const kept = async () => [
  await db.selectFrom("answer_link").selectAll().execute(),
  await db.selectFrom("request").selectAll().execute(),
  await db.selectFrom("audit").selectAll().where("action", "like", "answer-link%").execute(),
];

/** Presses the button of the link's page, and returns the cookie of the sign-in that it opens. */
async function opened(at = path, cookie = ""): Promise<string> {
  const read = await app.inject({ url: at, headers: { cookie } });
  const sent = cookie === "" ? cookieOf(read) : cookie;
  const answer = await app.inject(form(at, { _csrf: tokenIn(read.body) }, sent));
  expect(answer.statusCode).toBe(303);
  return cookieOf(answer);
}

test("every route within a link's reach is one there is", () => {
  expect(Object.keys(withinReach).filter((route) => !(route in access))).toEqual([]);
});

describe("looking at a link", () => {
  test.each(["GET", "HEAD"] as const)("changes nothing, however often a scanner looks: %s", async (method) => {
    const before = await kept();
    for (let times = 0; times < 3; times++) {
      const answer = await app.inject({ method, url: path });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["referrer-policy"]).toBe("no-referrer");
      expect(answer.headers["cache-control"]).toBe("no-store");
    }
    expect(await kept()).toEqual(before);
  });

  test("says what is asked of whom and by when, and no figure", async () => {
    const { body } = await app.inject(path);
    expect(body).toContain('<h1 class="nhsuk-heading-xl">Action plan asked for</h1>');
    for (const words of ["Olu Owner", "A&amp;E four-hour performance, Northwick Hospitals", "March 2024", "7 May 2024"])
      expect(body).toContain(words);
    expect(body).not.toContain("71.5");
  });

  test("a form that did not come from its page opens nothing", async () => {
    const answer = await app.inject(form(path, {}, ""));
    expect(answer.statusCode).toBe(403);
    expect((await kept())[2]).toEqual([]);
  });
});

describe("an opened link", () => {
  test("shows its case as its person may see it, under a session of a new name", async () => {
    const read = await app.inject(path);
    const cookie = await opened(path, cookieOf(read));
    expect(cookie).not.toBe(cookieOf(read));
    const shown = await app.inject({ url: `/escalations/${escalation}`, headers: { cookie } });
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain("71.5%");
    expect(shown.body).toContain("You answer as Olu Owner, by the link of a mail");
    expect((await app.inject({ url: "/series/ae-4h/RA", headers: { cookie } })).statusCode).toBe(200);
    // The session that was there before opens nothing: nobody can lay one under somebody's browser.
    const fixed = await app.inject({
      url: `/escalations/${escalation}`,
      headers: { ...ofPeople, cookie: cookieOf(read) },
    });
    expect(fixed.statusCode).toBe(401);
  });

  test("reaches nothing else: no other case, series, list, account or API", async () => {
    const cookie = await opened();
    const beyond = [
      `/escalations/${escalation + 100}`,
      "/escalations",
      "/action-plans",
      "/commentary",
      "/series/ae-4h/RB",
      "/series/staff-survey/RA",
      "/scorecards",
      "/thresholds",
      "/account",
      "/calendar",
      "/submissions",
      `/submissions/${ids.submission}`,
      "/api/v1/escalations",
      `/api/v1/escalations/${escalation}`,
      `/api/v1/notices/${ids.notice}/message`,
      "/commentary/ae-4h/RA/2024-03",
    ];
    const answers = await Promise.all(beyond.map(async (url) => app.inject({ url, headers: { cookie } })));
    expect(answers.map(({ statusCode }, at) => [beyond[at], statusCode])).toEqual(beyond.map((url) => [url, 403]));
    const home = await app.inject({ url: "/", headers: { cookie } });
    expect([home.statusCode, home.headers.location]).toEqual([303, "/answer"]);
  });

  test("acts as its person, once more or often, and the trail says that it was opened", async () => {
    for (let times = 0; times < 2; times++) {
      const cookie = await opened();
      const page = await app.inject({ url: `/escalations/${escalation}`, headers: { cookie } });
      const fields = { note: "Seen by the link", _csrf: tokenIn(page.body) };
      const sent = await app.inject(form(`/escalations/${escalation}/acknowledgement`, fields, cookie));
      expect(sent.statusCode).toBe(303);
    }
    const acknowledged = await db.selectFrom("acknowledgement").select(["by", "note"]).execute();
    expect(acknowledged).toEqual([{ by: PEOPLE.owner, note: "Seen by the link" }]);
    const trail = await db
      .selectFrom("audit")
      .select(["actor", "subject"])
      .where("action", "=", "answer-link-opened")
      .execute();
    expect(trail.slice(-2)).toEqual([1, 2].map(() => ({ actor: PEOPLE.owner, subject: `answer link ${link.id}` })));
  });

  test("writes the plan of its case, and opens no plan that answers another case, or more than this one", async () => {
    const cookie = await opened();
    const csrf = tokenIn((await app.inject({ url: `/escalations/${escalation}`, headers: { cookie } })).body);
    const begun = await app.inject(form(`/escalations/${escalation}/plan`, { _csrf: csrf }, cookie));
    expect([begun.statusCode, begun.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/action-plans\/\d+\/edit$/),
    ]);
    const edit = begun.headers.location ?? "";
    const see = async () => (await app.inject({ url: edit, headers: { cookie } })).statusCode;
    expect(await see()).toBe(200);
    const [plan] = await db.selectFrom("action_plan").select("id").execute();
    await db.updateTable("action_plan").set({ organisation: "RB" }).execute();
    expect(await see()).toBe(403);
    await db.updateTable("action_plan").set({ organisation: "RA" }).execute();
    const other = {
      concern: "performance",
      organisation: "RA",
      metric: "ae-4h",
      area: "UEC",
      frequency: "monthly",
    } as const;
    const { id } = await db
      .insertInto("escalation")
      .values({
        ...other,
        series: ids.series,
        tier: "board",
        forum: "UEC",
        raised_in: 24_000,
        ended_in: 24_001,
        standing: false,
        previous: null,
        shown_at: MONDAY.toString(),
        raised_at: MONDAY.toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("action_plan_case")
      .values({ plan: plan?.id ?? 0, escalation: id, added_by: "test", added_at: MONDAY.toString() })
      .execute();
    expect(await see()).toBe(403);
    expect((await app.inject({ url: `/escalations/${id}`, headers: { cookie } })).statusCode).toBe(403);
  });

  test("never takes the place of a sign-in", async () => {
    const cookie = await signInAs("member");
    const read = await app.inject({ url: path, headers: { cookie } });
    expect(read.body).toContain("You are signed in as Mel Member. This link is for Olu Owner.");
    const csrf = tokenIn(read.body);
    await app.inject(form(path, { _csrf: csrf }, cookie));
    expect((await app.inject({ url: "/account", headers: { cookie } })).body).toContain(PEOPLE.member);
  });

  test("works for the next in line while who is asked cannot be reached, and no longer", async () => {
    await db
      .updateTable("request")
      .set({ recipients: [PEOPLE.submitter] })
      .execute();
    expect((await app.inject(path)).statusCode).toBe(410);
    const bounce = { address: PEOPLE.submitter, found_by: "import", said: "550 no", at: MONDAY.toString() } as const;
    await db.insertInto("bounce").values(bounce).execute();
    const cookie = await opened();
    expect((await app.inject({ url: `/escalations/${escalation}`, headers: { cookie } })).statusCode).toBe(200);
    await db.deleteFrom("bounce").execute();
    expect((await app.inject(path)).statusCode).toBe(410);
  });

  test("gives way to its person's own sign-in", async () => {
    const cookie = await opened();
    const signIn = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
    const page = await app.inject({ url: signIn, headers: { cookie } });
    const mine = cookieOf(await app.inject(form(signIn, { _csrf: tokenIn(page.body) }, cookie)));
    expect((await app.inject({ url: "/operations", headers: { cookie: mine } })).statusCode).toBe(200);
  });
});

describe("a link that opens nothing", () => {
  const altered: readonly (readonly [string, string])[] = [
    ["tampered with", `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`],
    ["of another number", token.replace(/^\d+/, String(link.id + 1))],
    ["with a later day", token.replace(/-\d+-/, "-1899999999-")],
    ["signed by another machine", answerToken(link, expiresAt, "another secret, of another machine altogether")],
    ["signed for another case", answerToken({ ...link, escalation: escalation + 1 }, expiresAt, SESSION_SECRET)],
    ["signed for another person", answerToken({ ...link, person: PEOPLE.executive }, expiresAt, SESSION_SECRET)],
    ["cut short", token.slice(0, 20)],
  ];
  test.each(altered)("%s says what to do, and no more", async (_what, given) => {
    const answer = await app.inject({ url: `/answer/${given}`, remoteAddress: "192.0.2.7" });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain("This link does not work");
    expect(answer.body).toContain('href="/sign-in"');
    expect(answer.body).not.toContain("Northwick");
  });

  const over: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ["that ran out", "This link has run out", () => putTestTime(db, expiresAt)],
    [
      "that was ended",
      "This link was ended",
      () => db.updateTable("answer_link").set({ revoked_at: MONDAY.toString(), revoked_by: PEOPLE.operator }).execute(),
    ],
    [
      "whose request was answered",
      "This has been answered",
      () => db.updateTable("request").set({ stage: "answered", ended_at: MONDAY.toString() }).execute(),
    ],
    [
      "whose request was taken back",
      "not asked of you any more",
      () => db.updateTable("request").set({ stage: "withdrawn", ended_at: MONDAY.toString() }).execute(),
    ],
    [
      "whose owner changed",
      "not asked of you any more",
      () =>
        db
          .updateTable("request")
          .set({ recipients: ["new.owner@example.org"] })
          .execute(),
    ],
  ];
  test.each(over)("%s says why, and shuts what it had opened", async (_what, words, happens) => {
    const cookie = await opened();
    await happens();
    const answer = await app.inject(path);
    expect(answer.statusCode).toBe(410);
    expect(answer.body).toContain(words);
    const shut = await app.inject({ url: `/escalations/${escalation}`, headers: { cookie } });
    expect([shut.statusCode, shut.headers.location]).toEqual([303, "/answer"]);
    expect((await app.inject({ url: "/answer", headers: { cookie } })).body).toContain(words);
    const page = await app.inject(`/sign-in`);
    const acted = await app.inject(form(path, { _csrf: tokenIn(page.body) }, cookieOf(page)));
    expect(acted.statusCode).toBe(410);
  });

  test("its person ends it from the mail, and then nobody opens it", async () => {
    const cookie = await opened();
    const page = await app.inject(path);
    const ended = await app.inject(form(`${path}/end`, { _csrf: tokenIn(page.body) }, cookieOf(page)));
    expect(ended.body).toContain("This link was ended");
    expect((await app.inject(path)).statusCode).toBe(410);
    expect((await app.inject({ url: `/series/ae-4h/RA`, headers: { cookie } })).statusCode).toBe(303);
    const { revoked_by } = await db.selectFrom("answer_link").selectAll().executeTakeFirstOrThrow();
    expect(revoked_by).toBe(PEOPLE.owner);
  });

  test("an operator ends it from the case's page; nobody else ends another's", async () => {
    const at = `/escalations/${escalation}`;
    const end = async (who: "owner" | "operator" | "executive") => {
      const cookie = await signInAs(who);
      const page = await app.inject({ url: at, headers: { cookie } });
      const csrf = tokenIn((await app.inject({ url: "/account", headers: { cookie } })).body);
      const answer = await app.inject(form(`${at}/answer-links/${link.id}/end`, { _csrf: csrf }, cookie));
      return [page.body.includes("End this link"), answer.statusCode];
    };
    expect(await end("executive")).toEqual([false, 404]);
    expect(await end("operator")).toEqual([true, 303]);
    expect((await app.inject(path)).statusCode).toBe(410);
    expect(await end("owner")).toEqual([false, 404]);
  });

  test("whoever tries many that there are not is held up; one that works still opens, from there too", async () => {
    const tried = [];
    for (let i = 0; i < 23; i++)
      tried.push(
        (await app.inject({ url: `/answer/${token.replace(/^\d+/, String(900 + i))}`, remoteAddress: "192.0.2.9" }))
          .statusCode,
      );
    expect(tried.slice(0, 21)).toEqual(Array.from({ length: 21 }, () => 404));
    expect(tried.slice(21)).toEqual([429, 429]);
    expect((await app.inject({ url: path, remoteAddress: "192.0.2.9" })).statusCode).toBe(200);
  });
});
