import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemo } from "../harness/demo-pipeline.ts";
import { leftOut } from "../harness/left-out.ts";
import type { Pipeline } from "../harness/pipeline.ts";
import { signedIn } from "../harness/sign-in.ts";
import { waitUntil } from "../harness/wait-until.ts";
import { executablePath, expectNoSidewaysScroll, launch, NARROW, openContext } from "./browser.ts";
import { expectNothingCutOff, twiceTheText } from "./large-text.ts";
import { keyboardOf } from "./keyboard.ts";
import { expectMeantForPaper } from "./on-paper.ts";
import { fill, give, press, SECRETARY, SLT_CHAIR, SUBMITTER, UEC_CHAIR } from "./visits/visit.ts";

if (executablePath === undefined) leftOut("test/browser: journeys", "Chromium is not installed");

/** A leader a journey: nobody may ask for more than a few links in an hour. */
const leader = (email: string, name: string) => ({ email: `${email}@example.org`, name });
const [BY_DESK, BY_TELEPHONE, BY_LARGE_TEXT, BY_ZOOM, BY_KEYBOARD] = [
  leader("margaret.adair", "Margaret Adair"),
  leader("tom.okafor", "Tom Okafor"),
  leader("helen.pryce", "Helen Pryce"),
  leader("rashid.karim", "Rashid Karim"),
  leader("grace.lindqvist", "Grace Lindqvist"),
];

const shown = async (page: Page) => (await page.locator("main").textContent()) ?? "";

describe.runIf(executablePath !== undefined)("in a real browser", () => {
  let demo: Pipeline;
  let browser: Browser;
  beforeAll(async () => {
    demo = await startDemo({ smtp: true });
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await demo.close();
  });

  async function pageFor(options: Parameters<typeof openContext>[2] = {}): Promise<Page> {
    return (await openContext(browser, demo.address, options)).newPage();
  }

  /** The path of the link that was mailed to somebody who asked to be let in. */
  async function linkMailedTo(person: string): Promise<string> {
    let link: string | undefined;
    await waitUntil(`a link mailed to ${person}`, async () => {
      const mail = (await demo.mail.read()).findLast(({ kind, to }) => kind === "sign-in" && to === person);
      link = /http\S+\/sign-in\/\S+/.exec(mail?.text ?? "")?.[0];
      return link !== undefined;
    });
    const { pathname, search } = new URL(link ?? "");
    return pathname + search;
  }

  /** From nobody to the case that is worst, understood and acknowledged; `look` at each page on the way. */
  async function leaderJourney(
    { page, email, name, note }: { page: Page; email: string; name: string; note: string },
    look: (page: Page) => Promise<unknown>,
  ): Promise<void> {
    await page.goto("/sign-in");
    await look(page);
    await fill({ "E-mail address": email }, "Mail me a link")(page);
    expect(await shown(page)).toContain("Check your e-mail");
    await look(page);
    await page.goto(await linkMailedTo(email));
    await press("Sign in")(page);
    expect(await shown(page)).toContain("Before your forums");
    await look(page);
    await (await firstCase(page)).click();
    await page.waitForURL(/\/escalations\/\d+$/);
    await expectUnderstood(page);
    await look(page);
    await page
      .locator("summary", { hasText: /Acknowledge/ })
      .first()
      .click();
    await fill({ Note: note }, "Acknowledge")(page);
    expect(await shown(page)).toContain(`Acknowledged by ${name}`);
    expect(await shown(page)).toContain(note);
    await look(page);
  }

  async function expectUnderstood(page: Page): Promise<void> {
    expect(await page.locator(".signalbox-lede").textContent()).toMatch(/\w+ .*\.$/);
    const glance = (await page.locator(".signalbox-glance").textContent()) ?? "";
    for (const said of ["Figure", "Limit", "Since", "Before"]) expect(glance).toContain(said);
    expect(await shown(page)).toContain("Why it stands");
  }

  test("a leader finds the worst case, understands it, and acknowledges it", async () => {
    const page = await pageFor();
    await leaderJourney({ page, ...BY_DESK, note: "The team takes it on Tuesday" }, expectNoSidewaysScroll);
    await page.context().close();
  }, 120_000);

  test("a leader does so on a telephone, without JavaScript", async () => {
    const page = await pageFor({ viewport: NARROW, javaScriptEnabled: false });
    await leaderJourney({ page, ...BY_TELEPHONE, note: "Seen on the way to the meeting" }, async () => {
      const { scrollWidth, width } = await widthOf(page);
      expect([page.url(), scrollWidth]).toEqual([page.url(), width]);
    });
    await page.context().close();
  }, 120_000);

  test("a leader does so with text of twice the size", async () => {
    const page = await pageFor();
    await twiceTheText(page);
    await leaderJourney({ page, ...BY_LARGE_TEXT, note: "Read without glasses" }, async () => {
      await expectNoSidewaysScroll(page);
      await expectNothingCutOff(page);
    });
    await page.context().close();
  }, 120_000);

  test("a leader does so at 200 %, where a window of 640 pixels is left half as wide", async () => {
    const page = await pageFor({ viewport: { width: 320, height: 512 }, deviceScaleFactor: 2 });
    await leaderJourney({ page, ...BY_ZOOM, note: "Read from afar" }, async () => {
      await expectNoSidewaysScroll(page);
      await expectNothingCutOff(page);
    });
    await page.context().close();
  }, 120_000);

  test("a leader does so by keyboard alone, and always sees where they are", async () => {
    const page = await pageFor();
    const keys = keyboardOf(page);
    await page.goto("/sign-in");
    await keys.skipToMain();
    await keys.to("E-mail address");
    await keys.type(BY_KEYBOARD.email);
    await keys.to("Mail me a link");
    await keys.enter();
    await page.goto(await linkMailedTo(BY_KEYBOARD.email));
    await keys.to("Sign in", "button");
    await keys.enter();
    await keys.skipToMain();
    await keys.to(/\w+ Hospitals/, 'a[href^="/escalations/"]');
    await keys.enter();
    await expectUnderstood(page);
    await keys.skipToMain();
    await keys.to(/^Acknowledge/, "summary");
    await keys.space();
    await keys.to("Note");
    await keys.type("Read by keyboard");
    await keys.to("Acknowledge", "button");
    await keys.enter();
    expect(await shown(page)).toContain("Read by keyboard");
    await page.context().close();
  }, 120_000);

  test("a submitter mends a file with problems, and sees the case that it makes", async () => {
    const page = await pageFor({ cookie: await signedIn(demo, SUBMITTER), viewport: NARROW });
    const submit = async (code: string) => {
      await page.goto("/submissions/upload");
      await page.getByLabel("Organisation", { exact: true }).selectOption("STH");
      const text = `period,organisation,metric,value\n2026-10,STH,${code},2\n`;
      await give("File", { "october.csv": text }, "Check the file")(page);
      await expectNoSidewaysScroll(page);
    };
    await submit("never-event");
    expect(await shown(page)).toContain("This metric is not in the catalogue");
    await submit("never-events");
    expect(await shown(page)).not.toContain("This metric is not in the catalogue");
    await press("Confirm and submit")(page);
    expect(await shown(page)).toContain("It has been received");
    await demo.settle({ within: 30_000 });
    await page.reload();
    expect(await shown(page)).toContain("1 accepted");
    await page.goto("/escalations?organisation=STH");
    await page.getByRole("link", { name: "Never events" }).first().click();
    await page.waitForURL(/\/escalations\/\d+$/);
    expect(await page.locator(".signalbox-glance").textContent()).toMatch(/Figure\s*2/);
    await expectNoSidewaysScroll(page);
    await page.context().close();
  }, 120_000);

  test("a secretary proposes limits, sees their trial and sends them; the chair approves them, without JavaScript", async () => {
    const secretary = await pageFor({ cookie: await signedIn(demo, SECRETARY), javaScriptEnabled: false });
    await secretary.goto("/thresholds/propose");
    await secretary.getByLabel("Level", { exact: true }).first().selectOption("provider");
    const limits = { Metric: "ae-12h", "Board limit": "25", "SLT limit": "30", "From month": "2026-04" };
    await fill({ "What is this set?": "Waits for a bed", ...limits }, "Keep the draft and try it")(secretary);
    expect(await shown(secretary)).toContain("Cases raised in 24 months");
    expect(await shown(secretary)).toContain("A month by chance alone");
    await press("Send to the chair")(secretary);
    const chair = await pageFor({
      cookie: await signedIn(demo, UEC_CHAIR),
      javaScriptEnabled: false,
      viewport: NARROW,
    });
    await chair.goto("/thresholds");
    await chair.locator("main a", { hasText: "Waits for a bed" }).click();
    await fill({ "Reference of the minute": "UEC 2026/11" }, "Approve the set")(chair);
    expect(await shown(chair)).toContain("by minute UEC 2026/11");
    expect(await shown(chair)).toContain("What it changed when it was approved");
    await chair.goto("/thresholds?metric=ae-12h&status=approved");
    expect(await shown(chair)).toMatch(/Board 25, SLT 30[\s\S]*UEC 2026\/11/);
    await chair.context().close();
    await secretary.context().close();
  }, 120_000);

  test("what a leader takes to a meeting on paper has its words and tables, and nothing to press", async () => {
    const page = await pageFor({ cookie: await signedIn(demo, SLT_CHAIR) });
    for (const path of ["/", "/escalations", "/scorecards?organisation=STH", "/series/ae-12h/FNH", "/thresholds"]) {
      await page.goto(path);
      await expectMeantForPaper(page);
    }
    await page.goto("/");
    await (await firstCase(page)).click();
    await page.waitForURL(/\/escalations\/\d+$/);
    await expectMeantForPaper(page);
    await page.context().close();
  }, 120_000);
});

/** How wide a page is that runs no scripts of its own: read over the protocol, from outside. */
async function widthOf(page: Page): Promise<{ scrollWidth: number; width: number }> {
  const session = await page.context().newCDPSession(page);
  const { cssContentSize, cssLayoutViewport } = await session.send("Page.getLayoutMetrics");
  await session.detach();
  return { scrollWidth: cssContentSize.width, width: cssLayoutViewport.clientWidth };
}

/** The first link to a case itself, not to something that is asked about one. */
async function firstCase(page: Page): Promise<Locator> {
  const links = await page.locator("main a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const href = links.find((link) => /^\/escalations\/\d+$/.test(link));
  if (href === undefined) throw new Error(`no link to a case among ${links.join(", ")}`);
  return page.locator(`main a[href="${href}"]`).first();
}
