import { sql } from "kysely";
import type { ReadMail } from "../harness/mail-catcher.ts";
import type { Pipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";

/** Waits until everything that is due as of the test clock has been read, decided, told and sent. */
export async function quiet({ db, settle }: Pipeline): Promise<void> {
  await settle();
  await waitUntil("nothing is left to be told", async () => {
    const { rows } = await sql<{ left: number }>`select
        (select count(*) from series_state where due) + (select count(*) from organisation_due)
        + (select count(*) from telling where state = 'waiting' and tell_at <= (select now from clock))
        + (select count(*) from request where next_at <= (select now from clock))
        + (select count(*) from notice where status in ('pending', 'sending')) as left`.execute(db);
    return Number(rows[0]?.left) === 0;
  });
}

/** What one act made leave: runs it, waits until all is quiet, and reads the mails that the server got meanwhile. */
export async function mailsOf(pipeline: Pipeline, act: () => Promise<unknown>): Promise<ReadMail[]> {
  await quiet(pipeline);
  pipeline.mail.forget();
  await act();
  await quiet(pipeline);
  return pipeline.mail.read();
}

/** Mails as a person counts them: "kind to whom", in order of the words. */
export function counted(mails: readonly ReadMail[], without: readonly string[] = ["submission-receipt"]): string[] {
  return mails
    .filter(({ kind }) => !without.includes(kind))
    .map(({ kind, to }) => `${kind} ${to}`)
    .toSorted();
}
