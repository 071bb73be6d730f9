import { type Database, type Kysely, listMails } from "@signalbox/db";
import type { TableOut } from "../../way-out.ts";

const AT_ONCE = 1000;

/** All kept mail as a table to take away, latest first, read as it is sent; the mails themselves stay. */
export function mailsOut(db: Kysely<Database>): TableOut {
  return {
    name: "mail",
    columns: [
      { key: "id", title: "Mail" },
      { key: "subject", title: "Subject" },
      { key: "recipient", title: "To" },
      { key: "kind", title: "Kind" },
      { key: "madeAt", title: "Written" },
      { key: "status", title: "Status" },
    ],
    rows: rowsOf(db),
  };
}

async function* rowsOf(db: Kysely<Database>) {
  let before: number | null = null;
  for (;;) {
    const mails: Awaited<ReturnType<typeof listMails>> = await listMails(db, { before, limit: AT_ONCE });
    for (const { id, subject, recipient, kind, madeAt, status } of mails) {
      yield { id, subject, recipient, kind, madeAt: madeAt.toString(), status };
    }
    before = mails.at(-1)?.id ?? null;
    if (mails.length < AT_ONCE) return;
  }
}
