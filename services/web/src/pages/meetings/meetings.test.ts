import { keepPapers } from "@signalbox/db";
import { MARCH_2024 } from "@signalbox/db/testing-world";
import { parse } from "csv-parse/sync";
import { sync as calendarIn } from "node-ical";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, multipartForm, type PEOPLE, testApp, tokenIn } from "../../testing.ts";
import { textOfDocx } from "./testing-docx.ts";

type Who = keyof typeof PEOPLE;
let web: Awaited<ReturnType<typeof testApp>>;
const cookies = new Map<Who, string>();
beforeAll(async () => {
  web = await testApp();
  await web.db.insertInto("clock").values({ now: "2024-04-22T09:00:00Z" }).execute();
});
afterAll(() => web.close());

async function cookieOf(who: Who): Promise<string> {
  let cookie = cookies.get(who);
  if (cookie === undefined) cookies.set(who, (cookie = await web.signInAs(who)));
  return cookie;
}
const get = async (url: string, who: Who) => web.app.inject({ url, headers: { cookie: await cookieOf(who) } });
const setClock = (now: string) => web.db.updateTable("clock").set({ now }).execute();

async function tokenOf(who: Who): Promise<string> {
  return tokenIn((await get("/escalations", who)).body);
}
async function send(who: Who, url: string, fields: Readonly<Record<string, string>>) {
  return web.app.inject(form(url, { ...fields, _csrf: await tokenOf(who) }, await cookieOf(who)));
}
async function upload(who: Who, text: string) {
  const file = { filename: "meetings.csv", text };
  return web.app.inject(multipartForm("/meetings/add/file", { _csrf: await tokenOf(who) }, file, await cookieOf(who)));
}
async function idOf(day: string): Promise<number> {
  const { rows } = { rows: await web.db.selectFrom("meeting").select(["id", "starts_at"]).execute() };
  return rows.find(({ starts_at }) => starts_at.toString().startsWith(day))?.id ?? 0;
}

const FILE = [
  "forum,date,time,papers_due,place",
  "UEC,2024-03-26,14:00,2024-03-19 17:00,Room 4",
  'UEC,30/04/2024,14:00,2024-04-24,"Room 4, =SUM(A1)"',
  "UEC,2024-05-28,14:00,2024-05-21 12:00,",
].join("\n");

describe("meetings", () => {
  test("come as a file by the forum's secretary, all or none, and the same again changes nothing", async () => {
    const wrong = await upload(
      "secretary",
      `${FILE}\nSLT,2024-13-01,25:00,2024-04-01,\nUECC,2024-06-25,9:00,2024-06-26,`,
    );
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain("Line 5, date: &quot;2024-13-01&quot; is no day such as 2026-12-08");
    expect(wrong.body).toContain("Line 6, forum: there is no forum &quot;UECC&quot; (did you mean");
    expect(await web.db.selectFrom("meeting").select("id").execute()).toEqual([]);
    const foreign = await upload("secretary", `${FILE}\nSLT,2024-05-01,10:00,2024-04-24,`);
    expect(foreign.body).toContain(
      "Line 5, forum: meetings of System Leadership Team are entered by its chair or secretary",
    );
    expect((await upload("secretary", FILE)).headers.location).toContain("added=3");
    expect((await upload("operator", FILE)).headers.location).toContain("added=0&changed=0&unchanged=3");
    expect((await upload("member", FILE)).statusCode).toBe(403);
    const audit = await web.db.selectFrom("audit").select("actor").where("action", "=", "meetings-entered").execute();
    expect(audit).toEqual([{ actor: "sol.secretary@example.org" }]);
  });

  test("go out as the file that they came as, and as a calendar with papers as entries of their own", async () => {
    const csv = await get("/meetings?as=csv", "observer");
    expect(parse(csv.rawPayload, { bom: true })).toEqual([
      ["forum", "date", "time", "papers_due", "place"],
      ["UEC", "2024-04-30", "14:00", "2024-04-24 17:00", "Room 4, =SUM(A1)"],
      ["UEC", "2024-05-28", "14:00", "2024-05-21 12:00", ""],
    ]);
    expect((await upload("chair", csv.rawPayload.toString())).headers.location).toContain("unchanged=2");
    const calendar = calendarIn.parseICS((await get("/meetings.ics?forum=UEC", "slt-chair")).body);
    const events = Object.values(calendar).flatMap((one) =>
      one?.type === "VEVENT" ? [[one.summary, one.start.toISOString()]] : [],
    );
    expect(events).toContainEqual(["Urgent and Emergency Care Board", "2024-04-30T13:00:00.000Z"]);
    expect(events).toContainEqual(["Papers due: Urgent and Emergency Care Board", "2024-05-21T11:00:00.000Z"]);
    expect((await get("/meetings.ics", "owner")).body).not.toContain("BEGIN:VEVENT");
    const token = await send("chair", "/calendar", {});
    const link = /calendar\/[\w-]+\.ics/.exec(token.body)?.[0] ?? "none";
    expect((await web.app.inject(`/${link}`)).body).toContain("Papers due: Urgent");
  });

  test("are seen by their forum and those above, by operators and auditors, and by nobody else", async () => {
    const id = await idOf("2024-04-30");
    const seen = new Set<Who>(["chair", "member", "observer", "slt-chair", "operator", "auditor"]);
    const answers = async (who: Who) => {
      // Whoever opens the page opens the document: they are one rule, and a document takes its time.
      const all = [`/meetings/${id}`, `/meetings/${id}/log`, ...(seen.has(who) ? [] : [`/meetings/${id}/agenda.docx`])];
      return Promise.all(all.map(async (url) => (await get(url, who)).statusCode));
    };
    for (const who of seen) expect([who, ...(await answers(who))]).toEqual([who, 200, 200]);
    for (const who of ["owner", "executive", "administrator"] as const)
      expect([who, ...(await answers(who))]).toEqual([who, 404, 404, 404]);
    expect((await get("/meetings", "owner")).body).toContain("No meeting is planned");
    expect((await get("/", "owner")).body).not.toContain('href="/meetings"');
  });

  test("have an agenda that stands as it was when papers were due, and says what changed since", async () => {
    const id = await idOf("2024-04-30");
    await web.db
      .updateTable("request")
      .set({ due_on: "2024-04-10", stage: "on-agenda", forum: "UEC", recipients: ["olu.owner@example.org"] })
      .execute();
    const open = await get(`/meetings/${id}`, "chair");
    expect(open.body).toContain("Overdue (1)");
    expect(open.body).toMatch(/Olu Owner[^]*10 April 2024[^]*12 days<br>On the board’s agenda/);
    expect(open.body).toContain("As it stands now; papers are due 24 April 2024 at 17:00");
    expect(open.body).toContain("New (1)");
    expect(open.body).toContain("71.5%, March 2024");
    await setClock("2024-04-24T16:00:00Z");
    await web.db.transaction().execute((trx) => keepPapers(trx, Temporal.Instant.from("2024-04-24T16:00:00Z")));
    await setClock("2024-04-25T10:00:00Z");
    await web.db
      .updateTable("series_decision")
      .set({ vals: [96.25, null, 70.1] })
      .where("series", "=", web.ids.series)
      .execute();
    await web.db
      .insertInto("escalation_event")
      .values({
        escalation: web.ids.escalation,
        period: MARCH_2024 + 1,
        event: "resolved",
        tier: "none",
        at: "2024-04-25T09:00:00Z",
        evaluation: 1,
      })
      .execute();
    const frozen = await get(`/meetings/${id}`, "chair");
    expect(frozen.body).toContain("As it stood when papers were due");
    expect(frozen.body).toContain("New (1)");
    expect(frozen.body).toContain("71.5%, March 2024");
    expect(frozen.body).toContain("Resolved since the papers (1)");
    const moved = await upload("secretary", FILE.replace("2024-04-24", "2024-04-26"));
    expect(moved.body).toContain("Line 3, papers_due: its papers went out already");
    const cases = await get(`/meetings/${id}?as=json`, "observer");
    expect(cases.json<{ items: object[] }>().items).toHaveLength(1);
  });

  test("decide of cases, ask it of somebody, and carry it on until it is done", async () => {
    const id = await idOf("2024-04-30");
    const given = {
      escalation: String(web.ids.escalation),
      decision: "<b>Review</b> the rota\u0001",
      askedOf: "olu.owner@example.org",
      dueOn: "14/5/2024",
    };
    expect((await send("member", `/meetings/${id}/decisions`, given)).statusCode).toBe(403);
    expect((await send("owner", `/meetings/${id}/decisions`, given)).statusCode).toBe(404);
    const wrong = await send("secretary", `/meetings/${id}/decisions`, {
      ...given,
      escalation: "999",
      askedOf: "no.body@example.org",
      dueOn: "31/2/2024",
    });
    expect(wrong.statusCode).toBe(400);
    for (const said of ["Choose a case of this forum", "somebody Signalbox knows", "Write a day such as", "Review"])
      expect(wrong.body).toContain(said);
    expect((await send("chair", `/meetings/${id}/decisions`, given)).statusCode).toBe(303);
    const decision = await web.db.selectFrom("meeting_decision").selectAll().executeTakeFirstOrThrow();
    const asked = () =>
      web.db
        .selectFrom("request")
        .select(["kind", "recipients", "due_on", "stage"])
        .where("kind", "=", "decision")
        .executeTakeFirst();
    expect(await asked()).toEqual({
      kind: "decision",
      recipients: ["olu.owner@example.org"],
      due_on: "2024-05-14",
      stage: "asked",
    });
    const telling = await web.db
      .selectFrom("telling")
      .select(["detail", "tell_at"])
      .where("reason", "=", "asked-decision")
      .executeTakeFirst();
    expect(telling?.detail).toMatchObject({
      answerAt: `/decisions/${decision.id}`,
      except: ["chris.chair@example.org"],
    });
    // It was written down five days before the meeting: nobody hears of it until that has begun.
    expect(telling?.tell_at.toString()).toBe("2024-04-30T13:00:00Z");
    const tooSoon = await send("secretary", `/meetings/${id}/decisions`, { ...given, dueOn: "29/4/2024" });
    expect(tooSoon.body).toContain("Give a day that is not before the meeting");
    // The next meeting carries it on, overdue by then.
    await setClock("2024-05-20T10:00:00Z");
    const next = await idOf("2024-05-28");
    const log = await get(`/meetings/${next}/log`, "observer");
    expect(log.body).toContain("&lt;b&gt;Review&lt;/b&gt; the rota");
    expect(log.body).toContain("Overdue by 6 days");
    expect((await get(`/escalations/${web.ids.escalation}`, "owner")).body).toContain("What meetings decided");
    expect((await get(`/decisions/${decision.id}`, "submitter")).statusCode).toBe(404);
    expect((await send("owner", `/decisions/${decision.id}/done`, { note: " " })).statusCode).toBe(400);
    expect((await send("observer", `/decisions/${decision.id}/done`, { note: "Done" })).statusCode).toBe(403);
    expect((await send("owner", `/decisions/${decision.id}/done`, { note: "The rota is new." })).statusCode).toBe(303);
    expect(await asked()).toMatchObject({ stage: "answered" });
    expect((await get(`/meetings/${next}/log?as=csv`, "chair")).body).toContain(
      "Done on 20 May 2024: The rota is new.",
    );
    const acts = await web.db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "decision-%")
      .orderBy("id")
      .execute();
    expect(acts.map(({ action }) => action)).toEqual(["decision-recorded", "decision-done"]);
  });

  test("are a Word document with headings, tables that repeat their first row, and charts in words", async () => {
    const sent = await get(`/meetings/${await idOf("2024-04-30")}/agenda.docx`, "chair");
    expect(sent.headers["content-disposition"]).toBe('attachment; filename="agenda-uec-2024-04-30.docx"');
    const { document, styles, core, text } = await textOfDocx(sent.rawPayload);
    expect(document).toContain('<w:pStyle w:val="Heading1"/>');
    expect(document).toContain('<w:pStyle w:val="Heading2"/>');
    expect(document).toMatch(/<w:tblHeader\/>/);
    expect(document).toContain('w:orient="landscape"');
    expect(document).toMatch(/descr="Chart of A&amp;E four-hour performance, Northwick Hospitals/);
    expect(styles).toContain('<w:lang w:val="en-GB"');
    expect(core).toContain("Agenda: Urgent and Emergency Care Board, 30 April 2024 at 14:00");
    expect(text).toContain("71.5%, March 2024");
    expect(text).toContain("<b>Review</b> the rota");
    expect(document).not.toContain("\u0001");
  });

  test("are cancelled with a reason, and a file does not bring them back", async () => {
    const id = await idOf("2024-05-28");
    expect((await send("member", `/meetings/${id}/cancellation`, { reason: "Strike" })).statusCode).toBe(403);
    expect((await send("chair", `/meetings/${id}/cancellation`, { reason: "" })).body).toContain(
      "Say why it is cancelled",
    );
    const prepared = { decision: "Bring it", askedOf: "olu.owner@example.org", dueOn: "3/6/2024", escalation: "" };
    await send("secretary", `/meetings/${id}/decisions`, prepared);
    expect((await send("chair", `/meetings/${id}/cancellation`, { reason: "Strike" })).statusCode).toBe(303);
    // What was prepared for it is asked of nobody, and nobody hears of it.
    const last = () =>
      web.db.selectFrom("request").select("stage").where("kind", "=", "decision").orderBy("id", "desc");
    expect((await last().executeTakeFirstOrThrow()).stage).toBe("withdrawn");
    const telling = web.db.selectFrom("telling").select("state").where("reason", "=", "asked-decision");
    expect((await telling.orderBy("id", "desc").executeTakeFirstOrThrow()).state).toBe("dropped");
    expect((await get(`/meetings/${id}`, "observer")).body).toContain("Strike");
    expect((await upload("chair", FILE)).headers.location).toContain("added=0&changed=0&unchanged=2&left=1");
    const again = { forum: "UEC", date: "2024-05-28", time: "14:00", papers_due: "2024-05-21 12:00", place: "" };
    expect((await send("chair", "/meetings/add", again)).headers.location).toContain("added=1");
    const typed = await send("chair", "/meetings/add", { ...again, time: "noon", place: "Here" });
    expect(typed.statusCode).toBe(400);
    expect(typed.body).toContain('value="Here"');
    expect(typed.body).toContain('href="#time"');
  });

  test("are reached by keys of the whole system alone", async () => {
    const whole = { authorization: `Bearer ${await web.key("SYS", "read", "operate")}` };
    const own = { authorization: `Bearer ${await web.key("RA", "read", "operate")}` };
    const json = { ...whole, "content-type": "application/json" };
    const id = await idOf("2024-04-30");
    const list = await web.app.inject({
      url: "/api/v1/meetings?forum=UEC&from=2024-04-01&to=2024-04-30",
      headers: whole,
    });
    expect(list.json()).toMatchObject({
      items: [{ id: String(id), startsAt: "2024-04-30T13:00:00Z", cancelled: null }],
      next: null,
    });
    const firstPage = await web.app.inject({ url: "/api/v1/meetings?limit=1", headers: whole });
    expect(firstPage.json<{ next: string }>().next).not.toBeNull();
    expect((await web.app.inject({ url: "/api/v1/meetings", headers: own })).json()).toEqual({ items: [], next: null });
    expect((await web.app.inject({ url: `/api/v1/meetings/${id}/agenda`, headers: own })).statusCode).toBe(404);
    const agenda = await web.app.inject({ url: `/api/v1/meetings/${id}/agenda`, headers: whole });
    expect(agenda.json()).toMatchObject({
      frozen: true,
      cases: {
        new: [{ escalation: String(web.ids.escalation), figure: { period: "2024-03", value: 71.5, rag: "red" } }],
      },
      changed: { resolved: [{ escalation: String(web.ids.escalation) }] },
    });
    const post = (url: string, payload: object | string, headers: object = json) =>
      web.app.inject({ method: "POST", url, headers: { ...headers }, payload });
    const meetings = [{ forum: "SLT", date: "2024-06-04", time: "10:00", papers_due: "2024-05-28" }];
    expect((await post("/api/v1/meetings", { meetings })).json()).toEqual({
      added: 1,
      changed: 0,
      unchanged: 0,
      leftCancelled: 0,
    });
    const csv = "forum,date,time,papers_due,place\nSLT,2024-06-04,10:00,2024-05-28 17:00,\n";
    const asCsv = { ...whole, "content-type": "text/csv" };
    expect((await post("/api/v1/meetings", csv, asCsv)).json()).toMatchObject({ added: 0, unchanged: 1 });
    const refused = await post("/api/v1/meetings", csv.replace("10:00", "x"), asCsv);
    expect(refused.json()).toMatchObject({ status: 422, problems: [{ line: 2, column: "time" }] });
    expect(
      (await post("/api/v1/meetings", { meetings }, { ...own, "content-type": "application/json" })).statusCode,
    ).toBe(422);
    expect((await post("/api/v1/meetings", { meetings: "x" })).statusCode).toBe(400);
    const decide = (by: string) => post(`/api/v1/meetings/${id}/decisions`, { decision: "Note it", by });
    expect((await decide("mel.member@example.org")).statusCode).toBe(422);
    expect((await decide("sol.secretary@example.org")).json()).toMatchObject({
      decision: "Note it",
      by: "sol.secretary@example.org",
      done: null,
    });
    const asked = {
      decision: "Bring the rota",
      by: "sol.secretary@example.org",
      askedOf: "olu.owner@example.org",
      dueOn: "2024-06-30",
    };
    const { id: toDo } = (await post(`/api/v1/meetings/${id}/decisions`, asked)).json<{ id: string }>();
    const complete = (by: string) =>
      post(`/api/v1/meetings/${id}/decisions/${toDo}/completion`, { note: "It is here.", by });
    expect((await complete("mel.member@example.org")).statusCode).toBe(422);
    expect((await complete("olu.owner@example.org")).json()).toMatchObject({
      done: { by: "olu.owner@example.org", note: "It is here." },
    });
    expect((await complete("olu.owner@example.org")).statusCode).toBe(409);
    const noted = await web.db
      .selectFrom("audit")
      .select("detail")
      .where("action", "=", "decision-done")
      .orderBy("id", "desc")
      .executeTakeFirst();
    expect(noted?.detail).toMatchObject({ through: "key SYS read operate" });
    const decisions = await web.app.inject({ url: `/api/v1/meetings/${id}/decisions`, headers: whole });
    expect(decisions.json<{ items: object[] }>().items).toHaveLength(3);
    const cancelled = await post(`/api/v1/meetings/${id}/cancellation`, { reason: "Over" });
    expect(cancelled.json()).toMatchObject({ cancelled: { reason: "Over", by: "key SYS read operate" } });
  });
});
