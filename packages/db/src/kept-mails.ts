import { type Kysely, sql } from "kysely";
import type { Database, MailTable } from "./tables.ts";

/** A composed e-mail, sent or not. */
export interface KeptMail {
  readonly id: number;
  readonly kind: string;
  readonly recipient: string;
  readonly sentTo: string;
  readonly subject: string;
  readonly status: MailTable["status"];
  readonly madeAt: Temporal.Instant;
  readonly sentAt: Temporal.Instant | null;
  readonly failure: string | null;
  /** The message as it was, or would be, sent; null once it is no longer kept. */
  readonly raw: Buffer | null;
}

const columns = sql`id, kind, recipient, sent_to as "sentTo", subject, status, made_at as "madeAt", sent_at as "sentAt", failure`;

/** Mails, newest first, without their bytes: at most `limit` before an id. */
export async function listMails(
  db: Kysely<Database>,
  { before, limit }: { before: number | null; limit: number },
): Promise<Omit<KeptMail, "raw">[]> {
  const older = before === null ? sql`true` : sql`id < ${before}`;
  const { rows } = await sql<Omit<KeptMail, "raw">>`
    select ${columns} from mail where ${older} order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** One mail with its bytes; null where there is none. */
export async function readMail(db: Kysely<Database>, id: number): Promise<KeptMail | null> {
  const { rows } = await sql<KeptMail>`select ${columns}, raw from mail where id = ${id}`.execute(db);
  return rows[0] ?? null;
}
