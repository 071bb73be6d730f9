import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { withProviders } from "./providers.ts";
import { mailsOf } from "./quiet.ts";

const providers = ["P1", "P2", "P3"];

let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: withProviders(providers) });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

/** The text of the receipt of a file of falls. */
async function receiptOf(organisation: string, from: string, values: (number | string | null)[]): Promise<string> {
  const file = fileOf(organisation, run({ organisation, metric: "falls", from }, values));
  const mails = await mailsOf(pipeline, () => pipeline.submit(file));
  const receipts = mails.filter(({ kind }) => kind === "submission-receipt");
  expect(receipts.map(({ to }) => to)).toEqual([`${organisation.toLowerCase()}.submitter@example.org`]);
  return receipts[0]?.text ?? "";
}

test("a receipt says rows read, accepted, unchanged, refused, and the case that the file raised", async () => {
  const text = await receiptOf("P1", "2023-10", [1, 6, "many"]);
  expect(text).toContain("Rows: 3 read, 2 accepted, 0 unchanged, 1 refused");
  expect(text).toMatch(/Provider P1: raised to the SLT, November 2023\n\s+http\S+\/escalations\/\d+/);
  expect(text).toMatch(/http\S+\/submissions\/\d+\/marked\.xlsx/);
});

test("a receipt says that a restatement took a case back", async () => {
  await receiptOf("P2", "2023-10", [1, 6]);
  const text = await receiptOf("P2", "2023-11", [1]);
  expect(text).toMatch(/Provider P2: withdrawn, November 2023 \(restated\)/);
});

test("a receipt says so where nothing came of a file", async () => {
  const text = await receiptOf("P3", "2023-10", [1, 1]);
  expect(text).toContain("Led to: no case raised, moved or ended");
  expect(await receiptOf("P3", "2023-09", ["?"])).not.toContain("Led to");
});
