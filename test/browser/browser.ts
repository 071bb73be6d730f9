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

/** Nothing is fetched from elsewhere (the typeface falls back): no name but this machine's is found. */
export async function launch(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"];
  return chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
}

/** A browser's window for one person, with their session. */
export async function openContext(
  browser: Browser,
  address: string,
  { cookie, ...options }: BrowserContextOptions & { readonly cookie?: string } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: address, viewport: WIDE, ...options });
  context.setDefaultTimeout(15_000);
  const cookies = (cookie ?? "").split("; ").filter((one) => one !== "");
  await context.addCookies(
    cookies.map((one) => {
      const [name = "", value = ""] = one.split(/=(.*)/s);
      return { name, value, url: address };
    }),
  );
  return context;
}

/**
 * Fails unless axe finds nothing (WCAG 2.2 AA) in the page with all that is folded away opened, narrow, and it scrolls
 * sideways neither folded nor opened, nor wide. Axe looks at it wide as well where it has a part, by its class, that is not
 * among those seen before, which are kept in `seenWide`: a style sheet lays out, and colours, by class. A route that is seen
 * `again` is shown to axe only where it has such a part.
 */
export async function expectAccessible(
  page: Page,
  { seenWide = new Set<string>(), again = false }: { seenWide?: Set<string>; again?: boolean } = {},
): Promise<void> {
  await page.setViewportSize(NARROW);
  await expectNoSidewaysScroll(page);
  await page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
  await expectNoSidewaysScroll(page);
  const classes: string[] = await page.evaluate(
    "[...new Set([...document.querySelectorAll('[class]')].flatMap((one) => [...one.classList]))]",
  );
  const isNew = classes.some((one) => !seenWide.has(one));
  for (const one of classes) seenWide.add(one);
  // Colours go by class, and reckoning contrast is half of the work: of classes that were seen it is known.
  if (isNew || !again) await expectAxeFindsNothing(page, isNew ? [] : ["color-contrast"]);
  await page.setViewportSize(WIDE);
  await expectNoSidewaysScroll(page);
  // The same colours as narrow.
  if (isNew) await expectAxeFindsNothing(page, ["color-contrast"]);
}

async function expectAxeFindsNothing(page: Page, without: readonly string[] = []): Promise<void> {
  const path = page.url().replace(/^https?:\/\/[^/]+/, "");
  // Legacy mode stays out of frames, and opens no window of its own each time. The one frame there is, a mail's HTML,
  // forbids every script, axe's too: its own test looks after it.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude("iframe");
  const { violations } = await axe
    .options({ resultTypes: ["violations"] })
    .withTags(WCAG)
    .disableRules([...without])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  expect([path, page.viewportSize()?.width, found]).toEqual([path, page.viewportSize()?.width, []]);
}

/** Fails where the page is wider than its window; its menu has a moment to lay itself out anew after another width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  const at = [page.url(), page.viewportSize()?.width];
  await expect.poll(async () => [...at, await page.evaluate(over)], { timeout: 5000 }).toEqual([...at, 0]);
}
