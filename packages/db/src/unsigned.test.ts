import { afterAll, expect, test } from "vitest";
import { seedCatalogue, seedSubmission } from "./testing-world.ts";
import { testDatabase } from "./testing.ts";
import { unsignedSubmissions } from "./unsigned.ts";

const { db, close } = await testDatabase();
afterAll(close);
await seedCatalogue(db);

const at = "2024-04-20T09:00:02Z";
const asked = { sign_off_asked_at: at, unsigned_from: "2024-05-20T09:00:00Z" };

test("a submission is unsigned from being asked about until it is signed, released or withdrawn", async () => {
  const submissionThat = async (is: string, set: object) => {
    const id = await seedSubmission(db, "RA", is);
    await db
      .updateTable("submission")
      .set({ received_at: at, ...set })
      .where("id", "=", id)
      .execute();
    return id;
  };
  await submissionThat("needs no signature", {});
  const waits = await submissionThat("waits", asked);
  await submissionThat("is signed", { ...asked, signed_off_at: at, signed_off_by: "erin.executive@example.org" });
  await submissionThat("is released", { ...asked, released_at: at, released_by: "nobody signed" });
  const withdrawn = { withdrawn_at: at, withdrawn_by: "robot", withdrawn_reason: "sent in error", withdrawn_after: 0 };
  await submissionThat("is withdrawn", { ...asked, ...withdrawn });
  expect(await unsignedSubmissions(db)).toEqual(new Set([waits]));
});
