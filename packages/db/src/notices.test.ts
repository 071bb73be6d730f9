import { expect, test } from "vitest";
import { writeTellings } from "./evaluation/write-tellings.ts";
import { claimGroups } from "./notices.ts";
import { makeNotices } from "./tellings.ts";
import { testDatabase } from "./testing.ts";

const now = Temporal.Instant.from("2026-11-24T09:00:00Z");
const everyone = {
  through: Number.MAX_SAFE_INTEGER,
  after: { recipient: "", kind: "" },
  digests: true,
  limit: 10,
  now,
};

test("a person's mail is claimed by one notifier at a time, so that it is not split", async () => {
  await using stack = new AsyncDisposableStack();
  const { db, close } = await testDatabase();
  stack.defer(close);
  const about = { escalation: null, event: null, submission: null, series: null, organisation: null, period: null };
  const telling = { ...about, kind: "digest", reason: "raised", forums: [], digest: null, causedBy: [], detail: {} };
  const recipients = ["a@example.org", "b@example.org"];
  await db.transaction().execute((trx) => writeTellings(trx, [{ ...telling, recipients, tellAt: now, key: "one" }]));
  expect(await makeNotices(db, now)).toEqual({ tellings: 1, notices: 2, unheard: [] });
  await db.transaction().execute(async (one) => {
    expect(await claimGroups(one, { ...everyone, limit: 1 })).toEqual([{ recipient: "a@example.org", kind: "digest" }]);
    const other = await db.transaction().execute((trx) => claimGroups(trx, everyone));
    expect(other).toEqual([{ recipient: "b@example.org", kind: "digest" }]);
  });
});
