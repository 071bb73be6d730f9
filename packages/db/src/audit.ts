import type { Kysely } from "kysely";
import type { Database } from "./tables.ts";

/** What somebody did; `actor` is "key NAME", "operator" or the program, `subject` such as "submission 7". */
export interface AuditEntry {
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Appends to the audit trail; call it in the transaction of the act itself. */
export async function recordAudit(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  const { at, actor, action, subject, detail = {} } = entry;
  await db
    .insertInto("audit")
    .values({ at: at.toString(), actor, action, subject, detail: JSON.stringify(detail) })
    .execute();
}
