import { sql } from "kysely";
import type { TestFile } from "../harness/api-client.ts";
import type { Installation } from "./installation.ts";
import type { MailCatcher } from "../harness/mail-catcher.ts";
import { waitUntil } from "../harness/wait-until.ts";

/** Seconds from the first answer 202 until a stage was through. */
export interface Timings {
  /** Every file read, its rows among the observations. */
  readonly read: number;
  /** Every series and organisation decided. */
  readonly decided: number;
  /** The last mail taken by the mail server; 0 where there was none. */
  readonly lastMail: number;
  readonly mails: number;
}

const LONG = { within: 30 * 60_000, lookEvery: 100 };

/** Submits files at once and takes the time of what they set off. */
export async function timeOf(
  { api, db }: Installation,
  files: readonly TestFile[],
  mail: MailCatcher,
): Promise<Timings> {
  mail.forget();
  const sent = files.map((file) => api.submit(file));
  await Promise.race(sent);
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  const ids = (await Promise.all(sent)).map(({ id }) => Number(id));
  await waitUntil(
    "all is read",
    async () => {
      const { left } = await db
        .selectFrom("submission")
        .select((from) => from.fn.countAll<number>().as("left"))
        .where("read_at", "is", null)
        .executeTakeFirstOrThrow();
      return left === 0;
    },
    LONG,
  );
  const read = since();
  await waitUntil(
    "all is decided",
    async () => {
      const [series, organisation] = await Promise.all([
        sql`select from series_state where due limit 1`.execute(db),
        db.selectFrom("organisation_due").select("organisation").limit(1).executeTakeFirst(),
      ]);
      return series.rows.length === 0 && organisation === undefined;
    },
    LONG,
  );
  const decided = since();
  for (const id of ids) {
    await waitUntil(
      "all is settled",
      async () => (await api.get<{ settled: boolean }>(`/submissions/${id}`)).settled,
      LONG,
    );
  }
  const last = mail.caught.at(-1);
  return { read, decided, lastMail: last === undefined ? 0 : (last.at - began) / 1000, mails: mail.caught.length };
}
