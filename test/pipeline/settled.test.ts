import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";

let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: inventedSystem, smtp: false });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(() => pipeline.close());

interface Shown {
  readonly status: string;
  readonly settled: boolean;
  readonly rows: { readonly read: number };
}

test("never says of a file that it is settled and still being read", async () => {
  const files = Array.from({ length: 12 }, (_, at) =>
    fileOf("NW", run({ organisation: "NW", metric: "falls", from: "2023-10" }, [1 + at / 100])),
  );
  for (const file of files) {
    const { id } = await pipeline.api.submit(file);
    await waitUntil(`submission ${id} is settled`, async () => {
      const one = await pipeline.api.get<Shown>(`/submissions/${id}`);
      if (one.settled) expect(one).toMatchObject({ status: "accepted", rows: { read: 1 } });
      return one.settled;
    });
  }
});
