import { putTestTime } from "@signalbox/db";
import { afterAll, expect, test } from "vitest";
import { testApp } from "../testing.ts";

const ran: string[] = [];
const world = await testApp(
  {},
  {
    advanceClock: async (to) => {
      ran.push(to.toString());
      await putTestTime(world.db, to);
      return to;
    },
  },
);
const usual = await testApp({ CLOCK: "system" });
afterAll(() => Promise.all([world.close(), usual.close()]));

const headers = { authorization: `Bearer ${await world.key("SYS", "operate")}` };
const put = (now: string) => world.app.inject({ method: "PUT", url: "/api/v1/clock", headers, payload: { now } });

test("the test clock goes on, stays, and never goes back", async () => {
  expect((await world.app.inject({ url: "/api/v1/clock", headers })).json()).toEqual({ now: null });
  expect((await put("2024-04-20T10:00:00+01:00")).json()).toEqual({ now: "2024-04-20T09:00:00Z" });
  expect((await put("2024-04-20T09:00:00Z")).statusCode).toBe(200);
  expect((await put("2024-04-19T09:00:00Z")).statusCode).toBe(409);
  expect((await put("tomorrow")).statusCode).toBe(400);
  expect(ran).toEqual(["2024-04-20T09:00:00Z"]);
});

test("puts at the same moment run one after the other", async () => {
  const answers = await Promise.all(["2024-04-22T09:00:00Z", "2024-04-21T09:00:00Z"].map(put));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 409]);
});

test("without CLOCK=test there is no clock to put", async () => {
  const key = { authorization: `Bearer ${await usual.key("SYS", "operate")}` };
  expect(
    (
      await usual.app.inject({
        method: "PUT",
        url: "/api/v1/clock",
        headers: key,
        payload: { now: "2024-04-20T09:00:00Z" },
      })
    ).statusCode,
  ).toBe(404);
});
