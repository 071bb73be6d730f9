import { AxeBuilder } from "@axe-core/playwright";
import { makeSignInLink } from "@signalbox/db";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leftOut } from "../../../test/harness/left-out.ts";
import { seedReturns } from "./testing-returns.ts";
import { testApp } from "./testing.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (executablePath === undefined) leftOut("services/web: pages in a real browser", "Chromium is not installed");

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };

describe.runIf(executablePath !== undefined)("in a real browser", () => {
  let world: Awaited<ReturnType<typeof testApp>>;
  let browser: Browser;
  let page: Page;
  let address: string;

  beforeAll(async () => {
    world = await testApp();
    await world.app.listen({ host: "127.0.0.1", port: 0 });
    address = `http://127.0.0.1:${(world.app.server.address() as AddressInfo).port}`;
    const options = { args: ["--no-sandbox"], ...(executablePath === undefined ? {} : { executablePath }) };
    browser = await chromium.launch(options);
    const context = await browser.newContext({ baseURL: address });
    // Nothing is fetched from elsewhere: the typeface falls back.
    await context.route(
      (url) => url.hostname !== "127.0.0.1",
      (route) => route.abort(),
    );
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function expectReadable(path: string): Promise<void> {
    for (const size of [NARROW, WIDE]) {
      await page.setViewportSize(size);
      await page.goto(path);
      // axe does not get into the frame that forbids every script: a mail's own test looks after its HTML.
      const axe = new AxeBuilder({ page }).setLegacyMode(path.startsWith("/mail/")).exclude("iframe").withTags(WCAG);
      const { violations } = await axe.analyze();
      expect([path, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([path, []]);
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect([path, size.width, over]).toEqual([path, size.width, 0]);
    }
  }

  test("an operator signs in by the link, finds a case, and acknowledges it; each page is readable on a telephone", async () => {
    for (const path of ["/", "/sign-in", "/api/docs", "/mail", `/mail/${world.ids.mail}`, "/nothing", "/operations"]) {
      await expectReadable(path);
    }
    const link = `/sign-in/${await makeSignInLink(world.db, Temporal.Now.instant())}`;
    await expectReadable(link);
    await page.locator("main button").click();
    await page.waitForURL("**/operations");
    const own = [`/submissions/${world.ids.submission}`, "/escalations", `/escalations/${world.ids.escalation}`];
    await seedReturns(world.db, world.ids);
    const returns = ["/submissions?periods=12", "/returns/RA/monthly/10/2024-01"];
    for (const path of ["/", "/operations", ...returns, ...own]) await expectReadable(path);

    await page.getByText("Acknowledge this case").click();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    expect(await page.locator(".nhsuk-error-summary").textContent()).toContain("Say in a few words");
    await page.getByLabel("Note").fill("The board takes it on Tuesday");
    await page.getByRole("button", { name: "Acknowledge" }).click();
    expect(await page.locator("main").textContent()).toContain("The board takes it on Tuesday");
    await page.goto("/operations/queues");
    await page.getByText("read-submission").first().waitFor();
  }, 240_000);

  test("a mail's HTML is seen, and its scripts do not run", async () => {
    await page.goto(`/mail/${world.ids.mail}`);
    const frame = page.frameLocator("iframe");
    expect(await frame.locator("b").textContent()).toBe("71.5%");
  });
});
