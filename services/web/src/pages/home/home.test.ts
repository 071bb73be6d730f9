import { putTestTime } from "@signalbox/db";
import { seedSeries } from "@signalbox/db/testing-cases";
import { afterAll, describe, expect, test } from "vitest";
import { form, testApp, tokenIn } from "../../testing.ts";

const open = await testApp();
afterAll(open.close);
const { app, db, ids } = open;
const at = (text: string) => putTestTime(db, Temporal.Instant.from(text));
await at("2024-04-21T09:00:00Z");

const get = async (cookie: string, url = "/") => (await app.inject({ url, headers: { cookie } })).body;
const homeOf = async (person: Parameters<typeof open.signInAs>[0]) => get(await open.signInAs(person));
const headings = (html: string) => [...html.matchAll(/<h2 [^>]*>([^<]+)</g)].map(([, text]) => text);

describe("what somebody finds", () => {
  test("a leader: what is asked, what stands before the forum", async () => {
    const html = await homeOf("chair");
    expect(headings(html)).toEqual(["Asked of you", "Before your forums"]);
    expect(html).toContain("1 case stands before your forums, 1 at the SLT");
    expect(html).toContain(
      `href="/escalations/${ids.escalation}">A&amp;E four-hour performance, Northwick Hospitals</a>`,
    );
    expect(html).toContain("SLT, since March 2024");
    expect(html).toContain("Acknowledge a case");
  });

  test("a leader: the list that home leads to has what it counts, the SLT's cases of the board's area too", async () => {
    const cookie = await open.signInAs("chair");
    const [, href = ""] = /href="([^"]+)">Acknowledge a case</.exec(await get(cookie)) ?? [];
    expect(href).toBe("/escalations?open=yes&amp;mine=yes");
    for (const query of ["mine=yes", "mine=yes&open=yes"])
      expect(await get(cookie, `/escalations?${query}`)).toContain("<strong>1</strong> case: 1 before the SLT");
    // Who sits on no forum has no such cases.
    expect(await get(await open.signInAs("owner"), "/escalations?mine=yes")).toContain("There are none like this.");
  });

  test("an observer is asked for nothing", async () => {
    const html = await homeOf("observer");
    expect(html).toContain("Before your forums");
    expect(html).toContain("Nothing is asked of you now.");
  });

  test("an owner: the request and its day, which has passed in this world or not, and the organisation's cases", async () => {
    await db
      .insertInto("request")
      .values({
        kind: "action-plan",
        key: "home",
        escalation: ids.escalation,
        series: ids.series,
        organisation: "RA",
        period: 12 * 2024 + 2,
        recipients: ["Olu.Owner@example.org".toLowerCase()],
        asked_at: "2024-04-20T09:00:00Z",
        due_on: "2024-05-07",
        next_at: null,
        ended_at: null,
      })
      .execute();
    const html = await homeOf("owner");
    expect(headings(html)).toEqual(["Asked of you", "Cases of your organisations"]);
    expect(html).toContain("Write an action plan: A&amp;E four-hour performance, Northwick Hospitals");
    expect(html).toContain("By 7 May 2024");
    expect(html).toContain("1 thing is asked of you, next by 7 May 2024");
    await at("2024-05-08T09:00:00Z");
    expect(await homeOf("owner")).toContain("<strong>Overdue since 7 May 2024</strong>");
    await at("2024-04-21T09:00:00Z");
  });

  test("an owner: what is asked of a case of several areas, which has no figure", async () => {
    const several = await db
      .insertInto("escalation")
      .values({
        concern: "several-areas",
        organisation: "RA",
        series: null,
        metric: null,
        area: null,
        frequency: "monthly",
        tier: "slt",
        forum: "slt",
        raised_in: 12 * 2024 + 2,
        ended_in: null,
        standing: true,
        previous: null,
        shown_at: "2024-04-20T09:00:02Z",
        raised_at: "2024-04-20T09:00:02Z",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db.updateTable("request").set({ escalation: several.id, series: null }).where("key", "=", "home").execute();
    expect(await homeOf("owner")).toContain("Write an action plan: several areas, Northwick Hospitals");
    await db
      .updateTable("request")
      .set({ escalation: ids.escalation, series: ids.series })
      .where("key", "=", "home")
      .execute();
    await db.deleteFrom("escalation").where("id", "=", several.id).execute();
  });

  test("a submitter: how to send figures, and what of theirs was refused", async () => {
    await db.updateTable("submission").set({ status: "partly-accepted", rows_refused: 2 }).execute();
    const html = await homeOf("submitter");
    expect(headings(html)).toContain("Send figures");
    expect(html).toContain(`<a href="/submissions/${ids.submission}">march.csv</a>`);
    expect(html).toContain("2 rows refused");
  });

  test("whoever proposed limits: those that the chair sent back", async () => {
    const proposal = {
      forum: "uec",
      title: "Winter",
      state: "sent-back",
      proposed_by: "Olu.Owner@example.org",
    } as const;
    await db
      .insertInto("threshold_proposal")
      .values({
        ...proposal,
        proposed_at: "2024-04-20T09:00:00Z",
        sent_by: proposal.proposed_by,
        sent_at: "2024-04-20T09:00:00Z",
        reason: "Too strict",
      })
      .execute();
    expect(await homeOf("owner")).toContain("Change or withdraw limits that were sent back: Winter");
    expect(await homeOf("chair")).not.toContain("Winter");
    await db.deleteFrom("threshold_proposal").where("title", "=", "Winter").execute();
  });

  test("an executive: what waits for a signature", async () => {
    await db
      .updateTable("submission")
      .set({ sign_off_asked_at: "2024-04-20T09:00:01Z", unsigned_from: "2024-05-01T09:00:00Z" })
      .execute();
    expect(await homeOf("executive")).toContain("Sign off march.csv, Northwick Hospitals");
    expect(await homeOf("owner")).not.toContain("Sign off");
    await db.updateTable("submission").set({ sign_off_asked_at: null, unsigned_from: null }).execute();
  });

  test.each([
    ["auditor", "Where to look"],
    ["administrator", "The catalogue"],
    ["operator", "How things stand"],
  ] as const)("an %s: %s", async (person, heading) => {
    expect(headings(await homeOf(person))).toContain(heading);
  });

  test("the operator of this machine, who is nobody of the catalogue: how things stand alone", async () => {
    expect(headings(await get(await open.signIn()))).toEqual(["How things stand"]);
  });

  test("nobody signed in: what this is, and where to sign in", async () => {
    const { body } = await app.inject("/");
    expect(body).toContain("Performance and escalation");
    expect(body).toContain('href="/sign-in"');
    expect(body).not.toContain("Northwick");
  });

  test("of another's cases nothing", async () => {
    expect(await homeOf("secretary")).toContain("Northwick");
    const series = await seedSeries(db, { metric: "staff-survey", organisation: "RB", submission: ids.submission });
    const elective = await db
      .insertInto("escalation")
      .values({
        concern: "performance",
        series,
        organisation: "RB",
        metric: "staff-survey",
        area: "EC",
        frequency: "quarterly",
        tier: "board",
        forum: "EC",
        raised_in: 12 * 2024,
        ended_in: null,
        standing: true,
        previous: null,
        shown_at: "2024-04-20T09:00:02Z",
        raised_at: "2024-04-20T09:00:02Z",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const person of ["chair", "owner", "executive"] as const)
      expect(await homeOf(person)).not.toContain(`/escalations/${elective.id}"`);
  });
});

describe("what changed since somebody last looked", () => {
  const move = (event: "stepped-down" | "resolved", moment: string) =>
    db
      .insertInto("escalation_event")
      .values({
        escalation: ids.escalation,
        period: 12 * 2024 + (event === "resolved" ? 4 : 3),
        event,
        tier: event === "resolved" ? "none" : "board",
        at: moment,
        evaluation: 1,
      })
      .execute();

  test("is not said at the first visit; at the next it is, and stays while the page is loaded again", async () => {
    await at("2024-04-21T09:00:00Z");
    expect(await homeOf("member")).toContain("When you come back, this page shows what has changed.");
    await move("stepped-down", "2024-04-22T09:00:00Z");
    await at("2024-04-23T09:00:00Z");
    const cookie = await open.signInAs("member");
    for (const html of [await get(cookie), await get(cookie)]) {
      expect(html).toContain("You last looked on 21 April 2024 at 10:00.");
      expect(html).toContain("Down to the board, April 2024");
      expect(html).toContain("1 case has changed since you last looked");
    }
  });

  test("is new no more once they say so; what came after the page was shown still is", async () => {
    await at("2024-04-23T09:00:00Z");
    const cookie = await open.signInAs("member");
    const html = await get(cookie);
    await move("resolved", "2024-04-23T10:00:00Z");
    await at("2024-04-23T11:00:00Z");
    const until = /name="until" value="([^"]+)"/.exec(html)?.[1] ?? "2024-04-23T09:00:00Z";
    const seen = await app.inject(form("/seen", { until, _csrf: tokenIn(html) }, cookie));
    expect([seen.statusCode, seen.headers.location]).toEqual([303, "/"]);
    const after = await get(cookie);
    expect(after).not.toContain("Down to the board");
    expect(after).toContain("Resolved, May 2024");
  });

  test.each(["", "yesterday", "9999-01-01T00:00:00Z", "\0"])("a form that says %j does no harm", async (until) => {
    const cookie = await open.signInAs("member");
    const html = await get(cookie);
    const answer = await app.inject(form("/seen", { until, _csrf: tokenIn(html) }, cookie));
    expect(answer.statusCode).toBe(303);
    expect((await app.inject({ url: "/", headers: { cookie } })).statusCode).toBe(200);
  });
});

test("a case that is not yet shown to its forum is not on its members' page", async () => {
  await db.updateTable("escalation").set({ shown_at: "2030-01-01T00:00:00Z" }).execute();
  expect(await homeOf("chair")).toContain("Nothing stands before your forums.");
});
