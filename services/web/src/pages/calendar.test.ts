import ical, { type VEvent } from "node-ical";
import { afterAll, expect, test } from "vitest";
import { PEOPLE, form, testApp, tokenIn } from "../testing.ts";

const { app, db, ids, signIn, signInAs, close } = await testApp();
afterAll(close);

const NOW = "2024-04-22T09:00:00Z";
await db.insertInto("clock").values({ now: NOW }).execute();

async function makeAddress(cookie: string): Promise<string> {
  const page = await app.inject({ url: "/calendar", headers: { cookie } });
  const made = await app.inject(form("/calendar", { _csrf: tokenIn(page.body) }, cookie));
  expect(made.statusCode).toBe(200);
  expect(made.headers["cache-control"]).toContain("no-store");
  return /\/calendar\/[0-9a-f]{64}\.ics/.exec(made.body)?.[0] ?? "none";
}

const titleOf = ({ summary }: VEvent) => (typeof summary === "string" ? summary : summary.val);
const eventsOf = (text: string) =>
  Object.values(ical.sync.parseICS(text)).filter((one): one is VEvent => one?.type === "VEVENT");

async function ask(
  kind: "action-plan" | "commentary",
  recipient: string,
  dueOn: string,
  escalation: number | null = ids.escalation,
): Promise<number> {
  const { id } = await db
    .insertInto("request")
    .values({
      kind,
      key: `${kind} ${dueOn}`,
      escalation,
      series: ids.series,
      organisation: "RA",
      period: 24_290,
      recipients: [recipient],
      asked_at: "2024-04-20T09:00:00Z",
      due_on: dueOn,
      next_at: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

test("has what is asked of somebody, each on its day with a title, a link and no figure", async () => {
  const id = await ask("action-plan", PEOPLE.owner.toUpperCase(), "2024-05-03");
  await ask("commentary", PEOPLE.analyst, "2024-05-04");
  const address = await makeAddress(await signInAs("owner"));
  const answer = await app.inject(address);
  expect(answer.headers["content-type"]).toBe("text/calendar; charset=utf-8");
  const [event, ...more] = eventsOf(answer.body);
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    uid: `request-${id}@localhost`,
    datetype: "date",
    status: "CONFIRMED",
    url: { val: `http://localhost:3000/escalations/${ids.escalation}` },
  });
  expect(event && titleOf(event)).toMatch(/^Action plan: .*, Northwick/);
  expect(answer.body).toContain("DTSTART;VALUE=DATE:20240503\r\n");
  expect(answer.body).toContain("DTEND;VALUE=DATE:20240504\r\n");
  expect(answer.body).toContain("DTSTAMP:20240420T090000Z\r\n");
  expect(answer.body).toMatch(/REFRESH-INTERVAL;VALUE=DURATION:PT4H/);
  expect(answer.body).not.toMatch(/71\.5|96\.25|\b(red|amber|green|board|slt)\b/i);
});

test("is not sent again while nothing has changed, and cancels what is done", async () => {
  const address = await makeAddress(await signInAs("analyst"));
  const id = await ask("commentary", PEOPLE.analyst, "2024-05-07");
  const { headers } = await app.inject(address);
  const again = { url: address, headers: { "if-none-match": String(headers.etag) } };
  expect((await app.inject(again)).statusCode).toBe(304);
  await db
    .updateTable("request")
    .set({ stage: "answered", ended_at: "2024-04-21T10:00:00Z" })
    .where("id", "=", id)
    .execute();
  const changed = await app.inject(again);
  expect(changed.statusCode).toBe(200);
  const event = eventsOf(changed.body).find(({ uid }) => uid === `request-${id}@localhost`);
  expect(event).toMatchObject({ status: "CANCELLED", sequence: 1 });
});

test("has a submitter's returns, sent and to be sent, and an executive's signatures", async () => {
  await db
    .insertInto("series_state")
    .values({
      series: ids.series,
      first_period: 24_288,
      vals: [1, 2, 3],
      submissions: [ids.submission, null, ids.submission],
    })
    .execute();
  await db
    .updateTable("submission")
    .set({ sign_off_asked_at: "2024-04-20T09:00:00Z", unsigned_from: "2024-04-25T23:30:00Z" })
    .where("id", "=", ids.submission)
    .execute();
  const returns = eventsOf((await app.inject(await makeAddress(await signInAs("submitter")))).body);
  expect(returns.map(titleOf)).toContainEqual(expect.stringMatching(/^Send: monthly figures, Northwick/));
  expect(new Set(returns.map(({ uid }) => uid)).size).toBe(returns.length);
  expect(returns.length).toBeGreaterThan(2);
  const signatures = await app.inject(await makeAddress(await signInAs("executive")));
  expect(eventsOf(signatures.body)).toMatchObject([{ uid: `sign-off-${ids.submission}@localhost` }]);
  // London's day: half past eleven in the evening by UTC is the next day in summer.
  expect(signatures.body).toContain("DTSTART;VALUE=DATE:20240426\r\n");
});

test("reminds whoever acknowledged a case of the day on which that runs out", async () => {
  await db
    .insertInto("acknowledgement")
    .values({ escalation: ids.escalation, at: NOW, by: PEOPLE.chair, note: "secret", expires_on: "2024-05-06" })
    .execute();
  const { body } = await app.inject(await makeAddress(await signInAs("chair")));
  expect(eventsOf(body).map(titleOf)).toEqual([expect.stringMatching(/^Acknowledgement runs out: .*, Northwick/)]);
  expect(body).not.toContain("secret");
});

test("a title cannot break out of its line", async () => {
  await db
    .updateTable("organisation")
    .set({ name: "North\r\nBEGIN:VEVENT; a, b\\c" })
    .where("code", "=", "RA")
    .execute();
  const answer = await app.inject(await makeAddress(await signInAs("owner")));
  expect(eventsOf(answer.body)).toHaveLength(1);
  expect(eventsOf(answer.body).map(titleOf)[0]).toContain("North BEGIN:VEVENT; a, b\\c");
});

test("an address ends when it is revoked, when another is made, and when its person leaves the catalogue", async () => {
  const cookie = await signInAs("member");
  const first = await makeAddress(cookie);
  expect((await app.inject(first)).statusCode).toBe(200);
  const second = await makeAddress(cookie);
  expect((await app.inject(first)).statusCode).toBe(404);
  expect((await app.inject(second)).statusCode).toBe(200);
  const page = await app.inject({ url: "/calendar", headers: { cookie } });
  expect(page.body).not.toContain(second);
  await app.inject(form("/calendar/end", { _csrf: tokenIn(page.body) }, cookie));
  expect((await app.inject(second)).statusCode).toBe(404);
  const third = await makeAddress(cookie);
  await db.updateTable("person").set({ until: 1 }).where("email", "=", PEOPLE.member).execute();
  expect((await app.inject(third)).statusCode).toBe(404);
});

test("keeps no address but its hash, and says in the audit trail who made and ended one", async () => {
  const cookie = await signInAs("secretary");
  const address = await makeAddress(cookie);
  const token = /[0-9a-f]{64}/.exec(address)?.[0] ?? "";
  const { rows } = await db
    .selectFrom("calendar_token")
    .selectAll()
    .execute()
    .then((all) => ({ rows: all }));
  expect(JSON.stringify(rows)).not.toContain(token);
  const acts = await db
    .selectFrom("audit")
    .select(["actor", "action"])
    .where("subject", "=", `calendar of ${PEOPLE.member}`)
    .orderBy("id")
    .execute();
  expect(acts.map(({ action }) => action)).toEqual([
    "calendar-made",
    "calendar-made",
    "calendar-revoked",
    "calendar-made",
  ]);
});

test("a button that is pressed often at once leaves one address", async () => {
  const cookie = await signInAs("observer");
  const page = await app.inject({ url: "/calendar", headers: { cookie } });
  const request = form("/calendar", { _csrf: tokenIn(page.body) }, cookie);
  const made = await Promise.all(Array.from({ length: 4 }, () => app.inject(request)));
  const addresses = made.map(({ body }) => /\/calendar\/[0-9a-f]{64}\.ics/.exec(body)?.[0] ?? "none");
  const answers = await Promise.all(addresses.map((address) => app.inject(address)));
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
});

test("an address that nobody has is not found, whatever it is", async () => {
  for (const token of ["0".repeat(64), "x", "%00", "a".repeat(290), "..%2f..%2fetc"]) {
    expect((await app.inject(`/calendar/${token}.ics`)).statusCode, token).toBe(404);
  }
});

test("nobody can try many addresses, nor ask for one all the time", async () => {
  const address = await makeAddress(await signInAs("observer"));
  const statuses = async (url: string) =>
    new Set(
      (await Promise.all(Array.from({ length: 40 }, () => app.inject({ url, remoteAddress: "192.0.2.7" })))).map(
        ({ statusCode }) => statusCode,
      ),
    );
  expect(await statuses(`/calendar/${"1".repeat(64)}.ics`)).toEqual(new Set([404, 429]));
  // A right address is answered whatever others try from the same place.
  expect((await app.inject({ url: address, remoteAddress: "192.0.2.7" })).statusCode).toBe(200);
  expect(await statuses(address)).toEqual(new Set([200, 429]));
});

test("the operator of this machine is nobody in the catalogue, and is told so", async () => {
  const cookie = await signIn();
  const page = await app.inject({ url: "/calendar", headers: { cookie } });
  expect(page.body).toContain("sign in with your e-mail address");
  expect((await app.inject(form("/calendar", { _csrf: tokenIn(page.body) }, cookie))).statusCode).toBe(409);
});

test("leads to the series where no case asks, as for commentary on a figure past a draft limit", async () => {
  const id = await ask("commentary", PEOPLE.analyst, "2024-05-08", null);
  const { body } = await app.inject(await makeAddress(await signInAs("analyst")));
  const event = eventsOf(body).find(({ uid }) => uid === `request-${id}@localhost`);
  expect(event).toMatchObject({ url: { val: "http://localhost:3000/series/ae-4h/RA" } });
});
