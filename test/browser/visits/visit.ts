import type { Page } from "playwright-core";
import type { Pipeline } from "../../harness/pipeline.ts";

/** One look at a page: who looks, where, and what they did there before it is looked at. */
export interface Visit {
  /** Somebody of the demo's catalogue; null for nobody. */
  readonly as: string | null;
  readonly path: string | ((demo: Pipeline) => Promise<string>);
  /** What the address is answered with; 200 if left out. */
  readonly status?: number;
  /** Brings the page into another state: a form sent wrong, something opened. */
  readonly act?: (page: Page) => Promise<void>;
  /** Words that say it is the state that was meant. */
  readonly shows?: string;
}

/** Looks at pages, by the pattern of their route, in the order in which one state leads to the next. */
export type Visits = Readonly<Record<string, readonly Visit[]>>;

export const SLT_CHAIR = "margaret.adair@example.org";
export const UEC_CHAIR = "tom.okafor@example.org";
export const SECRETARY = "nadia.brook@example.org";
export const OBSERVER = "claire.stanmore@example.org";
export const OWNER = "colin.brandt@example.org";
export const ANALYST = "farah.quinn@example.org";
export const SUBMITTER = "ian.harper@example.org";
export const OWNER_OF_AMBULANCES = "carol.imrie@example.org";
export const OWNER_OF_MENTAL_HEALTH = "anwen.rees@example.org";
export const CHAIR_OF_ELECTIVE = "helen.pryce@example.org";
export const AUTHOR = "kate.dunmore@example.org";
export const OPERATOR = "sam.fielding@example.org";
export const ADMINISTRATOR = "alex.morrow@example.org";

/** Presses the first button of this name in the page's own part. */
export const press = (name: string) => async (page: Page) => {
  await page.locator("main").getByRole("button", { name }).first().click();
  await page.waitForLoadState();
};

/** Fills fields by their labels, and presses a button. */
export const fill = (fields: Readonly<Record<string, string>>, button: string) => async (page: Page) => {
  for (const [label, text] of Object.entries(fields)) {
    await page.locator("main").getByLabel(label, { exact: true }).first().fill(text);
  }
  await press(button)(page);
};

/** Gives files to the field of this label, and presses a button. */
export const give = (label: string, files: Readonly<Record<string, string>>, button: string) => async (page: Page) => {
  const given = Object.entries(files).map(([name, text]) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  }));
  await page.locator("main").getByLabel(label, { exact: true }).setInputFiles(given);
  await press(button)(page);
};
