import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nextMoment } from "@signalbox/db";
import { nthWorkingDayAfter, type Period } from "@signalbox/domain";
import { sql } from "kysely";
import { demoCatalogue, demoFiles } from "../../seeds/demo/generate.ts";
import { lastMonth, MONTHS } from "../../seeds/demo/span.ts";
import { submission } from "../../seeds/demo/submission.ts";
import { DEMO_DAY } from "../harness/demo-pipeline.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";

/** How many months come in while the clock passes over them. */
const MONTHS_TO_COME = 12;
const SUBMITTERS = ["STH", "FNH", "MHT", "WCH", "TRA", "WMR"] as const;
/** Figures come on this working day after their month, two days before they are due. */
const SENT_ON = 8;
const LONDON = "Europe/London";
/** People act, and send figures, when they have read their mail. */
export const ACTS_AT = "11:00";

/** Who acts, and when next. */
export interface Cast {
  /** The next day on which anybody has something to do; null where nobody has. */
  nextDay(year: DemoYear, after: Temporal.Instant): Promise<Temporal.PlainDate | null>;
  act(year: DemoYear, day: Temporal.PlainDate): Promise<void>;
}

/** What is held at every stop. */
export type Look = (year: DemoYear) => Promise<void>;

/** A year of the demo as it passes. */
export interface DemoYear {
  readonly pipeline: Pipeline;
  readonly begins: Temporal.PlainDate;
  readonly ends: Temporal.PlainDate;
  /** Passes all its days, with a cast that acts, and looks at it whenever something has happened. */
  pass(cast: Cast, look: Look): Promise<void>;
}

/** A pipeline with all but the last twelve months of the demo read, decided and told, a year before the demo's day. */
export async function openDemoYear(): Promise<DemoYear> {
  const last = lastMonth(DEMO_DAY);
  const begins = DEMO_DAY.subtract({ years: 1 });
  const folder = await mkdtemp(join(tmpdir(), "signalbox-year-"));
  try {
    for (const [name, text] of demoCatalogue(DEMO_DAY)) {
      await writeFile(join(folder, name), name === "protocol.json" ? asRecommended(text) : text);
    }
    const pipeline = await startPipeline({ catalogue: folder });
    const year = {
      pipeline,
      begins,
      ends: DEMO_DAY,
      pass: (cast: Cast, look: Look) => pass(year, last, { cast, look }),
    };
    await pipeline.put(at(begins, "10:00").toString());
    await send(pipeline, last, { oldest: MONTHS - 1, newest: MONTHS_TO_COME });
    return year;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The demo tells at once, to be looked at; a year is told as contract 6 recommends: after a preview, once a day. */
function asRecommended(protocol: string): string {
  const told = { preview: { workingDays: 2 }, digest: { slt: "08:30", board: "08:30" } };
  return JSON.stringify({ ...(JSON.parse(protocol) as object), ...told });
}

/** Stops at each moment at which something falls due, until its mail has left, and at eleven on days when somebody acts. */
async function pass(year: DemoYear, last: Period, { cast, look }: { cast: Cast; look: Look }): Promise<void> {
  const { pipeline, begins, ends } = year;
  const sends = sendingDays(last);
  const end = at(ends, ACTS_AT);
  const actingDays = new Set(sends.keys());
  for (let now = at(begins, "10:00"); Temporal.Instant.compare(now, end) < 0;) {
    const due = await nextMoment(pipeline.db, now);
    const acts = await cast.nextDay(year, now);
    const sending = [...actingDays].map((day) => at(Temporal.PlainDate.from(day), ACTS_AT));
    const next = [due, acts === null ? null : at(acts, ACTS_AT), end, ...sending]
      .filter((moment) => moment !== null && Temporal.Instant.compare(moment, now) > 0)
      .toSorted((a, b) => Temporal.Instant.compare(a ?? end, b ?? end))[0];
    now = next ?? end;
    await put(pipeline, now);
    await delivered(pipeline);
    const day = now.toZonedDateTimeISO(LONDON).toPlainDate();
    await look(year);
    if (!now.equals(at(day, ACTS_AT))) continue;
    const ago = sends.get(day.toString());
    if (ago !== undefined) await send(pipeline, last, { oldest: ago, newest: ago });
    await cast.act(year, day);
    await decided(pipeline);
    await delivered(pipeline);
  }
  await pipeline.submit(...restatements());
  await pipeline.settle({ within: 60_000 });
  await delivered(pipeline);
}

/** The days on which figures come, and how many months before the last one they are about. */
function sendingDays(last: Period): Map<string, number> {
  return new Map(
    Array.from({ length: MONTHS_TO_COME }, (_, ago): [string, number] => {
      const month = last - ago;
      const ended = Temporal.PlainYearMonth.from({ year: Math.floor(month / 12), month: (month % 12) + 1 });
      const endOfMonth = ended.toPlainDate({ day: ended.daysInMonth });
      return [nthWorkingDayAfter(endOfMonth, SENT_ON).toString(), ago];
    }),
  );
}

async function send(pipeline: Pipeline, last: Period, months: { oldest: number; newest: number }): Promise<void> {
  const files = SUBMITTERS.map((organisation) => submission(last, organisation, months));
  await pipeline.submit(...files.map(({ bytes, ...file }) => ({ ...file, csv: bytes.toString() })));
  await pipeline.settle({ within: 60_000 });
  await delivered(pipeline);
}

function restatements() {
  return demoFiles(DEMO_DAY)
    .filter(({ filename }) => filename.endsWith("-restated.csv"))
    .map(({ bytes, ...file }) => ({ ...file, csv: bytes.toString() }));
}

/** Puts the clock; whether submissions are settled is asked for only when some were sent. */
async function put({ api }: Pipeline, now: Temporal.Instant): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ now: now.toString() });
  const response = await api.request("/clock", { method: "PUT", headers, body });
  if (!response.ok) throw new Error(`PUT /clock: ${response.status} ${await response.text()}`);
}

/** What acts had decided anew is decided, and made into notices where it is due. */
async function decided({ db }: Pipeline): Promise<void> {
  await waitUntil("all is decided", async () => {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (select from series_state where due and failed_at is null)
        or exists (select from organisation_due where failed_at is null)
        or exists (select from telling where state = 'waiting' and tell_at <= (select now from clock)) as waits`.execute(
      db,
    );
    return rows[0]?.waits === false;
  });
}

/** All that was due has left: no notice waits that could go. */
async function delivered({ db }: Pipeline): Promise<void> {
  await waitUntil("all mail has left", async () => {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (select from notice where status in ('pending', 'sending', 'unknown')) as waits`.execute(db);
    return rows[0]?.waits === false;
  });
}

/** A time of a London day. */
export function at(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: LONDON, plainTime: time }).toInstant();
}
