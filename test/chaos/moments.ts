import type { Database, Kysely } from "@signalbox/db";
import type { MailCatcher } from "../harness/mail-catcher.ts";
import { waitUntil } from "../harness/wait-until.ts";

const WITHIN = { within: 60_000 };

/** How many submissions have been read. */
export async function readSoFar(db: Kysely<Database>): Promise<number> {
  const { read } = await db
    .selectFrom("submission")
    .select(({ fn }) => fn.count<number>("id").as("read"))
    .where("read_at", "is not", null)
    .executeTakeFirstOrThrow();
  return read;
}

/** Three numbers of submissions, ascending, one by chance out of each third of the first nine tenths. */
export function threeMoments(count: number, chance: () => number): [early: number, middle: number, late: number] {
  const third = (count * 0.9) / 3;
  const within = (at: number): number => Math.max(2, Math.floor((at + chance()) * third));
  return [within(0), within(1), within(2)];
}

/** Waits until so many submissions have been read; how many it is then. */
export async function untilRead(db: Kysely<Database>, atLeast: number): Promise<number> {
  let read = 0;
  await waitUntil(
    `${atLeast} submissions are read`,
    async () => {
      read = await readSoFar(db);
      return read >= atLeast;
    },
    WITHIN,
  );
  return read;
}

/** Waits until a mail is in the server's hands, not answered. */
export async function untilSending(mail: MailCatcher): Promise<void> {
  await waitUntil("a mail is being sent", () => mail.unanswered() > 0, WITHIN);
}
