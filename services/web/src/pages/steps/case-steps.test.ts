import { ask, putTestTime, type RequestKind } from "@signalbox/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const NOW = Temporal.Instant.from("2026-11-24T09:00:00Z");
let world: Awaited<ReturnType<typeof testApp>>;
let page: string;

beforeAll(async () => {
  world = await testApp();
  await putTestTime(world.db, NOW);
  page = `/escalations/${world.ids.escalation}`;
  const asking = (kind: RequestKind, dueOn: string) => ({
    kind,
    key: `${kind}:1`,
    escalation: world.ids.escalation,
    series: world.ids.series,
    organisation: "RA",
    period: 24_000,
    recipients: [PEOPLE.owner],
    dueOn,
    nextAt: null,
    why: "",
    detail: { title: "A&E four-hour performance" },
  });
  await world.db
    .transaction()
    .execute((trx) => ask(trx, [asking("acknowledgement", "2026-11-26"), asking("action-plan", "2026-12-08")], NOW));
}, 30_000);
afterAll(() => world.close());

async function as(person: keyof typeof PEOPLE) {
  const cookie = await world.signInAs(person);
  const read = async (url = page) => world.app.inject({ url, headers: { cookie } });
  const send = async (url: string, fields: Record<string, string>) =>
    world.app.inject(form(url, { ...fields, _csrf: tokenIn((await read()).body) }, cookie));
  return { read, send };
}

/** What the next step and the five states say, tags and blanks taken away. */
function nextIn(html: string): string {
  const section = /<section class="signalbox-next"[\s\S]*?<\/ol>/.exec(html)?.[0] ?? "";
  return section
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll(" ,", ",")
    .trim();
}

const open = () =>
  world.db
    .selectFrom("request")
    .select(["id", "kind", "due_on", "stage"])
    .where("ended_at", "is", null)
    .orderBy("id")
    .execute();

test("a holding reply counts as seen, and the plan comes next", async () => {
  const owner = await as("owner");
  expect(nextIn((await owner.read()).body)).toContain(
    "Say that the case is seen : Olu Owner, by 26 November 2026. 1 more thing is asked.",
  );
  const empty = await owner.send(`${page}/holding-reply`, { reply: "  " });
  expect([empty.statusCode, empty.body.includes("Say in a few words what you know")]).toEqual([400, true]);
  expect((await (await as("submitter")).send(`${page}/holding-reply`, { reply: "Not mine" })).statusCode).toBe(403);
  expect((await owner.send(`${page}/holding-reply`, { reply: "A ward closed; plan by Friday" })).statusCode).toBe(303);
  const said = nextIn((await owner.read()).body);
  expect(said).toContain("Write an action plan : Olu Owner, by 8 December 2026.");
  expect(said).toContain("✓ Seen on 24 November 2026 by Olu Owner");
  expect(said).toContain("○ Plan sent due 8 December 2026: Olu Owner");
  expect((await open()).map(({ kind }) => kind)).toEqual(["action-plan"]);
});

test("whoever is asked asks for another day, and whoever decides agrees it, with a reason", async () => {
  const owner = await as("owner");
  const chair = await as("chair");
  const [plan] = await open();
  const request = String(plan?.id);
  const wrong = await chair.send(`${page}/another-day`, {
    request,
    day: "31 2 2027",
    reason: "A long note that stays",
  });
  expect([wrong.statusCode, wrong.body.includes("A long note that stays")]).toEqual([400, true]);
  expect(
    (await owner.send(`${page}/another-day`, { request, day: "22 12 2026", reason: "Waiting for staff" })).statusCode,
  ).toBe(303);
  expect(await open()).toMatchObject([{ due_on: "2026-12-08" }]);
  expect(
    (await chair.send(`${page}/another-day`, { request, day: "22 12 2026", reason: "Agreed, for staff" })).statusCode,
  ).toBe(303);
  expect(await open()).toMatchObject([{ due_on: "2026-12-22", stage: "asked" }]);
  const told = await world.db
    .selectFrom("telling")
    .select(["recipients", "detail"])
    .where("kind", "=", "follow-up")
    .orderBy("id")
    .execute();
  expect(told).toMatchObject([
    {
      recipients: [PEOPLE["slt-chair"]],
      detail: { headline: "Another day is asked for", dueOn: "2026-12-22", said: "Waiting for staff" },
    },
    { recipients: [PEOPLE.owner], detail: { headline: "Another day was agreed", said: "Agreed, for staff" } },
  ]);
  expect((await (await as("observer")).read(`${page}/another-day`)).statusCode).toBe(403);
});

test("the API says what comes next and where a case stands, and moves a day for a named chair", async () => {
  const key = await world.key("SYS", "read", "operate");
  const headers = { authorization: `Bearer ${key}` };
  const url = `/api/v1${page}`;
  const before = (await world.app.inject({ url, headers })).json();
  expect(before).toMatchObject({
    nextStep: { what: "action-plan", who: [PEOPLE.owner], dueOn: "2026-12-22", overdue: false },
    states: [
      { state: "acknowledged", reachedOn: "2026-11-24", by: PEOPLE.owner },
      { state: "plan-received", reachedOn: null, dueOn: "2026-12-22" },
      { state: "plan-accepted", dueOn: null },
      { state: "delivered" },
      { state: "embedded" },
    ],
  });
  const move = (payload: Record<string, string>) =>
    world.app.inject({ method: "POST", url: `${url}/another-day`, headers, payload });
  const given = { request: before.requests[0].id, dueOn: "2027-01-05", reason: "Over Christmas" };
  expect((await move({ ...given, by: PEOPLE.owner })).statusCode).toBe(422);
  const after = await move({ ...given, by: PEOPLE.chair });
  expect([after.statusCode, after.json().nextStep.dueOn]).toEqual([200, "2027-01-05"]);
  expect((await move({ ...given, by: PEOPLE.chair })).statusCode).toBe(409);
});
