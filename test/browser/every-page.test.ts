import { access } from "@signalbox/web/access";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemo } from "../harness/demo-pipeline.ts";
import { leftOut } from "../harness/left-out.ts";
import type { Pipeline } from "../harness/pipeline.ts";
import { signedIn } from "../harness/sign-in.ts";
import { executablePath, expectAccessible, launch, openContext } from "./browser.ts";
import { notPages, visits } from "./visits.ts";

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
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    demo = await startDemo();
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  async function cookieOf(person: string): Promise<string> {
    const cookie = cookies.get(person) ?? (await signedIn(demo, person));
    cookies.set(person, cookie);
    return cookie;
  }

  test.each(Object.entries(visits))(
    "%s",
    async (_route, looks) => {
      for (const { as, path, act } of looks) {
        const context = await openContext(browser, demo.address, as === null ? {} : { cookie: await cookieOf(as) });
        const page = await context.newPage();
        await page.goto(typeof path === "string" ? path : await path(demo));
        await act?.(page);
        expect(await page.locator("h1").count()).toBe(1);
        await expectAccessible(page);
        await context.close();
      }
    },
    120_000,
  );
});
