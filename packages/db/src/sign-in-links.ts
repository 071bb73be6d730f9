import { createHash, randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { recordAudit } from "./audit.ts";
import { at } from "./instants.ts";
import { maySignIn } from "./people.ts";
import type { Database } from "./tables.ts";

/** How long the operator's link lives, that `npm start` prints. */
const LIVES = { hours: 12 } as const;
/** How long a mailed link lives, and how many of them one person may be mailed meanwhile. */
export const MAILED_LIVES = { minutes: 15 } as const;
const MAILED_AT_MOST = 3;

/** Whom a link signs in: the operator of this machine, or a person of the catalogue by e-mail address. */
export interface SignedIn {
  readonly role: string;
  readonly person: string | null;
}

/** A link's secret: the page is /sign-in/TOKEN. Only its hash is kept. */
export function newSignInToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Makes a link that signs an operator in once, within 12 hours, and returns its token. `now` is the machine's time, not
 * the test clock's.
 */
export async function makeSignInLink(db: Kysely<Database>, now: Temporal.Instant): Promise<string> {
  const token = newSignInToken();
  const link = { hash: hashOf(token), made_at: now.toString(), expires_at: now.add(LIVES).toString() };
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto("sign_in_link")
      .values({ ...link, role: "operator" })
      .execute();
    await recordAudit(trx, { at: now, actor: "operator", action: "sign-in-link-made", subject: "session" });
  });
  return token;
}

/** The mail that carries a link, already written. */
export interface SignInMail {
  readonly recipient: string;
  readonly sentTo: string;
  readonly messageId: string;
  readonly subject: string;
  readonly raw: Buffer;
  readonly held: boolean;
}

/**
 * Keeps a link that signs one person in, once, within 15 minutes, and its mail, which the notifier sends when tell is
 * rung. Nothing is kept, and false returned, where nobody who may sign in has this address or it was mailed three
 * links in the last 15 minutes.
 */
export async function mailSignInLink(
  db: Kysely<Database>,
  token: string,
  mail: SignInMail,
  now: Temporal.Instant,
): Promise<boolean> {
  const person = mail.recipient.toLowerCase();
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in ${person}`}, 0))`.execute(trx);
    const { rows } = await sql`
      insert into sign_in_link (hash, role, person, made_at, expires_at)
      select ${hashOf(token)}, 'person', ${person}, ${now.toString()}::timestamptz, ${now.add(MAILED_LIVES).toString()}::timestamptz
      where exists (select from person p where ${maySignIn} and lower(p.email) = ${person})
        and (select count(*) from sign_in_link l
          where l.person = ${person} and l.made_at > ${now.subtract(MAILED_LIVES).toString()}) < ${MAILED_AT_MOST}
      returning hash`.execute(trx);
    if (rows.length === 0) return false;
    await trx
      .insertInto("mail")
      .values({
        kind: "sign-in",
        recipient: person,
        sent_to: mail.sentTo,
        message_id: mail.messageId,
        subject: mail.subject,
        raw: mail.raw,
        status: mail.held ? "held" : "deferred",
        made_at: now.toString(),
        next_attempt_at: mail.held ? null : now.toString(),
        failure: null,
      })
      .execute();
    await recordAudit(trx, { at: now, actor: person, action: "sign-in-link-mailed", subject: "session" });
    return true;
  });
}

/** Whom a link would still sign in; looking does not use it up. Null where it is unknown, used or too old. */
export async function signInLinkFor(
  db: Kysely<Database>,
  token: string,
  now: Temporal.Instant,
): Promise<SignedIn | null> {
  const row = await db
    .selectFrom("sign_in_link")
    .select(["role", "person"])
    .where("hash", "=", hashOf(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", at(now))
    .executeTakeFirst();
  return row ?? null;
}

/** Uses a link up and returns whom it signs in; null where it is unknown, used or too old. */
export async function useSignInLink(
  db: Kysely<Database>,
  token: string,
  now: Temporal.Instant,
): Promise<SignedIn | null> {
  return db.transaction().execute(async (trx) => {
    const used = await trx
      .updateTable("sign_in_link")
      .set({ used_at: now.toString() })
      .where("hash", "=", hashOf(token))
      .where("used_at", "is", null)
      .where("expires_at", ">", at(now))
      .returning(["role", "person"])
      .executeTakeFirst();
    if (!used) return null;
    const actor = used.person ?? used.role;
    await recordAudit(trx, { at: now, actor, action: "signed-in", subject: "session" });
    return used;
  });
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
