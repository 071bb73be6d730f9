import type { Database, Kysely } from "@signalbox/db";
import type { MailCatcher } from "../harness/mail-catcher.ts";

/** Notices that leave no trace of a crash: each list names what is wrong, and is empty where nothing is. */
export interface MailFaults {
  readonly notSent: readonly string[];
  readonly mailNotSent: readonly string[];
  /** Sent, as the database has it, and yet no mail that the server took names it. */
  readonly neverDelivered: readonly string[];
  readonly underSeveralMessageIds: readonly string[];
  /** Of one event, submission or request one person was told the same kind of thing by several notices. */
  readonly toldTwice: readonly string[];
  /** Superseded before it was sent, and yet delivered. */
  readonly deliveredThoughSuperseded: readonly string[];
}

export const noFaults: MailFaults = {
  notSent: [],
  mailNotSent: [],
  neverDelivered: [],
  underSeveralMessageIds: [],
  toldTwice: [],
  deliveredThoughSuperseded: [],
};

/** Compares what the database says of notices and mail with what a real server got. */
export async function mailFaults(db: Kysely<Database>, mail: MailCatcher): Promise<MailFaults> {
  const notices = await db
    .selectFrom("notice")
    .innerJoin("telling", "telling.id", "notice.telling")
    .select([
      "notice.id",
      "notice.recipient",
      "notice.kind",
      "notice.reason",
      "notice.status",
      "notice.event",
      "notice.submission",
      "telling.key",
    ])
    .execute();
  const mails = await db.selectFrom("mail").select(["message_id", "status"]).where("status", "<>", "sent").execute();
  const named = (one: (typeof notices)[number]): string =>
    `notice ${one.id} (${one.kind}, ${one.reason}) to ${one.recipient}: ${one.status}`;
  const delivered = new Map<string, Set<string>>();
  for (const { to, messageId, notices: inMail } of await mail.read())
    for (const notice of inMail) {
      const ids = delivered.get(`${notice} ${to}`) ?? new Set();
      delivered.set(`${notice} ${to}`, ids.add(messageId));
    }
  const isDelivered = ({ id, recipient }: (typeof notices)[number]): boolean => delivered.has(`${id} ${recipient}`);
  const sent = notices.filter(({ status }) => status === "sent");
  const about = Map.groupBy(sent, ({ recipient, kind, reason, event, submission, key }) =>
    [recipient, kind, reason, event ?? submission ?? key].join(" "),
  );
  return {
    notSent: notices.filter(({ status }) => status !== "sent" && status !== "superseded").map(named),
    mailNotSent: mails.map(({ message_id, status }) => `${message_id}: ${status}`),
    neverDelivered: sent.filter((one) => !isDelivered(one)).map(named),
    underSeveralMessageIds: [...delivered]
      .filter(([, ids]) => ids.size > 1)
      .map(([one, ids]) => `${one}: ${[...ids].join()}`),
    toldTwice: [...about].filter(([, same]) => same.length > 1).map(([one]) => one),
    deliveredThoughSuperseded: notices.filter((one) => one.status === "superseded" && isDelivered(one)).map(named),
  };
}
