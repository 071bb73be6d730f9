import { afterAll, expect, test } from "vitest";
import { PEOPLE, testApp } from "../testing.ts";

const { app, db, ids, key, close } = await testApp();
afterAll(close);
await db.insertInto("clock").values({ now: "2024-04-22T09:00:00Z" }).execute();

test("who takes their plan back has no more days for the next one than they had", async () => {
  const authorization = `Bearer ${await key("RA", "operate")}`;
  const send = (method: "POST" | "PUT", url: string, payload: object) =>
    app.inject({ method, url: `/api/v1/action-plans${url}`, headers: { authorization }, payload });
  const path = [{ metric: "ae-4h", organisation: "RA", values: [{ period: "2024-07", value: 80 }] }];
  const actions = [{ what: "Hire", owner: PEOPLE.owner, dueOn: "2024-07-01" }];
  const body = { what: "Waits grew.", why: "A ward was shut.", actions, path };
  const asked = () =>
    db
      .selectFrom("request")
      .select(["due_on", "stage"])
      .where("kind", "=", "action-plan")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
  const before = await asked();
  await db.updateTable("clock").set({ now: "2024-05-02T09:00:00Z" }).execute();
  const { id } = (await send("POST", "", { escalations: [String(ids.escalation)], body })).json();
  expect((await send("POST", `/${id}/send`, { edition: 1 })).statusCode).toBe(200);
  expect((await asked()).stage).toBe("answered");
  expect((await send("POST", `/${id}/decision`, { decision: "withdrawn", edition: 1 })).statusCode).toBe(200);
  expect(await asked()).toEqual({ due_on: before.due_on, stage: "asked" });
  await db.updateTable("clock").set({ now: "2024-04-22T09:00:00Z" }).execute();
});

test("by the API a plan is written, refused with what is missing, sent, and decided in a named person's name", async () => {
  const authorization = `Bearer ${await key("SYS", "operate", "read", "submit")}`;
  const send = (method: "POST" | "PUT", url: string, payload: object) =>
    app.inject({ method, url: `/api/v1/action-plans${url}`, headers: { authorization }, payload });
  const begun = await send("POST", "", { escalations: [String(ids.escalation)], body: { what: "Waits grew." } });
  expect(begun.statusCode).toBe(201);
  const { id } = begun.json();
  expect(begun.json().problems.map(({ field }: { field: string }) => field)).toEqual(["why", "actions", "path"]);
  expect((await send("POST", `/${id}/send`, { edition: 1 })).json()).toMatchObject({ status: 422 });
  const path = [{ metric: "ae-4h", organisation: "RA", values: [{ period: "2024-07", value: 80 }] }];
  const actions = [{ what: "Hire", owner: PEOPLE.owner, dueOn: "2024-07-01" }];
  const body = { what: "Waits grew.", why: "A ward was shut.", actions, path };
  expect((await send("PUT", `/${id}`, { edition: 9, body })).statusCode).toBe(409);
  expect((await send("PUT", `/${id}`, { edition: 1, body })).json().draft.actions[0].number).toBe(1);
  expect((await send("POST", `/${id}/send`, { edition: 2 })).json()).toMatchObject({ state: "sent", revision: 1 });
  const decide = (by: string) => send("POST", `/${id}/decision`, { decision: "accepted", revision: 1, by });
  expect((await decide(PEOPLE.owner)).statusCode).toBe(403);
  expect((await decide("nobody@example.org")).statusCode).toBe(403);
  expect((await decide(PEOPLE["slt-chair"])).json()).toMatchObject({
    state: "accepted",
    revisions: [{ decidedBy: PEOPLE["slt-chair"] }],
  });
  const other = `Bearer ${await key("RB", "operate", "read")}`;
  expect((await app.inject({ url: `/api/v1/action-plans/${id}`, headers: { authorization: other } })).statusCode).toBe(
    404,
  );
});
