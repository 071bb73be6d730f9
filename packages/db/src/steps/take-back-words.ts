import { type RawBuilder, sql, type Transaction } from "kysely";
import { givesWay, mayGiveWay } from "../overtaken.ts";
import type { Database } from "../tables.ts";

/** Nothing more is said of these: their first letters and chasers that have not left. */
export async function takeBackWords(
  trx: Transaction<Database>,
  requests: readonly { readonly id: number; readonly key: string }[],
): Promise<void> {
  const asking = requests.map(({ key }) => `request:${key}`);
  // A letter to somebody who was asked later says who they are after its key.
  await takeBack(
    trx,
    sql`(t.key = any(${asking}) or substring(t.key from '^(request:.*) to [^ ]+$') = any(${asking}))`,
  );
  await takeBackChasers(
    trx,
    requests.map(({ id }) => id),
  );
}

/** No chaser of these that has not left is said. */
export async function takeBackChasers(trx: Transaction<Database>, ids: readonly number[]): Promise<void> {
  const chasing = ids.map((id) => `request:${id}`);
  await takeBack(
    trx,
    sql`(t.kind in ('reminder', 'overdue') and substring(t.key from '^request:[0-9]+') = any(${chasing}))`,
  );
}

async function takeBack(trx: Transaction<Database>, theirs: RawBuilder<unknown>): Promise<void> {
  await sql`update notice n set ${givesWay} from telling t
    where n.telling = t.id and ${mayGiveWay} and ${theirs}`.execute(trx);
  await sql`update telling t set state = 'dropped' where t.state = 'waiting' and ${theirs}`.execute(trx);
}
