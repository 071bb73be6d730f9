import { afterAll, expect, test } from "vitest";
import { testApp } from "../../testing.ts";

const open = await testApp();
afterAll(open.close);

const PNG = "/series/ae-4h/RA/chart.png";
const get = async (person: Parameters<typeof open.signInAs>[0], url = PNG, headers = {}) =>
  open.app.inject({ url, headers: { cookie: await open.signInAs(person), ...headers } });

test("the chart of a series is there as a picture, and not sent again while it is the same", async () => {
  const first = await get("owner");
  expect(first.headers["content-type"]).toBe("image/png");
  expect(first.rawPayload.subarray(1, 4).toString()).toBe("PNG");
  const again = await get("owner", PNG, { "if-none-match": String(first.headers["etag"]) });
  expect(again.statusCode).toBe(304);
  expect(again.rawPayload).toHaveLength(0);
});

test.each([
  ["/series/ae-4h/RB/chart.png", "another provider's"],
  ["/series/staff-survey/RA/chart.png", "one without a value"],
  ["/series/nothing/RA/chart.png", "no metric's"],
  ["/series/ae-4h/%00/chart.png", "no organisation's"],
])("%s is not found: it is %s", async (url) => {
  expect((await get("owner", url)).statusCode).toBe(404);
});

test("who sees a series by forum alone does not see a value in it that waits for its signature", async () => {
  const before = await get("chair");
  expect(before.statusCode).toBe(200);
  await open.db
    .updateTable("submission")
    .set({ sign_off_asked_at: "2024-04-20T09:00:01Z", unsigned_from: "2030-01-01T00:00:00Z" })
    .execute();
  expect((await get("owner")).headers["etag"]).toBe(before.headers["etag"]);
  expect((await get("chair")).statusCode).toBe(404);
});
