import { afterAll, expect, test } from "vitest";
import { form, PEOPLE, testApp, tokenIn } from "../../testing.ts";

const { app, db, signIn, signInAs, close } = await testApp();
afterAll(close);

const see = (url: string, cookie: string) => app.inject({ url, headers: { cookie } });
const send = async (from: string, to: string, cookie: string) =>
  app.inject(form(to, { _csrf: tokenIn((await see(from, cookie)).body) }, cookie));
const numbersIn = (html: string) => [...html.matchAll(/sessions\/(\d+)\/end/g)].map(([, number]) => number);

test("an account says who one is, what one sees and may do", async () => {
  const { body } = await see("/account", await signInAs("chair"));
  expect(body).toContain(PEOPLE.chair);
  expect(body).toContain("Chair, Urgent and Emergency Care Board");
  expect(body).toContain("The cases that stand before this forum");
  expect(body).not.toContain("You see every organisation");
  const auditor = await see("/account", await signInAs("auditor"));
  expect(auditor.body).toContain("You see every organisation");
  expect(auditor.body).toContain("An auditor changes nothing");
  expect((await see("/account", await signIn())).body).toContain("by a link of this machine");
});

test("somebody ends one of their sessions, or all but this one, and none of anybody else's", async () => {
  const [mine, another, third] = [await signInAs("owner"), await signInAs("owner"), await signInAs("owner")];
  const others = await signInAs("executive");
  const { body } = await see("/account", mine);
  expect(numbersIn(body)).toHaveLength(3);
  expect(body.match(/This one/g)).toHaveLength(1);
  const [last] = numbersIn((await see("/account", others)).body);
  expect((await send("/account", `/account/sessions/${last}/end`, mine)).statusCode).toBe(404);
  expect((await see("/account", others)).statusCode).toBe(200);
  const notThis = numbersIn(body.replace(/<tr(?:(?!<\/tr>)[^])*This one[^]*?<\/tr>/, ""));
  expect((await send("/account", `/account/sessions/${notThis[0]}/end`, mine)).headers.location).toContain("ended");
  const stillIn = async () => [(await see("/account", another)).statusCode, (await see("/account", third)).statusCode];
  expect(new Set(await stillIn())).toEqual(new Set([200, 401]));
  expect((await send("/account", "/account/sessions/end-others", mine)).statusCode).toBe(303);
  expect(await stillIn()).toEqual([401, 401]);
  expect((await see("/account", mine)).statusCode).toBe(200);
});

test("an operator sees who is signed in and ends it; nobody else may", async () => {
  const [operator, analyst] = [await signIn(), await signInAs("analyst")];
  expect((await see("/operations/sessions", analyst)).statusCode).toBe(403);
  const page = await see(`/operations/sessions?person=${PEOPLE.analyst.toUpperCase()}`, operator);
  expect(numbersIn(page.body)).toHaveLength(1);
  const to = `/operations/sessions/${numbersIn(page.body)[0]}/end`;
  expect((await send("/account", to, analyst)).statusCode).toBe(403);
  expect((await send("/operations/sessions", to, operator)).statusCode).toBe(303);
  expect((await see("/account", analyst)).statusCode).toBe(401);
  const trail = await db
    .selectFrom("audit")
    .select(["actor", "detail"])
    .where("action", "=", "sessions-ended")
    .execute();
  expect(trail.at(-1)).toEqual({ actor: "operator", detail: { sessions: 1, people: [PEOPLE.analyst] } });
});
