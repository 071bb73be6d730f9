import { recordAudit } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { ACTIONS, audited, auditOf } from "../../audited.ts";
import { routesOf } from "../../known-routes.ts";
import { PEOPLE, testApp } from "../../testing.ts";

const advanceClock = async (to: Temporal.Instant) => to;
const { app, db, ids, signInAs, close } = await testApp({}, { advanceClock });
afterAll(close);

describe("every route that changes something", () => {
  const changing = routesOf(app).filter(({ method }) => !["GET", "HEAD", "OPTIONS"].includes(method));

  test("says what it leaves in the audit trail, or why nothing", () => {
    const silent = changing.filter(({ method, url }) => (auditOf(method, url)?.length ?? 0) === 0);
    expect(silent).toEqual([]);
  });

  test("names actions that the page has words for", () => {
    const named = Object.values(audited).flatMap((actions) => (typeof actions === "string" ? [] : actions));
    expect(named.filter((action) => !(action in ACTIONS))).toEqual([]);
  });

  test("is there: the table has no line of a route that is gone", () => {
    const there = changing.map(({ method, url }) => `${method} ${url}`);
    const isThere = (name: string) =>
      name.endsWith("*") ? there.some((one) => one.startsWith(name.slice(0, -1))) : there.includes(name);
    expect(Object.keys(audited).filter((name) => !isThere(name))).toEqual([]);
  });
});

describe("the page", async () => {
  const cookie = await signInAs("auditor");
  const see = (query: string) => app.inject({ url: `/audit${query}`, headers: { cookie } });
  const rowsOf = ({ body }: { body: string }) =>
    [...body.matchAll(/<tr role="row" class="nhsuk-table__row">([^]*?)<\/tr>/g)].map(([, row = ""]) =>
      row
        .replace(/<span class="nhsuk-table-responsive__heading"[^]*?<\/span>|<[^>]+>/g, " ")
        .replace(/\s+/g, " ")
        .trim(),
    );
  const entry = (day: string, actor: string, action: string, subject: string, detail = {}) =>
    recordAudit(db, { at: Temporal.Instant.from(`${day}T12:00:00Z`), actor, action, subject, detail });
  await entry("2024-03-30", PEOPLE.owner, "submission-released", `submission ${ids.submission}`, { cases: 2 });
  await entry("2024-03-31", "key <b>robot</b>", "submission-received", "submission 71", { filename: "=cmd()" });
  await entry("2024-04-01", PEOPLE.owner, "made-up-act", "submission 7");
  await entry("2024-05-02", PEOPLE.owner, "recalculation-added", "series ae-4h RA", { period: 12 * 2024 + 1 });

  test("shows the newest first, in words, and nothing of it is markup", async () => {
    const anew = await see("?from=2024-05-02&to=2024-05-02");
    expect(rowsOf(anew).join()).toContain("period: February 2024");
    expect(anew.body).toContain('href="/series/ae-4h/RA"');
    const page = await see("?from=2024-03-01&to=2024-04-30");
    expect(rowsOf(page)).toEqual([
      "1 April 2024 at 13:00 olu.owner@example.org Made up act submission 7",
      "31 March 2024 at 13:00 key &lt;b&gt;robot&lt;/b&gt; Sent figures submission 71 filename: =cmd()",
      `30 March 2024 at 12:00 olu.owner@example.org Released a submission submission ${ids.submission} cases: 2`,
    ]);
    expect(page.body).toContain(`href="/submissions/${ids.submission}"`);
  });

  test.each([
    [`actor=${PEOPLE.owner.toUpperCase()}`, 3],
    ["action=submission-received&actor=key <b>robot</b>", 1],
    ["subject=submission 7", 1],
    ["subject=submission&from=2024-03-31&to=2024-03-31", 1],
    ["actor=' or true --", 0],
    ["actor=%00", 0],
  ])("is asked with %s", async (query, count) => {
    expect(rowsOf(await see(`?${query}`)).length).toBe(count);
  });

  test("says what is wrong with a day, and keeps what was typed", async () => {
    const page = await see("?from=31/03/2024&to=2024-02-30&subject=submission");
    expect(page.statusCode).toBe(400);
    expect(page.body.match(/Enter a day like 2024-03-31/g)).toHaveLength(4);
    expect(page.body).toContain('value="31/03/2024"');
    expect(page.body).toContain('value="submission"');
  });

  test("leads on to older entries, each once", async () => {
    const many = Array.from({ length: 150 }, (_, i) => ({
      at: "2023-01-01T00:00:00Z",
      actor: "many@example.org",
      action: "signed-in",
      subject: `thing ${i}`,
    }));
    await db.insertInto("audit").values(many).execute();
    const first = await see("?actor=many@example.org");
    const older = /href="(\/audit\?[^"]*before=[^"]+)"/.exec(first.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await see(older.replace("/audit", ""));
    const all = [...rowsOf(first), ...rowsOf(second)];
    expect([rowsOf(first).length, all.length, new Set(all).size]).toEqual([75, 150, 150]);
    expect(first.body.length).toBeLessThan(100_000);
  });

  test("leaves as a table, all of it, with the same filters", async () => {
    const csv = await see("?actor=many@example.org&as=csv");
    expect(csv.body.trim().split("\r\n")).toHaveLength(151);
    const json = await see("?subject=submission 71&as=json");
    expect(json.body).toContain("submission-received");
    expect(json.body).not.toContain("made-up-act");
  });

  test.each(["chair", "submitter", "executive", "administrator"] as const)("is not for a %s", async (role) => {
    const answer = await app.inject({ url: "/audit", headers: { cookie: await signInAs(role) } });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).not.toContain(PEOPLE.owner);
  });
});
