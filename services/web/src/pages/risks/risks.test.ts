import { afterAll, describe, expect, test } from "vitest";
import { form, multipartForm, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, ids, key, signInAs, close } = await testApp();
afterAll(close);
await db.insertInto("clock").values({ now: "2024-06-20T09:00:00Z" }).execute();
const owner = await signInAs("owner");
const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie } });
const caseRisk = `/escalations/${ids.escalation}/risk`;

async function send(page: string, to: string, fields: Readonly<Record<string, string>>, cookie = owner) {
  const read = await get(page, cookie);
  return app.inject(form(to, { ...fields, _csrf: tokenIn(read.body) }, cookie));
}

const waits = {
  title: "Patients wait too long",
  likelihood: "4",
  impact: "5",
  reviewed_on: "2024-06-01",
  owner: "COO",
};

describe("the register", () => {
  test("takes a risk of those who answer for the organisation, and keeps what was typed on an error", async () => {
    const wrong = await send("/risks/new", "/risks/new", { ...waits, organisation: "RA", reference: "", impact: "6" });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('<a href="#reference">Give the reference</a>');
    expect(wrong.body).toContain('href="#impact"');
    expect(wrong.body).toContain('value="Patients wait too long"');
    const added = await send("/risks/new", "/risks/new", { ...waits, organisation: "RA", reference: "BAF 3" });
    expect(added.headers.location).toBe("/risks/RA/BAF%203");
    const page = await get("/risks/RA/BAF%203", owner);
    expect(page.body).toMatch(/▲<\/span> 20 Extreme/);
    const again = await send("/risks/new", "/risks/new", { ...waits, organisation: "RA", reference: "baf 3" });
    expect(again.statusCode).toBe(400);
    expect(again.body).toContain("The register has a risk BAF 3");
  });

  test("is of another organisation for nobody who does not answer for it", async () => {
    const other = await send("/risks/new", "/risks/new", { ...waits, organisation: "RB", reference: "1" });
    expect(other.statusCode).toBe(400);
    expect(other.body).toContain("you do not keep the register of RB");
    for (const nobody of ["submitter", "chair", "observer"] as const)
      expect((await get("/risks/new", await signInAs(nobody))).statusCode, nobody).toBe(403);
    expect((await app.inject("/risks")).statusCode).toBe(401);
  });

  test("keeps each review, and what was said before", async () => {
    const at = "/risks/RA/BAF%203";
    const review = { ...waits, likelihood: "3", reviewed_on: "2024-06-19" };
    expect((await send(at, `${at}/review`, review)).headers.location).toBe(at);
    await send(at, `${at}/review`, review);
    const { items } = (await get(`${at}?as=json`, owner)).json<{ items: { likelihood: number; by: string }[] }>();
    expect(items).toMatchObject([{ likelihood: 3, by: PEOPLE.owner }, { likelihood: 4 }]);
    expect((await send(at, `${at}/review`, { ...review, reviewed_on: "2024-06-21" })).body).toContain("still to come");
  });
});

describe("a register that is brought as a file", () => {
  const upload = async (text: string) => {
    const { body } = await get("/risks/upload", owner);
    return app.inject(multipartForm("/risks/upload", { _csrf: tokenIn(body) }, { filename: "risks.csv", text }, owner));
  };
  const head = "organisation,reference,title,likelihood,impact,reviewed_on,owner\n";

  test("is shown before it counts, and then amends what is there", async () => {
    const sent = await upload(`${head}RA,BAF 3,Patients wait too long,5,5,2024-06-19,COO\nRA,7,'=1+1,2,2,,\n`);
    const preview = sent.headers.location ?? sent.body;
    const shown = await get(preview, owner);
    expect(shown.body).toContain("1 new, 1 changed, 0 as they are");
    expect(shown.body).toContain("Changes: likelihood. The score was 15");
    expect((await get("/risks?as=json", owner)).json<{ items: unknown[] }>().items).toHaveLength(1);
    expect((await get(preview, await signInAs("executive"))).statusCode).toBe(404);
    expect((await send(preview, `${preview}/confirm`, {})).headers.location).toBe("/risks");
    expect((await get("/risks?as=json", owner)).json()).toMatchObject({
      items: [
        { reference: "BAF 3", score: 25, review_is_stale: "no" },
        { reference: "7", title: "=1+1", score: 4, review_is_stale: "yes" },
      ],
    });
    const csv = (await get("/risks?as=csv", owner)).body;
    expect(csv).toContain("'=1+1");
    const entries = await db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "risk%")
      .orderBy("id")
      .execute();
    expect(entries.map(({ action }) => action)).toEqual(["risk-added", "risk-changed", "risks-loaded"]);
  });

  test("changes nothing when it comes again as it left", async () => {
    const sent = await upload((await get("/risks?as=csv", owner)).body);
    const preview = sent.headers.location ?? sent.body;
    expect((await get(preview, owner)).body).toContain("0 new, 0 changed, 2 as they are");
    await send(preview, `${preview}/confirm`, {});
    expect(await db.selectFrom("risk").select("id").execute()).toHaveLength(4);
  });

  test("is refused whole where a row is wrong, by line and column", async () => {
    const sent = await upload(`${head}RA,8,Good,1,1,,\nRB,9,Not ours,9,1,,\n`);
    expect(sent.statusCode).toBe(400);
    expect(sent.body).toContain("Line 3, organisation: you do not keep the register of RB");
    expect(sent.body).toContain("Line 3, likelihood: &quot;9&quot; is no whole number from 1 to 5");
    expect(await db.selectFrom("risk").select("id").execute()).toHaveLength(4);
  });
});

describe("the risk behind a case", () => {
  async function ask(round: number) {
    const asked = { kind: "risk", key: `risk:${ids.escalation}:${round}`, escalation: ids.escalation } as const;
    const of = { series: ids.series, organisation: "RA", period: 24_290, recipients: [PEOPLE.owner] };
    await db
      .insertInto("request")
      .values({ ...asked, ...of, asked_at: "2024-06-20T09:00:00Z", due_on: "2024-07-04" })
      .execute();
  }
  const stages = async () =>
    (
      await db.selectFrom("request").select(["stage", "answered_by"]).where("kind", "=", "risk").orderBy("id").execute()
    ).map(({ stage, answered_by }) => `${stage} ${answered_by}`);

  test("is asked for on the case's page, and declined with a reason", async () => {
    await ask(1);
    const page = await get(`/escalations/${ids.escalation}`, owner);
    expect(page.body).toContain("Its risk is asked for by 4 July 2024");
    const wrong = await send(caseRisk, caseRisk, { how: "none", reason: " " });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain('<a href="#reason">Say why in a few words</a>');
    const reason = "The board tolerates it";
    expect((await send(caseRisk, caseRisk, { how: "none", reason })).headers.location).toBe(
      `/escalations/${ids.escalation}?did=risk`,
    );
    expect((await get(`/escalations/${ids.escalation}`, owner)).body).toContain(
      "says that there is none: The board tolerates it",
    );
    expect(await stages()).toEqual([`answered ${PEOPLE.owner}`]);
  });

  test("is picked from the register, and then seen by the forum of the case alone of all risks", async () => {
    await ask(2);
    expect((await send(caseRisk, caseRisk, { how: "register", picked: "no such" })).body).toContain(
      "Pick a risk from the list",
    );
    await send(caseRisk, caseRisk, { how: "register", picked: "BAF 3" });
    expect(await stages()).toEqual([`answered ${PEOPLE.owner}`, `answered ${PEOPLE.owner}`]);
    const chair = await signInAs("chair");
    expect((await get(`/escalations/${ids.escalation}`, chair)).body).toMatch(/href="\/risks\/RA\/BAF%203">BAF 3<\/a>/);
    const seen = (await get("/risks?as=json", chair)).json<{ items: { reference: string }[] }>().items;
    expect(seen.map(({ reference }) => reference)).toEqual(["BAF 3"]);
    expect((await get("/risks/RA/7", chair)).statusCode).toBe(404);
    const page = await get("/risks/RA/BAF%203", chair);
    expect(page.body).not.toContain("Review it");
    expect((await send("/risks", "/risks/RA/BAF%203/closure", { because: "no" }, chair)).statusCode).toBe(403);
    expect((await get(caseRisk, chair)).statusCode).toBe(403);
  });

  test("is no longer there once the risk is closed, for a reason", async () => {
    const at = "/risks/RA/BAF%203";
    expect((await send(at, `${at}/closure`, { because: "" })).statusCode).toBe(400);
    await send(at, `${at}/closure`, { because: "New ward opened" });
    expect((await get(at, owner)).body).toContain("New ward opened");
    expect((await send(at, `${at}/review`, waits)).statusCode).toBe(409);
    expect((await get(`/escalations/${ids.escalation}`, owner)).body).toContain("The board tolerates it");
  });
});

describe("the API", () => {
  const keys: Record<string, string> = {};
  const call = async (method: "GET" | "POST" | "PUT", url: string, payload?: object, of = "RA") => {
    const authorization = (keys[of] ??= `Bearer ${await key(of, "read", "submit")}`);
    const answer = await app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization },
      ...(payload ? { payload } : {}),
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  const risk = { organisation: "RA", reference: "API/1", title: "Staffing", likelihood: 2, impact: 3 };

  test("keeps a register, page by page", async () => {
    expect(await call("POST", "/risks", risk)).toMatchObject({
      status: 201,
      body: { score: 6, band: "moderate", reviewIsStale: true },
    });
    expect((await call("POST", "/risks", { ...risk, impact: 4 })).status).toBe(409);
    const put = await call("PUT", "/risks/RA/API%2F1", {
      title: "Staffing",
      likelihood: 1,
      impact: 3,
      reviewedOn: "2024-06-01",
    });
    expect(put).toMatchObject({
      status: 200,
      body: { reference: "API/1", score: 3, band: "low", reviewIsStale: false },
    });
    expect((await call("POST", "/risks", { ...risk, organisation: "RB" })).status).toBe(422);
    expect((await call("PUT", "/risks/RA/API%2F1", { title: "x", likelihood: 9, impact: 1 })).status).toBe(400);
    const first = await call("GET", "/risks?limit=1");
    expect(first.body).toMatchObject({ items: [{ reference: "7" }] });
    expect((await call("GET", `/risks?limit=1&cursor=${String(first.body["next"])}`)).body).toMatchObject({
      items: [{ reference: "API/1" }],
      next: null,
    });
    expect((await call("GET", "/risks", undefined, "RB")).body).toEqual({ items: [], next: null });
  });

  test("answers for a case in the name of somebody who answers for its organisation", async () => {
    const at = caseRisk;
    expect((await call("POST", at, { by: PEOPLE.chair, reference: "7" })).status).toBe(403);
    expect((await call("POST", at, { by: PEOPLE.owner, reference: "nothing" })).status).toBe(422);
    expect((await call("POST", at, { by: PEOPLE.owner, reference: "7" }, "RB")).status).toBe(404);
    const given = await call("POST", at, {
      by: PEOPLE.owner,
      reference: "N 1",
      title: "New",
      likelihood: 5,
      impact: 5,
    });
    expect(given).toMatchObject({
      status: 200,
      body: { risk: { reference: "N 1", by: PEOPLE.owner }, declined: null },
    });
    expect((await call("GET", `/risks?escalation=${ids.escalation}`)).body).toMatchObject({
      items: [{ reference: "N 1", escalations: [String(ids.escalation)] }],
    });
    // An answer for one case does not amend what else is on the register.
    const other = { by: PEOPLE.owner, reference: "7", title: "Harmless", likelihood: 1, impact: 1 };
    expect((await call("POST", at, other)).status).toBe(422);
    expect((await call("POST", at, { by: PEOPLE.owner, declined: "There is none" })).status).toBe(409);
    const { detail } = await db
      .selectFrom("audit")
      .select("detail")
      .where("action", "=", "risk-given")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(detail).toMatchObject({ through: "key RA read submit" });
  });
});
