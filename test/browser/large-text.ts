import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Has the browser show letters of twice the size, as somebody sets it who sees little; the window stays as it is. */
export async function twiceTheText(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await page.goto("/sign-in");
  expect(await page.evaluate("getComputedStyle(document.documentElement).fontSize")).toBe("32px");
}

/** Fails where letters are cut off by what they stand in, or where they lie upon other letters. */
export async function expectNothingCutOff(page: Page): Promise<void> {
  const found = await page.evaluate(`(() => {
    const isSeen = (one) => one.checkVisibility() && one.closest(".nhsuk-u-visually-hidden, svg, textarea, select, thead") === null;
    const own = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    const texts = [...document.querySelectorAll("main *, header *, footer *")].filter((one) => isSeen(one) && own(one));
    const cut = texts.filter((one) => {
      const clips = [one, one.parentElement].find((box) => getComputedStyle(box).overflowX === "hidden" || getComputedStyle(box).overflowY === "hidden");
      return clips !== undefined && (clips.scrollWidth > clips.clientWidth + 1 || clips.scrollHeight > clips.clientHeight + 1);
    });
    const outside = texts.filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
    const boxes = [...document.querySelectorAll("main :is(h1, h2, h3, p, button, label, input, textarea, dt, dd, summary)")]
      .filter(isSeen).map((one) => ({ one, box: one.getBoundingClientRect() })).filter(({ box }) => box.width > 1 && box.height > 1);
    const upon = boxes.filter(({ one, box }, place) => boxes.slice(place + 1, place + 4).some((next) =>
      !one.contains(next.one) && Math.min(box.bottom, next.box.bottom) - Math.max(box.top, next.box.top) > 2
      && Math.min(box.right, next.box.right) - Math.max(box.left, next.box.left) > 2)).map(({ one }) => one);
    const said = (list) => list.map((one) => one.outerHTML.slice(0, 120));
    return { cut: said(cut), outside: said(outside), upon: said(upon) };
  })()`);
  expect([page.url(), found]).toEqual([page.url(), { cut: [], outside: [], upon: [] }]);
}
