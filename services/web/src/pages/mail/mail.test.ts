import { afterAll, expect, test } from "vitest";
import { testApp } from "../../testing.ts";

const open = await testApp({ BASE_URL: "http://signalbox.example.org" });
const sending = await testApp({ SMTP_URL: "smtp://mail.example.org" });
const exposed = await testApp({ HOST: "0.0.0.0" });
afterAll(() => Promise.all([open, sending, exposed].map((one) => one.close())));

const { mail } = open.ids;
const get = (url: string, host = "localhost:3000") => open.app.inject({ url, headers: { host } });

test("kept mail is shown to anybody on this machine: the list, both parts, and as it travels", async () => {
  expect((await get("/mail")).body).toContain("1 new for the SLT: Urgent and Emergency Care, March 2024");
  expect((await get(`/mail/${mail}`)).body).toContain(
    "A&amp;E four-hour performance: 71.5% against 75.0% – Northwick Hospitals",
  );
  expect((await get(`/mail/${mail}/raw`)).headers["content-type"]).toContain("text/plain");
  expect((await get("/mail/99")).statusCode).toBe(404);
});

test("a mail's HTML is shown where it can run, load and submit nothing", async () => {
  const html = await get(`/mail/${mail}/html`);
  expect(html.body).toContain("<b>71.5%</b>");
  expect(html.headers["content-security-policy"]).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  );
  expect((await get(`/mail/${mail}`)).body).toMatch(/<iframe [^>]*sandbox title=/);
});

test.each(["/mail", `/mail/${mail}`, `/mail/${mail}/html`, `/mail/${mail}/raw`])(
  "%s is not there when mail is sent, when others can connect, or under another site's name",
  async (url) => {
    expect((await sending.app.inject(url)).statusCode).toBe(404);
    expect((await exposed.app.inject(url)).statusCode).toBe(404);
    expect((await get(url, "rebound.example.com")).statusCode).toBe(404);
    expect((await get(url, "signalbox.example.org")).statusCode).toBe(200);
    expect((await get(url, "[::1]:3000")).statusCode).toBe(200);
  },
);

test("the link to it is not shown where it is not there", async () => {
  expect((await get("/")).body).toContain('href="/mail"');
  expect((await sending.app.inject("/")).body).not.toContain('href="/mail"');
});
