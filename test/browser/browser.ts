import { AxeBuilder } from "@axe-core/playwright";
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

/** Chromium as this machine has it; undefined where there is none. */
export const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
export const NARROW = { width: 320, height: 640 };
export const WIDE = { width: 1280, height: 900 };

export async function launch(): Promise<Browser> {
  return chromium.launch({ args: ["--no-sandbox"], ...(executablePath === undefined ? {} : { executablePath }) });
}

/** A browser's window for one person: their session, and nothing fetched from elsewhere (the typeface falls back). */
export async function openContext(
  browser: Browser,
  address: string,
  { cookie, ...options }: BrowserContextOptions & { readonly cookie?: string } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: address, viewport: WIDE, ...options });
  await context.route(
    (url) => !url.href.startsWith(address),
    (route) => route.abort(),
  );
  const cookies = (cookie ?? "").split("; ").filter((one) => one !== "");
  await context.addCookies(
    cookies.map((one) => {
      const [name = "", value = ""] = one.split(/=(.*)/s);
      return { name, value, url: address };
    }),
  );
  return context;
}

/** Fails unless axe finds nothing (WCAG 2.2 AA) in the page as it stands, and it does not scroll sideways, narrow and wide. */
export async function expectAccessible(page: Page): Promise<void> {
  const path = page.url().replace(/^https?:\/\/[^/]+/, "");
  // axe does not get into the frame that forbids every script: a mail's own test looks after its HTML.
  const isMail = path.startsWith("/mail/");
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    const axe = new AxeBuilder({ page }).setLegacyMode(isMail).exclude("iframe").withTags(WCAG);
    const { violations } = await axe.analyze();
    expect([path, size.width, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([
      path,
      size.width,
      [],
    ]);
    await expectNoSidewaysScroll(page);
  }
}

/** Fails where the page as it stands is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect([page.url(), page.viewportSize()?.width, over]).toEqual([page.url(), page.viewportSize()?.width, 0]);
}
