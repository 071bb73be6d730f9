import { makeSignInLink } from "@signalbox/db";
import { afterAll, describe, expect, test } from "vitest";
import { cookieOf, form, PEOPLE, testApp, tokenIn } from "./testing.ts";

const { app, db, close } = await testApp();
afterAll(close);
const see = (url: string) => app.inject(url);

/** A page without what is another at each request: the nonce, and where and when it was printed. */
const timeless = (html: string) =>
  html.replaceAll(/nonce="[^"]*"/g, "").replaceAll(/<p class="signalbox-printed"[^]*?<\/p>/g, "");

describe("who is known", () => {
  const ask = async (email: string) => {
    const page = await see("/sign-in");
    const started = performance.now();
    const answer = await app.inject(form("/sign-in", { email, _csrf: tokenIn(page.body) }, cookieOf(page)));
    const told = timeless(answer.body).replaceAll(email, "ADDRESS");
    return {
      status: answer.statusCode,
      told,
      headers: Object.keys(answer.headers).toSorted(),
      took: performance.now() - started,
    };
  };
  const middle = (times: number[]) => times.toSorted((one, other) => one - other)[Math.trunc(times.length / 2)] ?? NaN;

  test("is not told by what is answered to asking for a link, nor by how long it takes", async () => {
    const [known, unknown]: [number[], number[]] = [[], []];
    for (const email of Object.values(PEOPLE)) {
      const one = await ask(email);
      const other = await ask(`x${email}`);
      expect({ ...other, took: 0 }).toEqual({ ...one, took: 0 });
      known.push(one.took);
      unknown.push(other.took);
    }
    expect(middle(known) / middle(unknown)).toBeLessThan(4);
    expect(middle(unknown) / middle(known)).toBeLessThan(4);
  });

  test("is not told by a link: one that was used is as one that never was", async () => {
    const path = `/sign-in/${await makeSignInLink(db, Temporal.Now.instant())}`;
    const look = await see(path);
    await app.inject(form(path, { _csrf: tokenIn(look.body) }, cookieOf(look)));
    const [used, never] = await Promise.all([see(path), see("/sign-in/never-made")]);
    const told = ({ body, statusCode }: typeof used) => [statusCode, timeless(body)];
    expect(told(used)).toEqual(told(never));
  });

  test("links are not tried without end, from one address", async () => {
    const from = { remoteAddress: "198.51.100.9" };
    const answers = [];
    for (let i = 0; i < 22; i++) answers.push(await app.inject({ url: `/sign-in/guess-${i}`, ...from }));
    expect(answers.filter(({ statusCode }) => statusCode === 404)).toHaveLength(21);
    expect(answers.at(-1)?.statusCode).toBe(429);
    expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
    expect((await see("/sign-in/guess")).statusCode).toBe(404);
  });

  test("links are not asked for by one account without end, known or not, from wherever", async () => {
    for (const email of [PEOPLE.observer, "stranger@example.org"]) {
      const answers = [];
      for (let i = 0; i < 12; i++) {
        const remoteAddress = `203.0.113.${i}`;
        const page = await app.inject({ url: "/sign-in", remoteAddress });
        const request = form("/sign-in", { email, _csrf: tokenIn(page.body) }, cookieOf(page));
        answers.push(await app.inject({ ...request, remoteAddress }));
      }
      expect([email, answers.at(-1)?.statusCode]).toEqual([email, 429]);
      expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
    }
  });
});
