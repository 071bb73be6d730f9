import { putTestTime } from "@signalbox/db";
import { MARCH_2024 } from "@signalbox/db/testing-world";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);

const MONDAY = Temporal.Instant.from("2024-04-22T09:00:00Z");
const page = "/commentary/ae-4h/RA/2024-03";
const { series, escalation } = ids;

beforeEach(async () => {
  await putTestTime(db, MONDAY);
  for (const table of ["commentary", "commentary_opened", "meeting"] as const) await db.deleteFrom(table).execute();
  await db.deleteFrom("request").where("kind", "=", "commentary").execute();
  await db
    .insertInto("request")
    .values({
      kind: "commentary",
      key: `commentary:${series}:${MARCH_2024}`,
      escalation: null,
      series,
      organisation: "RA",
      period: MARCH_2024,
      recipients: [PEOPLE.owner],
      asked_at: MONDAY.toString(),
      due_on: "2024-04-29",
    })
    .execute();
});

const owner = await signInAs("owner");
const read = (url: string, cookie = owner) => app.inject({ url, headers: { cookie } });
const words = () => db.selectFrom("commentary").select(["words", "by"]).orderBy("id").execute();
const request = () =>
  db.selectFrom("request").select(["stage", "answered_by"]).where("kind", "=", "commentary").executeTakeFirst();
async function write(text: string, cookie = owner) {
  return app.inject(form(page, { words: text, _csrf: tokenIn((await read("/account", cookie)).body) }, cookie));
}
/** A meeting of the area's board after March's submission day, whose papers are due on 24 April at noon. */
const meet = () =>
  db
    .insertInto("meeting")
    .values({
      forum: "UEC",
      starts_at: "2024-05-01T13:00:00Z",
      papers_due_at: "2024-04-24T12:00:00Z",
      by: "test",
      at: MONDAY.toString(),
    })
    .execute();

describe("writing", () => {
  test("shows what changed beside what was written before, and takes the words", async () => {
    await db
      .insertInto("commentary")
      .values({
        series,
        period: MARCH_2024 - 1,
        words: "No figure came in February.",
        by: PEOPLE.analyst,
        at: "2024-03-20T09:00:00Z",
      })
      .execute();
    const { body } = await read(page);
    for (const said of [
      "Asked of Olu Owner, due 29 April 2024",
      "No figure came in February.",
      "Ana Analyst",
      "<strong>71.5%</strong>",
      "no value",
      "▲ Red",
      "What was written of February 2024",
    ])
      expect(body).toContain(said);
    expect((await write("Bed closures on two wards.\r\nThey open in May.")).statusCode).toBe(303);
    expect((await words()).at(-1)).toEqual({
      words: "Bed closures on two wards.\nThey open in May.",
      by: PEOPLE.owner,
    });
    expect(await request()).toEqual({ stage: "answered", answered_by: PEOPLE.owner });
    for (const url of [page, `/escalations/${escalation}`, "/series/ae-4h/RA", "/commentary"])
      expect([url, (await read(url)).body.includes("Bed closures on two wards.")]).toEqual([url, true]);
  });

  test("keeps each version; the same words again are none", async () => {
    for (const text of ["First.", "Second.", "Second."]) await write(text);
    expect(await words()).toMatchObject([{ words: "First." }, { words: "Second." }]);
    expect((await read(page)).body).toContain("Versions before (1)");
    const trail = await db.selectFrom("audit").select("subject").where("action", "=", "commentary-saved").execute();
    expect(trail.slice(-1)).toEqual([{ subject: "commentary on ae-4h of RA, 2024-03" }]);
  });

  test.each([
    ["", "Write what lies behind the figure"],
    ["x".repeat(4001), "Use at most 4,000 characters"],
  ])("what is wrong is said, and nothing typed is lost", async (text, fault) => {
    const answer = await write(text);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(fault);
    expect(answer.body).toContain(`>${text}</textarea>`);
    expect(await words()).toEqual([]);
  });

  test("is the author's, the owner's and the executive's; a chair reads, and others see nothing", async () => {
    expect((await write("By the executive.", await signInAs("executive"))).statusCode).toBe(303);
    for (const who of ["chair", "analyst", "auditor"] as const)
      expect([who, (await write("Not mine.", await signInAs(who))).statusCode]).toEqual([who, 403]);
    expect((await read(page, await signInAs("chair"))).body).toContain("By the executive.");
    expect((await read("/commentary/ae-4h/RA/2031-01")).statusCode).toBe(404);
    expect((await read("/commentary/staff-survey/RB/2024-01")).statusCode).toBe(404);
  });
});

describe("the freeze", () => {
  test("comes when the papers of the board's next meeting are due; then it is read, and its secretary opens it again", async () => {
    await meet();
    await write("In time.");
    expect((await read(page)).body).toContain(
      "It may be written until 24 April 2024 at 13:00, when the papers of the next meeting are due",
    );
    await putTestTime(db, Temporal.Instant.from("2024-04-24T12:00:00Z"));
    const frozen = await read(page);
    expect(frozen.body).toContain("It has been frozen since 24 April 2024 at 13:00");
    expect(frozen.body).not.toContain("<textarea");
    const late = await write("Too late.");
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("Too late.");
    const secretary = await signInAs("secretary");
    const page2 = await read(page, secretary);
    const open = (reason: string, cookie = secretary) =>
      app.inject(form(`${page}/opening`, { reason, _csrf: tokenIn(page2.body) }, cookie));
    expect((await open("")).statusCode).toBe(400);
    expect((await open("The figure was restated")).statusCode).toBe(303);
    expect((await write("After it was opened.")).statusCode).toBe(303);
    expect((await read(page)).body).toContain("The figure was restated");
    // Five working days on, the early May bank holiday not being one of them.
    await putTestTime(db, Temporal.Instant.from("2024-05-02T23:00:00Z"));
    expect((await write("Later still.")).statusCode).toBe(409);
    expect((await words()).map((one) => one.words)).toEqual(["In time.", "After it was opened."]);
  });

  test("without a meeting comes a level after the request's day; who writes does not open it", async () => {
    await putTestTime(db, Temporal.Instant.from("2024-05-07T22:59:59Z"));
    expect((await write("On the last day.")).statusCode).toBe(303);
    await putTestTime(db, Temporal.Instant.from("2024-05-07T23:00:00Z"));
    expect((await write("A second late.")).statusCode).toBe(409);
    const csrf = tokenIn((await read("/account")).body);
    expect((await app.inject(form(`${page}/opening`, { reason: "Please", _csrf: csrf }, owner))).statusCode).toBe(403);
  });
});

test("the list says what waits for whom, and leaves as a file", async () => {
  expect((await read("/commentary?mine=yes")).body).toContain('href="/commentary/ae-4h/RA/2024-03"');
  expect((await read("/commentary?mine=yes", await signInAs("executive"))).body).toContain("Nothing waits for you.");
  expect((await read("/commentary?period=April")).statusCode).toBe(400);
  await write("=cmd|' /C calc'!A0");
  const csv = await read("/commentary?forum=UEC&period=March+2024&as=csv");
  expect(csv.body).toContain(
    "A&E four-hour performance,Northwick Hospitals,Urgent and Emergency Care Board,March 2024,2024-04-29,Written,",
  );
  expect(csv.body).not.toContain(",=cmd");
  expect((await read("/commentary?forum=EC&as=csv")).body.trim().split("\n")).toHaveLength(1);
});

test("by API a key of the whole system saves what somebody named wrote", async () => {
  const put = (bearer: string, body: object) =>
    app.inject({ method: "PUT", url: `/api/v1${page}`, headers: { authorization: `Bearer ${bearer}` }, payload: body });
  const system = await key("SYS", "read", "operate");
  expect((await put(await key("RA", "operate"), { words: "Ours.", by: PEOPLE.owner })).statusCode).toBe(403);
  expect((await put(system, { words: "Theirs.", by: PEOPLE.chair })).statusCode).toBe(403);
  const answer = await put(system, { words: "Written elsewhere.", by: PEOPLE.owner });
  const saved = {
    metric: "ae-4h",
    organisation: "RA",
    period: "2024-03",
    words: "Written elsewhere.",
    by: PEOPLE.owner,
    versions: 1,
    dueOn: "2024-04-29",
    status: "answered",
  };
  expect(answer.json()).toMatchObject(saved);
  const listed = await app.inject({
    url: "/api/v1/commentary?metric=ae-4h&from=2024-03&to=2024-03",
    headers: { authorization: `Bearer ${await key("RA", "read")}` },
  });
  expect(listed.json()).toMatchObject({ items: [saved], next: null });
  await meet();
  await putTestTime(db, Temporal.Instant.from("2024-04-24T12:00:00Z"));
  expect((await put(system, { words: "Late.", by: PEOPLE.owner })).statusCode).toBe(409);
  const open = (by: string) =>
    app.inject({
      method: "POST",
      url: `/api/v1${page}/opening`,
      headers: { authorization: `Bearer ${system}` },
      payload: { reason: "The figure was restated", by },
    });
  expect((await open(PEOPLE.owner)).statusCode).toBe(403);
  expect((await open(PEOPLE.chair)).json()).toEqual({ openUntil: "2024-05-01T23:00:00Z" });
  expect((await put(system, { words: "Late.", by: PEOPLE.owner })).statusCode).toBe(200);
  const acts = await db
    .selectFrom("audit")
    .select(["action", "actor", "detail"])
    .where("action", "like", "commentary-%")
    .execute();
  expect(acts.slice(-2)).toMatchObject([
    { action: "commentary-opened", actor: PEOPLE.chair, detail: { through: "key SYS read operate" } },
    { action: "commentary-saved", actor: PEOPLE.owner, detail: { through: "key SYS read operate" } },
  ]);
});
