import { afterAll, expect, test } from "vitest";
import { type ArrivedFile, IdempotencyKeyReused, receiveSubmission } from "./submissions.ts";
import { testDatabase } from "./testing.ts";

const { db, close } = await testDatabase();
afterAll(close);

const now = Temporal.Instant.from("2026-04-20T09:00:00Z");

function file(text: string, more: Partial<ArrivedFile> = {}): ArrivedFile {
  const bytes = Buffer.from(text);
  return {
    organisation: "ABC",
    channel: "api",
    submittedBy: "robot",
    filename: "march.csv",
    mediaType: "text/csv",
    template: null,
    issued: null,
    bytes,
    now,
    ...more,
  };
}

test("keeps the bytes as they came, with their hash and who sent them", async () => {
  const kept = await receiveSubmission(db, file("period\n2026-03\n", { issued: "2026-04-02" }));
  expect(kept).toMatchObject({ status: "received", duplicate: false });
  const row = await db.selectFrom("submission").selectAll().where("id", "=", kept.id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ organisation: "ABC", submitted_by: "robot", size: 15, issued: "2026-04-02" });
  expect(row.received_at.equals(now)).toBe(true);
  const { bytes } = await db
    .selectFrom("submission_file")
    .select("bytes")
    .where("submission", "=", kept.id)
    .executeTakeFirstOrThrow();
  expect(bytes.toString()).toBe("period\n2026-03\n");
});

test("answers the same bytes from the same organisation with the first submission", async () => {
  const first = await receiveSubmission(db, file("same"));
  expect(await receiveSubmission(db, file("same", { channel: "inbox", submittedBy: "inbox" }))).toEqual({
    ...first,
    duplicate: true,
  });
  expect((await receiveSubmission(db, file("same", { organisation: "XYZ" }))).duplicate).toBe(false);
});

test.each(["web", "pull"] as const)(
  "takes figures by %s for the third time as new once others came between",
  async (channel) => {
    const of = { organisation: `${channel} trust`, channel };
    const read = (id: number) =>
      db.updateTable("submission").set({ status: "accepted" }).where("id", "=", id).execute();
    const first = await receiveSubmission(db, file("five", of));
    expect(await receiveSubmission(db, file("five", of))).toEqual({ ...first, duplicate: true });
    const second = await receiveSubmission(db, file("seven", of));
    await read(first.id);
    const third = await receiveSubmission(db, file("five", of));
    expect(third).toMatchObject({ duplicate: false });
    expect(await receiveSubmission(db, file("five", of))).toEqual({ ...third, duplicate: true });
    // By the API the first answers, by contract.
    const byApi = await receiveSubmission(db, file("five", { ...of, channel: "api" }));
    expect(byApi).toEqual({ id: first.id, status: "accepted", duplicate: true });
    for (const id of [second.id, third.id]) {
      await db
        .updateTable("submission")
        .set({
          withdrawn_at: now.toString(),
          withdrawn_by: "sam",
          withdrawn_reason: "wrong",
          withdrawn_after: third.id,
        })
        .where("id", "=", id)
        .execute();
    }
    const fourth = await receiveSubmission(db, file("five", { ...of, changesNothing: true }));
    expect(fourth).toEqual({ id: first.id, status: "accepted", duplicate: true });
  },
);

test("what a preview found to change is new on the web though no other file of the organisation came since", async () => {
  const of = { organisation: "below another", channel: "web" } as const;
  const first = await receiveSubmission(db, file("five", of));
  await db.updateTable("submission").set({ status: "accepted" }).where("id", "=", first.id).execute();
  const again = await receiveSubmission(db, file("five", { ...of, changesNothing: false }));
  expect(again.duplicate).toBe(false);
});

test("reads the same bytes again under another template, or when they were rejected", async () => {
  const first = await receiveSubmission(db, file("again"));
  const templated = await receiveSubmission(db, file("again", { template: "wide" }));
  expect(templated).toMatchObject({ duplicate: false });
  await db.updateTable("submission").set({ status: "rejected" }).where("id", "=", first.id).execute();
  const second = await receiveSubmission(db, file("again"));
  expect(second.duplicate).toBe(false);
  expect(await receiveSubmission(db, file("again"))).toEqual({ ...second, duplicate: true });
});

test("answers an idempotency key used again with the first, and refuses it for another file", async () => {
  const first = await receiveSubmission(db, file("keyed", { idempotencyKey: "k1" }));
  expect(await receiveSubmission(db, file("keyed", { idempotencyKey: "k1" }))).toEqual({ ...first, duplicate: true });
  await expect(receiveSubmission(db, file("other", { idempotencyKey: "k1" }))).rejects.toThrow(IdempotencyKeyReused);
});

test("keeps one of two copies that arrive at the same moment", async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => receiveSubmission(db, file("at once"))));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
});
