import type { TellingRow } from "@signalbox/db";
import { seedSeries } from "@signalbox/db/testing-cases";
import { MARCH_2024, seedSubmission } from "@signalbox/db/testing-world";
import PostalMime, { type Email } from "postal-mime";
import { expect, test } from "vitest";
import { World } from "./testing/world.ts";

const JANUARY_2024 = MARCH_2024 - 2;
const detail = { title: "A&E four-hour performance", tier: "slt", rag: "red" };

/** A world in which there is something to draw, and something to be told of it. */
async function withSeries(tell: Partial<TellingRow> = {}): Promise<World> {
  const world = await World.open();
  const submission = await seedSubmission(world.db, "RA", "figures");
  const series = await seedSeries(world.db, { metric: "ae-4h", organisation: "RA", submission });
  await world.tell({ forums: ["EC"], series, period: MARCH_2024, detail, ...tell });
  return world;
}
/** The mails that are kept, read as a mail program reads them. */
async function kept(world: World): Promise<Email[]> {
  return Promise.all((await world.mails()).map(({ raw }) => PostalMime.parse(raw ?? "")));
}
const picturesIn = ({ attachments }: Email) => attachments.map(({ mimeType, contentId }) => [mimeType, contentId]);

test("a digest carries the chart of what moved, and both its parts say what it shows", async () => {
  await using world = await withSeries();
  await world.notifier().ring();
  const [mail] = await kept(world);
  if (mail === undefined) throw new Error("no mail was written");
  expect(picturesIn(mail)).toEqual([["image/png", "<chart-1@example.org>"]]);
  const [picture] = mail.attachments;
  expect(
    Buffer.from(picture?.content as ArrayBuffer)
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  const said = "The last value is 71.5%, in March 2024: common cause.";
  expect(mail.html).toMatch(new RegExp(`<img src="cid:chart-1@example.org" alt="${said} The mean is 83.9%`));
  expect(mail.text).toContain(`Chart: ${said} The mean is 83.9%`);
  expect(mail.text).toContain("In short: Red by a draft limit, and no special cause");
  expect((await world.mails())[0]?.raw?.equals(world.server.caught[0]?.raw ?? Buffer.of())).toBe(true);
});

test("what is asked of owners and authors has its chart too, up to the period that is told of; a held mail as well", async () => {
  await using world = await withSeries({
    kind: "action-plan-request",
    reason: "asked",
    recipients: ["owner@example.org"],
    period: JANUARY_2024,
  });
  await world.notifier({ MAIL_MODE: "hold" }).ring();
  const [mail] = await kept(world);
  expect(mail?.attachments).toHaveLength(1);
  expect(mail?.text).toContain("Chart: The last value is 96.3%, in January 2024");
});

test("leaders are not shown a value that waits for its executive's signature", async () => {
  await using world = await withSeries();
  await world.db
    .updateTable("submission")
    .set({ sign_off_asked_at: "2026-11-24T08:00:00Z", unsigned_from: "2026-12-24T08:00:00Z" })
    .execute();
  await world.notifier().ring();
  const [mail] = await kept(world);
  expect(mail?.attachments).toEqual([]);
  expect(mail?.text).not.toContain("71.5%");
});

test("a picture that cannot be drawn costs no mail", async () => {
  await using world = await withSeries();
  const { parts, ring } = world.notifier();
  Object.assign(parts, { readCatalogue: () => Promise.reject(new Error("no catalogue today")) });
  await ring();
  const [mail] = await kept(world);
  expect(mail?.attachments).toEqual([]);
  expect(mail?.text).toContain("A&E four-hour performance");
  expect(await world.notices()).toMatchObject([{ status: "sent" }]);
});
