import { access } from "@signalbox/web/access";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemo } from "../harness/demo-pipeline.ts";
import { leftOut } from "../harness/left-out.ts";
import type { Pipeline } from "../harness/pipeline.ts";
import { signedIn } from "../harness/sign-in.ts";
import { executablePath, expectAccessible, launch, openContext } from "./browser.ts";
import { notPages, visits } from "./visits.ts";
import { OPERATOR } from "./visits/visit.ts";

if (executablePath === undefined) leftOut("test/browser: every page", "Chromium is not installed");

test("every route that is answered with a page has a visit, or a reason why it is none", () => {
  const pages = Object.keys(access).flatMap((name) => {
    const [method, url = ""] = name.split(" ");
    return method === "GET" && !url.startsWith("/api/v1/") && !url.startsWith("/health/") ? [url] : [];
  });
  expect(pages.filter((url) => !(url in visits) && !(url in notPages))).toEqual([]);
  expect([...Object.keys(visits), ...Object.keys(notPages)].filter((url) => !pages.includes(url))).toEqual([]);
});

describe.runIf(executablePath !== undefined)("axe finds nothing, and nothing scrolls sideways, at", () => {
  let demo: Pipeline;
  let browser: Browser;
  const windows = new Map<string | null, Page>();
  const seenWide = new Set<string>();

  beforeAll(async () => {
    demo = await startDemo();
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  /** The window of somebody who signed in once; nobody's has no session. */
  async function windowOf(person: string | null): Promise<Page> {
    const known = windows.get(person);
    if (known !== undefined) return known;
    const options = person === null ? {} : { cookie: await signedIn(demo, person) };
    const opened = await (await openContext(browser, demo.address, options)).newPage();
    windows.set(person, opened);
    return opened;
  }

  test.each(Object.entries(visits))(
    "%s",
    async (_route, looks) => {
      for (const [at, { as, path, status = 200, act, shows }] of looks.entries()) {
        const page = await windowOf(as);
        const answer = await page.goto(typeof path === "string" ? path : await path(demo));
        expect([page.url(), answer?.status()]).toEqual([page.url(), status]);
        await act?.(page);
        expect(await page.locator("h1").count()).toBe(1);
        if (shows !== undefined) expect(await page.locator("main").textContent()).toContain(shows);
        await expectAccessible(page, { seenWide, again: at > 0 });
      }
    },
    120_000,
  );

  test("a mail's HTML is seen, and its scripts do not run", async () => {
    const { id } = await demo.db
      .insertInto("mail")
      .values({
        kind: "digest",
        recipient: "a@example.org",
        sent_to: "a@example.org",
        message_id: "<script@example.org>",
        subject: "With a script",
        raw: Buffer.from(
          "Subject: With a script\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
            "<p id=said>Before</p><script>document.getElementById('said').textContent = 'After'</script>",
        ),
        status: "held",
        made_at: Temporal.Now.instant().toString(),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const page = await windowOf(null);
    await page.goto(`/mail/${id}`);
    expect(await page.frameLocator("iframe").locator("#said").textContent()).toBe("Before");
  });

  test("the queues' own pages, which are not ours, are drawn within what the site's policy allows", async () => {
    const page = await windowOf(OPERATOR);
    await page.goto("/operations/queues");
    await page.getByText("read-submission").first().waitFor();
  });
});
