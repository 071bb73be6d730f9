import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leftOut } from "../harness/left-out.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";
import { withProviders } from "../pipeline/providers.ts";
import { quiet } from "../pipeline/quiet.ts";
import { executablePath, expectAccessible, launch, openContext } from "./browser.ts";

if (executablePath === undefined) leftOut("test/browser: a submitter's journey", "Chromium is not installed");

const SUBMITTER = "p1.submitter@example.org";

describe.runIf(executablePath !== undefined)("a submitter in a real browser", () => {
  let pipeline: Pipeline;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    pipeline = await startPipeline({ catalogue: withProviders(["P1"]) });
    await pipeline.put("2023-12-20T10:00:00Z");
    browser = await launch();
    page = await (await openContext(browser, pipeline.address)).newPage();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await pipeline.close();
  });

  /** The path of the first link to the site in the last mail of a kind to the submitter. */
  async function linkInMail(kind: string, pattern: RegExp): Promise<string> {
    let found: string | undefined;
    await waitUntil(`a mail with a link like ${pattern}`, async () => {
      const mails = await pipeline.mail.read();
      const mine = mails.filter((mail) => mail.kind === kind && mail.to === SUBMITTER);
      found = pattern.exec(mine.at(-1)?.text ?? "")?.[0];
      return found !== undefined;
    });
    const { pathname, search } = new URL(found ?? "");
    return pathname + search;
  }

  const main = () => page.locator("main");
  const press = (name: string) => page.getByRole("button", { name }).click();

  test("signs in by the link in a mail, on the way to the page they wanted", async () => {
    await page.goto("/submissions/upload");
    await page.getByRole("link", { name: "Sign in" }).last().click();
    await expectAccessible(page);
    await press("Mail me a link");
    expect(await page.locator(".nhsuk-error-summary").textContent()).toContain("Enter an e-mail address");
    await page.getByLabel("E-mail address").fill(SUBMITTER);
    await press("Mail me a link");
    expect(await main().textContent()).toContain("Check your e-mail");
    await expectAccessible(page);
    await page.goto(await linkInMail("sign-in", /http\S+\/sign-in\/\S+/));
    await press("Sign in");
    expect(new URL(page.url()).pathname).toBe("/submissions/upload");
    expect(await page.locator("footer").textContent()).toContain("Signed in as P1 submitter");
  }, 180_000);

  test("uploads a file, sees what is wrong and what would change, confirms, and has a receipt", async () => {
    await page.goto("/submissions/upload");
    await expectAccessible(page);
    const rows = ["2023-10,P1,falls,1", "2023-11,P1,falls,6", "2023-11,P1,flals,2"];
    const file = Buffer.from(`period,organisation,metric,value\n${rows.join("\n")}\n`);
    await page
      .getByLabel("File", { exact: true })
      .setInputFiles({ name: "november.csv", mimeType: "text/csv", buffer: file });
    await press("Check the file");
    await expectAccessible(page);
    expect(await main().textContent()).toContain("This metric is not in the catalogue");
    expect(await main().textContent()).toContain("2 would be new");
    expect(await pipeline.api.list("/submissions")).toEqual([]);
    await press("Confirm and submit");
    expect(await main().textContent()).toContain("It has been received");
    await quiet(pipeline);

    await page.goto(await linkInMail("submission-receipt", /http\S+\/submissions\/\d+(?=\n)/));
    await expectAccessible(page);
    expect(await main().textContent()).toContain("3 read: 2 accepted, 0 unchanged, 1 refused");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "The same as CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("november-marked.csv");
    await page.goto(await linkInMail("submission-receipt", /http\S+\/escalations\/\d+(?=\n)/));
    expect(await main().textContent()).toContain("System Leadership Team");
  }, 180_000);

  test("types a figure in, puts a slip right, and confirms it", async () => {
    await page.goto("/submissions/type?organisation=P1&period=2023-12");
    await expectAccessible(page);
    expect(await main().textContent()).toContain("November 2023");
    const cell = page.getByRole("group", { name: /falls/i }).getByLabel("Value", { exact: true });
    await cell.fill("five");
    await press("Check the figures");
    await expectAccessible(page);
    expect(await page.locator(".nhsuk-error-summary").textContent()).toContain("There is text where a number belongs");
    expect(await cell.inputValue()).toBe("five");
    await cell.fill("5");
    await press("Check the figures");
    await expectAccessible(page);
    expect(await main().textContent()).toContain("typed-P1-2023-12.csv");
    await press("Confirm and submit");
    await quiet(pipeline);
    const all = await pipeline.api.list<{ filename: string; channel: string; status: string }>("/submissions");
    expect(all.map(({ filename, channel, status }) => [filename, channel, status])).toEqual([
      ["november.csv", "web", "partly-accepted"],
      ["typed-P1-2023-12.csv", "web", "accepted"],
    ]);
  }, 180_000);
});
