import { answerChallenge, listAudit, putTestTime } from "@signalbox/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedAcceptedPlan } from "../../testing-actions.ts";
import { cookieOf, form, multipartForm, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const WARD = "wren.ward@example.org";
const PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
let world: Awaited<ReturnType<typeof testApp>>;
let [ward, own, plan] = [0, 0, 0];
const sessions = new Map<string, string>();

beforeAll(async () => {
  world = await testApp();
  const { db, ids, signInAs, app } = world;
  await putTestTime(db, Temporal.Instant.from("2024-05-13T09:00:00Z"));
  // Somebody of another organisation, who does one action and is nothing else to this case.
  const { id: since } = await db.selectFrom("catalogue_version").select("id").executeTakeFirstOrThrow();
  const person = { since, until: null, name: "Wren Ward", role: "analyst", organisation: "RB", forum: null };
  await db
    .insertInto("person")
    .values({ ...person, email: WARD })
    .execute();
  const seeded = await seedAcceptedPlan(db, { ...ids, ward: WARD });
  [ward, own] = seeded.actions;
  plan = seeded.plan;
  const page = await app.inject("/sign-in");
  const fields = { person: WARD, _csrf: tokenIn(page.body) };
  sessions.set("ward", cookieOf(await app.inject(form("/sign-in/as", fields, cookieOf(page)))));
  const asked = ["owner", "chair", "slt-chair", "member"] as const;
  for (const who of asked) sessions.set(who, await signInAs(who));
});
afterAll(() => world.close());

const cookie = (who: string) => sessions.get(who) ?? "";
const page = (who: string, url: string) => world.app.inject({ url, headers: { cookie: cookie(who) } });
const listed = async (who: string, url: string) =>
  (await page(who, url)).json<{ items: { delivery: string }[] }>().items;
async function send(who: string, url: string, fields: Record<string, string>, from = url.replace(/\/[a-z]+$/, "")) {
  const token = tokenIn((await page(who, from)).body);
  return world.app.inject(form(url, { ...fields, _csrf: token }, cookie(who)));
}
const askFor = (action: number) =>
  world.db
    .insertInto("request")
    .values({
      kind: "action",
      key: "on-home",
      escalation: world.ids.escalation,
      series: world.ids.series,
      action,
      plan,
      organisation: "RA",
      period: 12 * 2024 + 2,
      recipients: [WARD],
      asked_at: "2024-05-13T09:00:00Z",
      due_on: "2024-06-03",
      next_at: null,
      ended_at: null,
    })
    .execute();
async function sendFile(who: string, filename: string, text: string | Buffer) {
  const token = tokenIn((await page(who, `/actions/${ward}`)).body);
  return world.app.inject(
    multipartForm(`/actions/${ward}/evidence`, { _csrf: token }, { filename, text }, cookie(who)),
  );
}

test("lists the worst first, each to whom it is for", async () => {
  const seen = await page("owner", "/actions");
  expect(seen.body).toContain("◆</span> 1 off track");
  expect(seen.body).toContain("Open &lt;b&gt;Kestrel&lt;/b&gt; ward");
  const rows = await listed("chair", "/actions?as=json");
  expect(rows.map(({ delivery }) => delivery)).toEqual(["Off track", "On track"]);
  // Of another organisation they see their own action, and that alone.
  expect(await listed("ward", "/actions?as=json")).toHaveLength(1);
  expect((await page("ward", `/actions/${ward}`)).statusCode).toBe(200);
  await askFor(ward);
  expect((await page("ward", "/")).body).toContain("Do an action of the plan: Open &lt;b&gt;Kestrel&lt;/b&gt; ward (");
  expect((await page("ward", `/actions/${own}`)).statusCode).toBe(404);
  expect(await listed("owner", "/actions?mine=yes&as=json")).toHaveLength(1);
  // Who stands in for them sees it, and says how it stands, on those days alone.
  const days = { from_day: "2024-05-13", to_day: "2024-05-13", by: "test", reason: "", at: "2024-05-12T09:00:00Z" };
  sessions.set("deputy", await world.signInAs("administrator"));
  expect((await page("deputy", `/actions/${ward}`)).statusCode).toBe(404);
  await world.db
    .insertInto("deputy")
    .values({ ...days, person: WARD, deputy: PEOPLE.administrator })
    .execute();
  expect((await page("deputy", `/actions/${ward}`)).body).toContain("Save this rating");
  expect((await page("deputy", `/actions/${own}`)).statusCode).toBe(404);
  await world.db.updateTable("deputy").set({ ended_at: days.at }).execute();
  expect((await page("deputy", `/actions/${ward}`)).statusCode).toBe(404);
  expect(await listed("owner", `/actions?rating=off-track&plan=${plan}&as=json`)).toHaveLength(1);
  expect((await page("owner", "/actions?rating=%00&forum='--&organisation=x&plan=1e9&page=-1")).statusCode).toBe(200);
  expect((await page("owner", `/actions/of-plan/${plan}`)).headers.location).toBe(`/actions?plan=${plan}`);
});

test("a rating better than its day allows needs a reason, and nothing typed is lost", async () => {
  const better = { aspect: "delivery", rating: "on-track", mitigation: "Agency nurses until June" };
  const refused = await send("ward", `/actions/${ward}/ratings`, better);
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain("Say why: this is better than its day allows");
  expect(refused.body).toContain("Agency nurses until June");
  expect((await send("ward", `/actions/${ward}/ratings`, { ...better, reason: "The beds came" })).statusCode).toBe(303);
  const shown = await page("chair", `/actions/${ward}`);
  expect(shown.body).toContain("By its day alone it would be off track");
  expect(shown.body).toContain("Why: The beds came");
  expect(shown.body).not.toContain("Save this rating");
  expect((await send("chair", `/actions/${ward}/ratings`, better, "/escalations/1")).statusCode).toBe(403);
  const ahead = await send("ward", `/actions/${ward}/ratings`, {
    aspect: "delivery",
    rating: "complete",
    doneOn: "2024-06-01",
  });
  expect(ahead.body).toContain("this one lies ahead");
  const red = await send("owner", `/actions/${own}/ratings`, { aspect: "delivery", rating: "overdue" });
  expect(red.body).toContain("Say what keeps it from being done");
  expect((await send("owner", `/actions/${own}/ratings`, { aspect: "embedding", rating: "complete" })).statusCode).toBe(
    400,
  );
});

test("an owner asks for another day, and the chair of the forum agrees it", async () => {
  const day = { day: "2024-06-14", reason: "The ward is painted first" };
  expect((await send("ward", `/actions/${ward}/date`, { ...day, day: "2024-05-01" })).statusCode).toBe(400);
  expect((await send("ward", `/actions/${ward}/date`, day)).statusCode).toBe(303);
  expect((await page("ward", `/actions/${ward}`)).body).toContain("10 May 2024 holds");
  await putTestTime(world.db, Temporal.Instant.from("2024-05-13T10:00:00Z"));
  expect((await send("slt-chair", `/actions/${ward}/date`, day)).statusCode).toBe(303);
  const agreed = await page("ward", `/actions/${ward}`);
  expect(agreed.body).toContain("moved from 10 May 2024 to 14 June 2024");
  expect(agreed.body).not.toContain("10 May 2024 holds");
  // What was said of the old day says nothing of the new one.
  expect(agreed.body).not.toContain("By its day alone");
  const { due_on: dueOn, stage } = await world.db
    .selectFrom("request")
    .select(["due_on", "stage"])
    .where("action", "=", ward)
    .executeTakeFirstOrThrow();
  expect([dueOn, stage]).toEqual(["2024-06-14", "asked"]);
});

test("evidence is what it says it is, and leaves as a download alone", async () => {
  expect((await send("ward", `/actions/${ward}/links`, { url: "javascript:alert(1)", name: "x" })).statusCode).toBe(
    400,
  );
  expect(
    (await send("ward", `/actions/${ward}/links`, { url: "https://example.org/m", name: "Minutes" })).statusCode,
  ).toBe(303);
  expect((await sendFile("ward", "ward.pdf", "<html><script>alert(1)</script>")).body).toContain(
    "not what its name says",
  );
  expect((await sendFile("ward", "../../Ward\u202E round.pdf", PDF)).statusCode).toBe(303);
  const shown = (await page("owner", `/actions/${ward}`)).body;
  expect(shown).toContain("Ward round.pdf</a> (download");
  const file = /\/evidence\/(\d+)\/file/.exec(shown)?.[1] ?? "";
  const sent = await page("chair", `/evidence/${file}/file`);
  expect(sent.body).toBe(PDF);
  expect(sent.headers).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="Ward round.pdf"; filename*=UTF-8''Ward%20round.pdf`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
  });
  const removal = `/actions/${own}/evidence/${file}/removal`;
  expect((await send("owner", removal, {}, `/actions/${own}`)).statusCode).toBe(404);
  expect((await send("ward", removal.replace(`${own}`, `${ward}`), {}, `/actions/${ward}`)).statusCode).toBe(303);
  expect((await page("chair", `/evidence/${file}/file`)).statusCode).toBe(404);
  const kept = await world.db
    .selectFrom("evidence")
    .select("bytes")
    .where("id", "=", Number(file))
    .executeTakeFirstOrThrow();
  expect(kept.bytes?.toString()).toBe(PDF);
});

test("stands on its case, and a challenge is answered there", async () => {
  const { db, ids } = world;
  const shown = await page("owner", `/escalations/${ids.escalation}`);
  expect(shown.body).toContain(`href="/actions/${ward}"`);
  const address = `/escalations/${ids.escalation}/challenge`;
  expect((await page("owner", address)).statusCode).toBe(404);
  const at = "2024-05-13T08:00:00Z";
  await db
    .insertInto("effect_check")
    .values({
      plan,
      revision: 1,
      escalation: ids.escalation,
      series: ids.series,
      delivered_on: "2024-05-01",
      judged_in: 12 * 2024 + 4,
      outcome: "not-moved",
      said: "1 month since delivery, no special cause of improvement",
      judged_at: at,
      made_at: at,
    })
    .execute();
  const request = {
    kind: "challenge",
    escalation: ids.escalation,
    organisation: "RA",
    period: 12 * 2024 + 2,
    asked_at: at,
  } as const;
  const key = `challenge:${ids.escalation}:${plan}:1`;
  await db
    .insertInto("request")
    .values([
      { ...request, key: `${key}:owner:1.x`, recipients: [PEOPLE.owner], due_on: "2024-05-28", plan },
      { ...request, key: `${key}:chair:1.x`, recipients: [PEOPLE["slt-chair"]], due_on: "2024-05-28", plan },
    ])
    .execute();
  const challenged = await page("owner", `/escalations/${ids.escalation}`);
  expect(challenged.body).toContain("1 month since delivery, no special cause of improvement");
  expect(challenged.body).toContain(`href="${address}"`);
  expect((await page("member", address)).statusCode).toBe(404);
  expect((await send("owner", address, { body: " " }, address)).body).toContain("Say why you think it has not moved");
  const answer = await send("owner", address, { body: "The ward opened late" }, address);
  expect(answer.headers.location).toBe(`/escalations/${ids.escalation}#actions`);
  expect((await page("chair", `/escalations/${ids.escalation}`)).body).toContain("The ward opened late");
  expect((await page("owner", address)).statusCode).toBe(404);
  expect((await page("slt-chair", address)).statusCode).toBe(200);
  const late = { escalation: ids.escalation, seat: "owner", body: "Again" } as const;
  const acting = { by: PEOPLE.owner, now: Temporal.Instant.from("2024-05-14T08:00:00Z") };
  expect(await answerChallenge(db, late, acting)).toBe("nothing-asked");
});

test("programs list, rate and prove actions by the API, each act put down to somebody", async () => {
  const headers = { authorization: `Bearer ${await world.key("SYS", "operate", "read")}` };
  const ask = (url: string) => world.app.inject({ url: `/api/v1${url}`, headers });
  const post = (url: string, payload: object) =>
    world.app.inject({ method: "POST", url: `/api/v1${url}`, headers, payload });
  const first = (await ask("/actions?limit=1")).json();
  expect(first).toMatchObject({ items: [{ id: String(ward), rating: "on-track", dueOn: "2024-06-14" }] });
  expect((await ask(`/actions?cursor=${first.next}`)).json()).toMatchObject({
    items: [{ id: String(own) }],
    next: null,
  });
  expect((await ask("/actions?plan=x")).json()).toEqual({ items: [], next: null });
  const complete = { aspect: "delivery", rating: "complete" };
  expect((await post(`/actions/${own}/ratings`, complete)).statusCode).toBe(422);
  const done = { ...complete, doneOn: "2024-05-12", by: PEOPLE.owner };
  expect((await post(`/actions/${own}/ratings`, { ...done, by: "nobody@example.org" })).statusCode).toBe(422);
  expect((await post(`/actions/${own}/ratings`, { ...done, by: PEOPLE["slt-chair"] })).statusCode).toBe(422);
  const rated = await post(`/actions/${own}/ratings`, done);
  expect(rated.json()).toMatchObject({
    rating: "on-track",
    delivery: { rating: "complete", given: { by: PEOPLE.owner } },
  });
  const [trail] = await listAudit(
    world.db,
    { action: "action-rated", actor: PEOPLE.owner },
    { before: null, limit: 1 },
  );
  expect(trail?.detail).toMatchObject({ through: "key SYS operate read" });
  expect((await post(`/actions/${own}/date`, { day: "2024-07-01", reason: "Late" })).statusCode).toBe(409);
  const day = { day: "2024-07-01", reason: "Late", agreedBy: PEOPLE.chair };
  expect((await post(`/actions/${ward}/date`, day)).statusCode).toBe(403);
  // A provider's own key does not speak for the chair.
  const provider = { authorization: `Bearer ${await world.key("RA", "operate")}` };
  const spoken = await world.app.inject({
    method: "POST",
    url: `/api/v1/actions/${ward}/date`,
    headers: provider,
    payload: { ...day, agreedBy: PEOPLE["slt-chair"] },
  });
  expect(spoken.statusCode).toBe(403);
  expect((await post(`/actions/${ward}/date`, { ...day, agreedBy: PEOPLE["slt-chair"] })).json().dueOn).toBe(
    "2024-07-01",
  );
  const link = await post(`/actions/${own}/evidence`, { url: "https://example.org/x", name: "Proof" });
  expect(link.statusCode).toBe(201);
  expect((await ask(`/actions/${own}/evidence`)).json().items).toMatchObject([{ name: "Proof", kind: "link" }]);
  expect((await post(`/evidence/${link.json().id}/removal`, {})).statusCode).toBe(200);
  expect((await ask(`/actions/${own}`)).json()).toMatchObject({
    evidence: 0,
    files: [],
    ratings: [{ rating: "complete" }],
  });
  const elsewhere = { authorization: `Bearer ${await world.key("RB", "operate", "read")}` };
  expect((await world.app.inject({ url: `/api/v1/actions/${own}`, headers: elsewhere })).statusCode).toBe(404);
});

test("takes whatever is sent for what it is", async () => {
  const headers = { cookie: cookie("ward"), "content-type": "application/x-www-form-urlencoded" };
  const token = tokenIn((await page("ward", `/actions/${ward}`)).body);
  const raw = (url: string, payload: string) =>
    world.app.inject({ method: "POST", url, headers, payload: `_csrf=${encodeURIComponent(token)}&${payload}` });
  const rating = "aspect=delivery&rating=complete&rating=overdue&doneOn=2024-02-30&reason=%00%ED%A0%80";
  expect((await raw(`/actions/${ward}/ratings`, rating)).body).toContain("Choose a rating");
  const long = `aspect=delivery&rating=on-track&reason=${"x".repeat(5000)}`;
  expect((await raw(`/actions/${ward}/ratings`, long)).body).toContain("Use at most 4000 characters");
  expect((await raw(`/actions/${ward}/date`, "day=2024-13-99&reason=")).body).toContain("Enter a day like");
  expect((await raw(`/actions/999999999999999/ratings`, rating)).statusCode).toBe(404);
  expect((await raw(`/actions/1e3/date`, rating)).statusCode).toBe(404);
  expect((await page("ward", "/evidence/%00/file")).statusCode).toBe(404);
  expect((await page("ward", "/actions?as=pdf")).statusCode).toBe(400);
  expect((await sendFile("ward", "big.pdf", Buffer.alloc(10 * 1024 * 1024 + 1, 32))).body).toContain(
    "larger than 10 MB",
  );
  expect((await sendFile("ward", "", "")).body).toContain("Choose a file");
  const noToken = await world.app.inject({
    method: "POST",
    url: `/actions/${ward}/links`,
    headers,
    payload: "url=https://example.org",
  });
  expect(noToken.statusCode).toBe(403);
});
