import type { Page } from "playwright-core";

/** What the page of a case says: what comes next, and how far it has come in each of the five states ("✓ Seen, ○ Plan sent"). */
export async function standing(page: Page, escalation?: string): Promise<{ next: string; states: string }> {
  if (escalation !== undefined) await page.goto(`/escalations/${escalation}`);
  const next = await page.locator(".signalbox-next > p").first().textContent();
  const states = await page.locator(".signalbox-states__name").allTextContents();
  return { next: plain(next), states: states.map(plain).join(", ") };
}

/** All that a page says in its own part. */
export async function said(page: Page): Promise<string> {
  return plain(await page.locator("main").textContent());
}

function plain(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}
