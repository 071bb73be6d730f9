import { globSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { readXlsx } from "hucre";
import { afterAll, describe, expect, test } from "vitest";
import { form, testApp, tokenIn } from "./testing.ts";

const { app, db, ids, signInAs, close } = await testApp();
afterAll(close);

// What people name may begin like a formula; what a file is called as well.
await db.updateTable("organisation").set({ name: "=HYPERLINK(1)" }).where("code", "=", "RA").execute();
await db.updateTable("metric").set({ name: "+cmd|' /C calc'!A0" }).where("code", "=", "ae-4h").execute();
await db
  .updateTable("submission")
  .set({ filename: '@SUM(A1) "=1".csv', status: "partly-accepted" })
  .where("id", "=", ids.submission)
  .execute();
await db
  .insertInto("submission_problem")
  .values({
    submission: ids.submission,
    seq: 1,
    row_number: 2,
    column_name: "\tvalue",
    code: "not-a-number",
    message: "-2+3 is none.",
    value: "-2+3",
    severity: "error",
  })
  .execute();
await db
  .insertInto("series_state")
  .values({
    series: ids.series,
    first_period: 24_288,
    vals: [96.25, null, 71.5],
    submissions: [ids.submission, null, ids.submission],
  })
  .execute();
await db
  .insertInto("audit")
  .values({ at: "2024-04-20T09:00:00Z", actor: "=1+1", action: "signed-in", subject: "session" })
  .execute();
await db.insertInto("clock").values({ now: "2024-04-22T09:00:00Z" }).execute();
const risk = { organisation: "RA", reference: "BAF 3", title: "=1+1", likelihood: 4, impact: 5, reviewed_on: null };
await db
  .insertInto("risk")
  .values({ ...risk, owner: "@SUM(A1)", by: "=1+1", at: "2024-04-20T09:00:00Z" })
  .execute();

/** A set of limits that was proposed: its page. */
async function propose(): Promise<string> {
  const cookie = await signInAs("secretary");
  const { body } = await app.inject({ url: "/thresholds", headers: { cookie } });
  const limit = { "metric-1": "ae-4h", "basis-1": "value", "board-1": "80", "slt-1": "72", "from-1": "2026-04" };
  const fields = { rows: "1", title: "=1+1", ...limit, _csrf: tokenIn(body) };
  const sent = await app.inject(form("/thresholds/propose", fields, cookie));
  return sent.headers.location ?? `not proposed: ${sent.statusCode}`;
}
const proposed = await propose();

/** A plan that was begun, and what its one action is called: its page. */
async function plan(): Promise<string> {
  const cookie = await signInAs("owner");
  const { body } = await app.inject({ url: `/escalations/${ids.escalation}`, headers: { cookie } });
  const begun = await app.inject(form(`/escalations/${ids.escalation}/plan`, { _csrf: tokenIn(body) }, cookie));
  const edit = begun.headers.location ?? `not begun: ${begun.statusCode}`;
  const fields = { edition: "1", "actions-count": "1", "actions-0-what": "=1+1", _csrf: tokenIn(body) };
  const path = { "path-count": "1", "path-0-metric": "ae-4h", "path-0-organisation": "RA", "path-0-count": "1" };
  const value = { "path-0-period-0": "2024-05", "path-0-values-0": "76" };
  const saved = await app.inject(form(edit, { ...fields, ...path, ...value }, cookie));
  return saved.headers.location ?? `not saved: ${saved.statusCode}`;
}
const planned = await plan();

/** A meeting that has been, with what it decided of a case and asked of somebody: its page. */
async function meet(): Promise<string> {
  const by = { by: "sol.secretary@example.org", at: "2024-04-20T09:00:00Z" };
  const { id: meeting } = await db
    .insertInto("meeting")
    .values({
      forum: "UEC",
      starts_at: "2024-05-30T09:00:00Z",
      papers_due_at: "2024-05-20T09:00:00Z",
      place: "=1+1",
      ...by,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const decision = { meeting, escalation: ids.escalation, decision: "=1+1", due_on: "2024-05-14" };
  const askedOf = ["oz.operator@example.org", "olu.owner@example.org"];
  await db
    .insertInto("meeting_decision")
    .values(askedOf.map((asked_of) => ({ ...decision, asked_of, ...by })))
    .execute();
  return `/meetings/${meeting}`;
}
const met = await meet();

/** Pages whose table is taken away: the address, and how many rows there are at least. */
type Way = readonly [address: string, least: number];

/** Every view with a table: where it is taken away, or why it is not. One that is missing here fails. */
const WAYS: Readonly<Record<string, readonly Way[] | string>> = {
  "action-plan": [
    [planned, 1],
    [`${planned}?table=path`, 1],
  ],
  "action-plans": [["/action-plans", 1]],
  audit: [["/audit", 1]],
  "catalogue-draft": "Uploads of the catalogue are tested with the catalogue's pages.",
  "catalogue-file": [["/catalogue/files/organisations.csv", 1]],
  "catalogue-version": [["/catalogue/versions/1", 1]],
  "catalogue-versions": [["/catalogue/versions", 1]],
  escalation: [[`/escalations/${ids.escalation}`, 3]],
  escalations: [
    ["/escalations", 1],
    ["/escalations?all=yes", 1],
  ],
  mails: [["/mail", 1]],
  decisions: [["/decisions", 1]],
  meeting: [
    [met, 1],
    ...["decisions", "overdue", "risks", "commentary", "changes"].map((table): Way => [`${met}?table=${table}`, 0]),
  ],
  "meeting-cases": "A part of meeting.",
  "meeting-log": [
    [`${met}/log`, 2],
    [`${met}/log?table=decided`, 2],
  ],
  meetings: [
    ["/meetings", 1],
    ["/meetings?past=yes", 0],
  ],
  operations: [["/operations", 0]],
  received: [["/submissions/received", 1]],
  return: [
    ["/returns/RA/monthly/10/2024-03", 1],
    ["/returns/RA/monthly/10/2024-03?table=chasers", 0],
  ],
  returns: [["/submissions", 1]],
  investment: [["/investment", 0]],
  "investment-plan": "Needs an accepted plan: it is tested with the pages of investment.",
  risk: [["/risks/RA/BAF%203", 1]],
  risks: [["/risks", 1]],
  "risks-preview": "What a file would change, which whoever brings it has in hand.",
  scorecards: [["/scorecards?organisation=RA&period=2024-03", 1]],
  series: [["/series/ae-4h/RA", 3]],
  submission: [[`/submissions/${ids.submission}`, 1]],
  thresholds: [["/thresholds", 0]],
  "thresholds-cases": [[`${proposed}/cases`, 0]],
  "thresholds-mail": "Whose mail there is depends on the trial: the mail is tested with the pages of limits.",
  "thresholds-proposal": [
    [proposed, 1],
    ...["totals", "foretold", "organisations", "months", "leaders", "acts"].map((table): Way => [
      `${proposed}?table=${table}`,
      0,
    ]),
  ],
  "actions/log": [["/actions", 0]],
  "case/actions": "A part of escalation; its actions are taken away from the log that it links to.",
  "commentary/list": [["/commentary", 0]],
  "commentary/writing": "Two periods beside each other, which the page of their series takes away.",
  bounces: [["/operations/bounces", 0]],
  deputies: "A part of account: a person's own few deputies, which the audit trail has too.",
  account: "A person's own few sign-ins; the audit trail has all of them.",
  "api-docs": "A description of the API, which is there as openapi.json.",
  catalogue:
    "The list of the files, each of which is taken away from its own page, all of them from /catalogue/download.",
  "catalogue-differences": "A part of catalogue-version and catalogue-draft.",
  preview: "What a draft would change is tested with drafts, in submitting.test.ts.",
  problems: "A part of submission and preview.",
  "scorecard-rows": "A part of scorecards.",
  sessions: "Who is signed in now; the audit trail has every sign-in.",
  "sign-in": "A list of the demo's people, for nobody who is signed in.",
  table: "What other views make their tables with.",
};

const TABLE = /<table|\bcall \w*table\w*\(/i;
const folder = new URL("views", import.meta.url).pathname;
const views = globSync("**/*.njk", { cwd: folder }).filter((view) =>
  TABLE.test(readFileSync(`${folder}/${view}`, "utf8")),
);

test("every view with a table says where it is taken away", () => {
  const known = views.map((view) => view.replace(/\.njk$/, "")).toSorted();
  expect(known.filter((view) => WAYS[view] === undefined)).toEqual([]);
  expect(
    Object.keys(WAYS).filter(
      (view) => typeof WAYS[view] !== "string" && !known.includes(view) && !["catalogue-version"].includes(view),
    ),
  ).toEqual([]);
});

const cookie = await signInAs("operator");
const given = (address: string, as: string) =>
  app.inject({ url: `${address}${address.includes("?") ? "&" : "?"}as=${as}`, headers: { cookie } });

const ways = Object.values(WAYS).flatMap((way) => (typeof way === "string" ? [] : way));

describe.each(ways)("%s", (address, least) => {
  test("is the same table in each format, and nothing in it runs", async () => {
    const [csv, xlsx, json] = await Promise.all([
      given(address, "csv"),
      given(address, "xlsx"),
      given(address, "json"),
    ]);
    expect([csv.statusCode, xlsx.statusCode, json.statusCode], csv.body.slice(0, 300)).toEqual([200, 200, 200]);
    const { items, columns } = json.json<{ items: object[]; columns: { title: string }[] }>();
    expect(items.length).toBeGreaterThanOrEqual(least);
    const [head = [], ...lines] = parse(csv.rawPayload, { bom: true, skipEmptyLines: true });
    expect(head).toEqual(columns.map(({ title }) => title));
    expect(lines).toHaveLength(items.length);
    const running = lines.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.,]+%?$|^-$/.test(cell));
    expect(running).toEqual([]);
    const [sheet] = (await readXlsx(xlsx.rawPayload)).sheets;
    expect(sheet?.rows).toHaveLength(items.length + 1);
    expect([...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
    // A file of the catalogue keeps its name, so that it can be loaded again.
    const filename = address.startsWith("/catalogue/files/") ? "organisations" : String.raw`[a-z0-9-]+-\d{4}-\d\d-\d\d`;
    expect(csv.headers["content-disposition"]).toMatch(new RegExp(`^attachment; filename="${filename}\\.csv"$`));
    expect(csv.headers["cache-control"]).toContain("no-store");
  });

  test("is linked to from its page, and no other format is taken", async () => {
    const page = await app.inject({ url: address, headers: { cookie } });
    expect(page.statusCode, page.body).toBe(200);
    const links = [...page.body.matchAll(/href="([^"]*[?&](?:amp;)?as=csv[^"]*)"/g)].map(([, link]) => link ?? "");
    if (least > 0) expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      const taken = await app.inject({ url: link.replaceAll("&amp;", "&"), headers: { cookie } });
      expect(taken.headers["content-type"], link).toBe("text/csv; charset=utf-8");
    }
    expect((await given(address, "pdf")).statusCode).toBe(400);
  });
});

test("a table has no more than its reader may see", async () => {
  const observer = await signInAs("observer");
  const seen = await app.inject({ url: "/submissions/received?as=json", headers: { cookie: observer } });
  expect(seen.json()).toMatchObject({ items: [] });
  const whole = await given("/submissions/received", "json");
  expect(whole.json<{ items: object[] }>().items).toHaveLength(1);
  expect(
    (await app.inject({ url: `/submissions/${ids.submission}?as=csv`, headers: { cookie: observer } })).statusCode,
  ).toBe(404);
  expect((await app.inject("/escalations?as=csv")).statusCode).not.toBe(200);
});

test("every page says on paper when and by whom it was printed, and has a style sheet for it", async () => {
  const page = await app.inject({ url: "/escalations", headers: { cookie } });
  expect(page.body).toContain('<link rel="stylesheet" href="/assets/print.css" media="print">');
  expect(page.body).toMatch(
    /class="signalbox-printed" hidden>Printed from Signalbox by Oz Operator, as it stood on .+ at \d\d:\d\d: http:\/\/localhost:3000\/escalations</,
  );
  const sheet = await app.inject("/assets/print.css");
  expect(sheet.headers["content-type"]).toContain("text/css");
  expect(sheet.body).toContain("@page wide");
});
