import { MARCH_2024 } from "@signalbox/db/testing-world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);

type Who = keyof typeof PEOPLE;
const cookies = new Map<Who, string>();
async function as(person: Who): Promise<string> {
  const cookie = cookies.get(person) ?? (await signInAs(person));
  cookies.set(person, cookie);
  return cookie;
}
async function page(person: Who, url: string) {
  return app.inject({ url, headers: { cookie: await as(person) } });
}
async function post(person: Who, url: string, fields: Readonly<Record<string, string>> = {}) {
  const token = tokenIn((await page(person, "/action-plans")).body);
  return app.inject(form(url, { ...fields, _csrf: token }, await as(person)));
}
const asked = (kind: "action-plan" | "plan-decision" | "acknowledgement") =>
  db
    .selectFrom("request")
    .select(["stage", "recipients", "due_on", "quiet", "forum"])
    .where("kind", "=", kind)
    .orderBy("id")
    .execute();
const told = (reason: string) =>
  db.selectFrom("telling").select(["kind", "recipients", "detail"]).where("reason", "=", reason).execute();
const days = { acknowledged: 2, accepted: 5, delivered: 30, embedded: 60 };

beforeAll(async () => {
  await db.insertInto("clock").values({ now: "2024-04-22T09:00:00Z" }).execute();
  const body = { actionPlan: { slt: { dueWorkingDays: 10 } }, followThrough: { slt: days } };
  await db
    .updateTable("protocol")
    .set({ body: JSON.stringify(body) })
    .execute();
  await db
    .updateTable("request")
    .set({ recipients: [PEOPLE.owner] })
    .execute();
  await db
    .insertInto("threshold")
    .values({
      since: 1,
      metric: "ae-4h",
      organisation: null,
      level: null,
      basis: "value",
      board: 75,
      slt: 70,
      from_period: MARCH_2024 - 12,
      to_period: null,
      status: "approved",
      approved_on: null,
      minute: null,
    })
    .execute();
});

const whole = {
  what: "Waits grew.",
  why: "One of two assessment areas was closed.",
  help: "Two nurses from the system's bank.",
  cost: "£250k",
  "actions-count": "1",
  "actions-0-number": "1",
  "actions-0-what": "Open the second assessment area",
  "actions-0-owner": PEOPLE.analyst,
  "actions-0-dueOn": "3/6/2024",
  "actions-0-effect": "ae-4h|RA",
  "actions-0-effect-by": "4.5",
  "actions-0-effect-in": "June 2024",
  "path-count": "1",
  "path-0-metric": "ae-4h",
  "path-0-organisation": "RA",
  "path-0-count": "2",
  "path-0-period-0": "2024-04",
  "path-0-values-0": "73",
  "path-0-period-1": "2024-05",
  "path-0-values-1": "76.5%",
};

describe("a plan, from its case to its acceptance", () => {
  let at = "";

  test("is begun from the case by who answers for it, prefilled, and once", async () => {
    expect((await page("owner", `/escalations/${ids.escalation}`)).body).toContain(
      `action="/escalations/${ids.escalation}/plan"`,
    );
    expect((await page("slt-chair", `/escalations/${ids.escalation}`)).body).not.toContain(
      `action="/escalations/${ids.escalation}/plan"`,
    );
    for (const who of ["chair", "observer", "submitter", "analyst"] as const)
      expect((await post(who, `/escalations/${ids.escalation}/plan`)).statusCode).toBe(403);
    const { headers, statusCode } = await post("owner", `/escalations/${ids.escalation}/plan`);
    expect(statusCode).toBe(303);
    at = String(headers.location).replace("/edit", "");
    expect((await post("executive", `/escalations/${ids.escalation}/plan`)).headers.location).toBe(`${at}/edit`);
    const { body } = await page("owner", `${at}/edit`);
    for (const text of ['value="5/6/2024"', ">April 2024<", ">September 2024<", "come back within is <strong>75.0%"])
      expect(body).toContain(text);
    expect(body).toContain(`>A&amp;E four-hour performance, Northwick Hospitals<span`);
    expect(body).toContain(`<option value="${PEOPLE.owner}" selected`);
  });

  test("is nobody else's while it is a draft", async () => {
    for (const who of ["chair", "slt-chair"] as const) {
      expect((await page(who, at)).statusCode).toBe(404);
      expect((await page(who, `${at}/edit`)).statusCode).toBe(404);
      expect((await page(who, "/action-plans")).body).toContain("no plans that you may see");
    }
    expect((await page("analyst", at)).statusCode).toBe(200);
    expect((await page("analyst", `${at}/edit`)).statusCode).toBe(403);
  });

  test("takes more actions and more months by buttons, without losing a word", async () => {
    const typed = { ...whole, edition: "1", "actions-0-dueOn": "some day" };
    const more = await post("owner", `${at}/edit`, { ...typed, do: "add-action" });
    expect(more.body).toContain("Action 2</legend>");
    // One is led to what was added, not to the head of the page.
    expect(more.body).toContain(`formaction="${at}/edit#action-2"`);
    const longer = await post("owner", `${at}/edit`, { ...typed, do: "add-values-0" });
    for (const text of ['value="some day"', 'value="£250k"', ">August 2024<", "Two nurses"])
      expect(longer.body).toContain(text);
    expect((await post("owner", `${at}/edit`, { ...typed, do: "remove-action-0" })).body).not.toContain("some day");
  });

  test("says at each field what cannot be read, and keeps what was typed", async () => {
    const typed = { "actions-0-dueOn": "31/6/2024", "path-0-values-1": "a lot", cost: "cheap" };
    const { statusCode, body } = await post("owner", `${at}/edit`, { ...whole, ...typed, edition: "1" });
    expect(statusCode).toBe(400);
    for (const id of ["actions-0-dueOn", "path-0-values-1", "cost"]) {
      expect(body).toContain(`href="#${id}"`);
      expect(body).toContain(`id="${id}-error"`);
    }
    for (const text of Object.values(typed)) expect(body).toContain(`value="${text}"`);
    expect(body).toContain("<title>Error: ");
  });

  test("is kept as a draft, and not sent, while something is missing", async () => {
    const bare = { ...whole, why: "", "actions-0-owner": "", "path-0-values-1": "74.9" };
    const { statusCode, body } = await post("owner", `${at}/edit`, { ...bare, edition: "1", do: "send" });
    expect(statusCode).toBe(400);
    expect(body).toContain("kept as a draft");
    for (const id of ["why", "actions-0-owner", "path-0-values-0"]) expect(body).toContain(`href="#${id}"`);
    expect(body).toContain("never comes back past the limit of 75.0%");
    expect(body).toContain('name="edition" value="2"');
    expect(await asked("plan-decision")).toEqual([]);
  });

  test("loses nothing where two people write at once", async () => {
    const saved = await post("executive", `${at}/edit`, { ...whole, edition: "2" });
    expect(saved.statusCode).toBe(303);
    expect((await page("executive", String(saved.headers.location))).body).toContain("The draft is saved.");
    const late = await post("owner", `${at}/edit`, { ...whole, what: "My own words", edition: "2" });
    // A month is shown as somebody types it.
    expect((await page("executive", `${at}/edit`)).body).toContain('value="June 2024"');
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("Erin Executive saved this plan while you wrote");
    expect(late.body).toContain(">My own words</textarea>");
    expect(late.body).toContain('name="edition" value="3"');
    expect((await page("owner", at)).body).not.toContain("My own words");
  });

  test("is sent: what was asked is answered, and chair and secretary of the forum are asked", async () => {
    expect((await post("owner", `${at}/edit`, { ...whole, edition: "3", do: "send" })).statusCode).toBe(303);
    expect((await asked("action-plan")).map(({ stage }) => stage)).toEqual(["answered"]);
    expect(await asked("plan-decision")).toEqual([
      { stage: "asked", recipients: [PEOPLE["slt-chair"]], due_on: "2024-04-29", quiet: false, forum: "SLT" },
    ]);
    const [letter] = await told("asked-plan-decision");
    expect(letter?.detail).toMatchObject({ answerAt: at, dueOn: "2024-04-29", except: [PEOPLE.owner] });
    expect((await page("slt-chair", at)).body).toContain("Decide this plan");
    expect((await page("owner", at)).body).not.toContain("Decide this plan");
    expect((await page("owner", `${at}/edit`)).statusCode).toBe(409);
  });

  test("is decided by its forum alone", async () => {
    for (const who of ["owner", "observer", "auditor"] as const)
      expect((await post(who, `${at}/accept`, { revision: "1" })).statusCode).toBe(403);
    expect((await post("submitter", `${at}/withdraw`, { edition: "4" })).statusCode).toBe(403);
    // Nor by who stands in for its sender, or sent it and stands in for the chair.
    const day = { from_day: "2024-04-22", to_day: "2024-04-22", by: "test", reason: "", at: "2024-04-22T09:00:00Z" };
    const [sender, chair] = [PEOPLE.owner, PEOPLE["slt-chair"]];
    await db
      .insertInto("deputy")
      .values([
        { ...day, person: sender, deputy: chair },
        { ...day, person: chair, deputy: sender },
      ])
      .execute();
    for (const who of ["owner", "slt-chair"] as const)
      expect((await post(who, `${at}/accept`, { revision: "1" })).statusCode).toBe(403);
    await db.deleteFrom("deputy").execute();
    expect((await post("slt-chair", `${at}/accept`, { revision: "7" })).statusCode).toBe(409);
  });

  test("is sent back with what is missing: the owner is asked anew, by the protocol's day", async () => {
    const bare = await post("slt-chair", `${at}/send-back`, { revision: "1", note: "  " });
    expect(bare.statusCode).toBe(400);
    expect(bare.body).toContain('href="#note-send-back"');
    const note = "Say who leads, and what happens at nights.";
    expect((await post("slt-chair", `${at}/send-back`, { revision: "1", note })).statusCode).toBe(303);
    expect((await asked("plan-decision")).map(({ stage }) => stage)).toEqual(["answered"]);
    expect((await asked("action-plan")).at(-1)).toMatchObject({
      stage: "asked",
      recipients: [PEOPLE.owner],
      due_on: "2024-05-07",
    });
    expect((await told("asked-action-plan")).at(-1)).toMatchObject({
      kind: "action-plan-request",
      detail: { said: note, answerAt: at, except: [PEOPLE["slt-chair"]] },
    });
    for (const url of [at, `${at}/edit`]) expect((await page("owner", url)).body).toContain(note);
  });

  test("is sent again and accepted: actions and path are written, their owner asked, its owner told", async () => {
    const edition = /name="edition" value="(\d+)"/.exec((await page("owner", `${at}/edit`)).body)?.[1] ?? "";
    const again = { ...whole, why: "Both areas were closed at nights.", "actions-0-dueOn": "10/6/2024" };
    expect((await post("owner", `${at}/edit`, { ...again, edition, do: "send" })).statusCode).toBe(303);
    const shown = (await page("slt-chair", at)).body;
    expect(shown).toContain("the day it is due, from 3 June 2024 to 10 June 2024");
    expect(shown).toContain("“Why it happened” was written anew");
    expect((await post("slt-chair", `${at}/accept`, { revision: "2", note: "Report in July." })).statusCode).toBe(303);
    expect((await post("slt-chair", `${at}/accept`, { revision: "2" })).statusCode).toBe(409);
    const actions = await db.selectFrom("action").select(["number", "owner", "due_on", "effect_by"]).execute();
    expect(actions).toEqual([{ number: 1, owner: PEOPLE.analyst, due_on: "2024-06-10", effect_by: 4.5 }]);
    expect((await told("asked-action")).map(({ recipients }) => recipients)).toEqual([[PEOPLE.analyst]]);
    expect((await page("owner", at)).body).toContain('href="/actions/');
    const [news] = await told("plan-accepted");
    expect(news).toMatchObject({
      kind: "follow-up",
      recipients: [PEOPLE.owner],
      detail: { headline: "Action plan accepted", said: "Report in July." },
    });
    const acts = await db
      .selectFrom("audit")
      .select("action")
      .where("subject", "like", "plan %")
      .orderBy("id")
      .execute();
    expect(acts.map(({ action }) => action)).toEqual(
      "begun saved saved saved sent sent-back saved sent accepted".split(" ").map((act) => `plan-${act}`),
    );
  });

  test("stands on the chart, beside the figure, in the table and in the answer of the API", async () => {
    const { body } = await page("owner", "/series/ae-4h/RA");
    expect(body).toContain("May 24: expected 76.5%");
    expect(body).toContain("The action plan expects 76.5% in May 2024.");
    const authorization = `Bearer ${await key("SYS", "read", "operate")}`;
    const read = (url: string) => app.inject({ url: `/api/v1${url}`, headers: { authorization } });
    expect((await read("/series/ae-4h/RA")).json()).toMatchObject({
      expectedPath: [
        { period: "2024-04", value: 73 },
        { period: "2024-05", value: 76.5 },
      ],
    });
    const { id } = (await read(`/action-plans?escalation=${ids.escalation}`)).json().items[0];
    expect((await read(`/escalations/${ids.escalation}`)).json().actionPlan).toMatchObject({ id });
    expect((await read(`/action-plans/${id}`)).json()).toMatchObject({
      state: "accepted",
      revision: 2,
      revisions: [{ decision: "sent-back" }, { decision: "accepted", decidedBy: PEOPLE["slt-chair"] }],
    });
  });

  test("is revised: the days that hold now stand in the form, and dropping the revision leaves what was accepted", async () => {
    await db.updateTable("action").set({ due_on: "2024-06-17" }).execute();
    const { body } = await page("owner", `${at}/edit`);
    expect(body).toContain('value="17/6/2024"');
    const edition = /name="edition" value="(\d+)"/.exec(body)?.[1] ?? "";
    expect((await post("owner", `${at}/edit`, { ...whole, what: "Anew", edition })).statusCode).toBe(303);
    expect((await page("slt-chair", at)).body).not.toContain("Anew");
    const dropped = { edition: String(Number(edition) + 1), note: "" };
    expect((await post("owner", `${at}/withdraw`, dropped)).statusCode).toBe(303);
    expect((await page("owner", at)).body).toContain("Accepted by Sasha Slt");
  });
});
