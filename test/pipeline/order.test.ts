import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestFile } from "../harness/api-client.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { startPipeline } from "../harness/pipeline.ts";
import { type QueueServer, queueServers } from "../harness/queue-servers.ts";
import { difference, shownBy } from "../harness/shown.ts";
import { monthsOfFiles } from "./months-of-files.ts";

const NOW = "2023-12-20T10:00:00Z";
/** Every period of the files has begun, and the submission days of the last are still to come. */
const EARLIER = "2023-10-02T10:00:00Z";
/** Each run is a Signalbox of its own: a few, but real. */
const RUNS = 3;

/** One way in which the same files may arrive. */
interface Arrival {
  readonly order: readonly number[];
  readonly repeats: readonly number[];
  readonly workers: number;
  /** How many have arrived before the clock moves on to now. */
  readonly earlier: number;
  /** Whether each waits until the one before is settled. */
  readonly oneByOne: boolean;
}

async function shownAfter(files: readonly TestFile[], arrival: Arrival, queueUrl?: string): Promise<string[]> {
  const { workers, order, repeats, earlier, oneByOne } = arrival;
  const options = queueUrl === undefined ? {} : { queueUrl };
  await using stack = new AsyncDisposableStack();
  const pipeline = await startPipeline({ catalogue: inventedSystem, workers, smtp: false, ...options });
  stack.defer(() => pipeline.close());
  await pipeline.put(EARLIER);
  const sent = [...order, ...repeats].map((at) => files[at % files.length]).filter((file) => file !== undefined);
  for (const [at, file] of sent.entries()) {
    if (at === earlier) await pipeline.put(NOW);
    await pipeline.submit(file);
    if (oneByOne) await pipeline.settle();
  }
  await pipeline.put(NOW);
  await pipeline.settle({ within: 60_000 });
  return await shownBy(pipeline.api);
}

const seed = 20_261_121;
const files = monthsOfFiles(seed);
const everyFile = files.map((_, at) => at);
const arrivals: fc.Arbitrary<Arrival> = fc.record({
  order: fc.shuffledSubarray(everyFile, { minLength: everyFile.length }),
  repeats: fc.array(fc.integer({ min: 0, max: everyFile.length - 1 }), { maxLength: 6 }),
  workers: fc.constantFrom(1, 2),
  earlier: fc.integer({ min: 0, max: everyFile.length }),
  oneByOne: fc.constant(false),
});

describe("files in any order", () => {
  let inOrder: string[];

  beforeAll(async () => {
    inOrder = await shownAfter(files, { order: everyFile, repeats: [], workers: 1, earlier: 0, oneByOne: true });
  }, 120_000);

  test("make cases of every concern, with every move", () => {
    const concerns = ["performance", "reporting", "several-areas"];
    expect(concerns.filter((concern) => !inOrder.some((line) => line.startsWith(`event of ${concern}`)))).toEqual([]);
    const moves = ["raised", "stepped-up", "continued", "held", "stepped-down", "resolved"];
    expect(moves.filter((move) => !inOrder.some((line) => line.includes(`"event":"${move}"`)))).toEqual([]);
  });

  describe.each(queueServers("files in any order"))("with queues on %s", (_name, start) => {
    let server: QueueServer;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.stop());

    test("come out the same: repeated, split over workers, before and after their submission days", async () => {
      await fc.assert(
        fc.asyncProperty(arrivals, async (arrival) => {
          expect(difference(inOrder, await shownAfter(files, arrival, server.url))).toEqual({ missing: [], extra: [] });
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    }, 240_000);
  });
});
