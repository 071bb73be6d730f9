import type { Browser, Page } from "playwright-core";
import { fileOf, run } from "../../harness/invented-figures.ts";
import type { ReadMail } from "../../harness/mail-catcher.ts";
import { type Pipeline, startPipeline } from "../../harness/pipeline.ts";
import { mailsOf } from "../../pipeline/quiet.ts";
import { launch } from "../browser.ts";
import { catalogue } from "./catalogue.ts";
import { byLink, type Person, signIn } from "./people.ts";

/** One case on its way, and those who see to it. Each step gives the mails about the case that it made leave. */
export interface Journey {
  readonly pipeline: Pipeline;
  /** Puts the clock to a day, at ten in London. */
  on(day: string): Promise<ReadMail[]>;
  /** Sends figures, month by month from a first one. */
  figures(from: string, values: readonly number[]): Promise<ReadMail[]>;
  /** What a person does whom the link of a mail lets in. */
  byLink(mail: ReadMail | undefined, person: Person, act: (page: Page) => Promise<unknown>): Promise<ReadMail[]>;
  /** What a person does on a page: the first time they sign in on their way to it, and their window stays open. */
  signedIn(path: string, person: Person, act: (page: Page) => Promise<unknown>): Promise<ReadMail[]>;
  close(): Promise<void>;
}

/** A pipeline with a catalogue of its own, and a browser. */
export async function startJourney(): Promise<Journey> {
  const pipeline = await startPipeline({ catalogue });
  const browser: Browser = await launch();
  const windows = new Map<string, Page>();
  const mails = async (act: () => Promise<unknown>) =>
    (await mailsOf(pipeline, act)).filter(({ escalations }) => escalations.length > 0);
  return {
    pipeline,
    on: (day) => mails(() => pipeline.put(`${day}T10:00:00Z`)),
    figures: (from, values) => {
      const file = fileOf("NW", run({ organisation: "NW", metric: "waiters", from }, values));
      return mails(() => pipeline.submit(file));
    },
    byLink: (mail, person, act) => mails(() => byLink({ browser, pipeline, mail }, person, act)),
    signedIn: (path, person, act) =>
      mails(async () => {
        const before = windows.get(person.email);
        await before?.goto(path);
        const page = before ?? (await signIn({ browser, pipeline, path }, person));
        windows.set(person.email, page);
        await act(page);
      }),
    async close() {
      await browser.close();
      await pipeline.close();
    },
  };
}

/** Whoever got more than one mail about a case on one London day, and when. */
export async function twiceInOneDay({ api }: Pipeline, escalation: string): Promise<string[]> {
  const notices = await api.list<{ recipient: string; messageId: string; sentAt: string | null }>(
    `/notices?escalation=${escalation}`,
  );
  const sent = notices.flatMap(({ recipient, messageId, sentAt }) =>
    sentAt === null ? [] : [{ messageId, who: `${recipient} on ${dayOf(sentAt)}` }],
  );
  const byDay = Map.groupBy(sent, ({ who }) => who);
  return [...byDay].flatMap(([who, all]) => (new Set(all.map(({ messageId }) => messageId)).size > 1 ? [who] : []));
}

function dayOf(moment: string): string {
  return Temporal.Instant.from(moment).toZonedDateTimeISO("Europe/London").toPlainDate().toString();
}
