import type { Page } from "playwright-core";
import { expect } from "vitest";

const FARTHEST = 250;

interface Focused {
  readonly name: string;
  readonly matches: boolean;
  readonly isSeen: boolean;
}

/** Somebody who uses a page by Tab, Enter, Space and letters alone, and must see at each step where they are. */
export function keyboardOf(page: Page) {
  /** What has the focus: its label or text, whether it is of a kind, and whether it is seen to have the focus. */
  async function focused(selector: string): Promise<Focused> {
    return page.evaluate(`(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one);
      const parts = [style, getComputedStyle(one, "::before"), ...[...one.children].map((child) => getComputedStyle(child))];
      const marked = parts.some((part) => (part.outlineStyle !== "none" && part.outlineWidth !== "0px") || part.boxShadow !== "none");
      const box = one.getBoundingClientRect();
      const inWindow = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const name = (one.labels?.[0]?.innerText ?? one.innerText ?? "").trim();
      return { name, matches: one.matches(${JSON.stringify(selector)}), isSeen: one === document.body || (marked && inWindow) };
    })()`);
  }
  return {
    /** Tabs on until something of this name, and kind, has the focus. */
    async to(name: string | RegExp, selector = "*"): Promise<void> {
      const passed: string[] = [];
      for (let steps = 0; steps < FARTHEST; steps++) {
        await page.keyboard.press("Tab");
        const at = await focused(selector);
        passed.push(at.name);
        expect([page.url(), at.name, at.isSeen]).toEqual([page.url(), at.name, true]);
        if (at.matches && (typeof name === "string" ? at.name === name : name.test(at.name))) return;
      }
      throw new Error(`Nothing named ${name} was reached by Tab: ${passed.join(" | ")}`);
    },
    /** From the top of a page over its head, by the link that is there for it. */
    async skipToMain(): Promise<void> {
      await page.waitForLoadState();
      await page.keyboard.press("Tab");
      const at = await focused(".nhsuk-skip-link");
      expect([page.url(), at]).toEqual([page.url(), { name: "Skip to main content", matches: true, isSeen: true }]);
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.closest('main') !== null || location.hash")).not.toBe("");
    },
    type: (text: string) => page.keyboard.type(text),
    space: () => page.keyboard.press("Space"),
    /** Presses what has the focus, and waits for where that leads. */
    async enter(): Promise<void> {
      const leads = page.waitForEvent("framenavigated");
      await page.keyboard.press("Enter");
      await leads;
      await page.waitForLoadState();
    },
  };
}
