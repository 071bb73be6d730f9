import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Fails unless a page, printed, keeps its heading and the heads of its tables, and loses all that can only be pressed. */
export async function expectMeantForPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(`(() => {
    const seenOf = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const tables = seenOf("main table");
    return {
      pressed: seenOf("header nav, button, input:not([type=hidden]), select, textarea, .nhsuk-skip-link").map((one) => one.outerHTML.slice(0, 120)),
      headings: seenOf("h1").length,
      tablesWithoutHeads: tables.filter((one) => ![...one.querySelectorAll("thead th")].some((head) => head.getBoundingClientRect().height > 4)).length,
    };
  })()`);
  const pdf = await page.pdf();
  await page.emulateMedia({ media: null });
  expect([page.url(), seen]).toEqual([page.url(), { pressed: [], headings: 1, tablesWithoutHeads: 0 }]);
  expect(pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0).toBeGreaterThan(0);
}
