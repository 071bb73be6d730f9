import type { Browser, Page } from "playwright-core";
import type { ReadMail } from "../../harness/mail-catcher.ts";
import type { Pipeline } from "../../harness/pipeline.ts";
import { waitUntil } from "../../harness/wait-until.ts";
import { openContext } from "../browser.ts";
import { fill, press } from "../visits/visit.ts";

/** Somebody of the catalogue. */
export interface Person {
  readonly email: string;
  readonly name: string;
}

/** Does something as a person whom the link in a mail lets in without signing in; their window is closed afterwards. */
export async function byLink<T>(
  { browser, pipeline, mail }: { browser: Browser; pipeline: Pipeline; mail: ReadMail | undefined },
  { name }: Person,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await (await openContext(browser, pipeline.address)).newPage();
  await page.goto(pathIn(mail, /http\S+\/answer\/\S+/));
  await press(`I am ${name}: go on to answer`)(page);
  const done = await act(page);
  await page.context().close();
  return done;
}

/** A window of a person who signs in by the link that is mailed to them, on the page that they wanted. */
export async function signIn(
  { browser, pipeline, path }: { browser: Browser; pipeline: Pipeline; path: string },
  { email }: Person,
): Promise<Page> {
  const page = await (await openContext(browser, pipeline.address)).newPage();
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await fill({ "E-mail address": email }, "Mail me a link")(page);
  let link: ReadMail | undefined;
  await waitUntil(`a link mailed to ${email}`, async () => {
    link = await linkMailed(pipeline, email);
    return link !== undefined;
  });
  await page.goto(pathIn(link, /http\S+\/sign-in\/\S+/));
  await press("Sign in")(page);
  return page;
}

async function linkMailed({ mail }: Pipeline, email: string): Promise<ReadMail | undefined> {
  return (await mail.read()).find(({ kind, to }) => kind === "sign-in" && to === email);
}

/** The path of the first link of a form in a mail. */
export function pathIn(mail: ReadMail | undefined, form: RegExp): string {
  const found = form.exec(mail?.text ?? "")?.[0];
  if (found === undefined) throw new Error(`There is no link ${form} in the mail "${mail?.subject}".`);
  const { pathname, search } = new URL(found);
  return pathname + search;
}
