import { afterAll, expect, test } from "vitest";
import { canonical, reading, testMetrics } from "../testing.ts";
import type { ReadRequest } from "../read-result.ts";
import { readInWorker } from "./read-in-worker.ts";
import { ReadingThreads } from "./reading-threads.ts";

const request = (file: string | Buffer, given: Partial<ReadRequest> = {}): ReadRequest => ({
  bytes: Buffer.from(file),
  filename: "figures.csv",
  mediaType: "text/csv",
  templates: [],
  named: false,
  metrics: testMetrics,
  now: "2024-04-10",
  ...given,
});

const good = "2024-03,RXX,ae-4h,74.6,,,,St Mary’s";
const bad = "2024-03,RXX,ae-12h,many,,,,";
const many = (rows: number): string =>
  canonical() +
  Array.from({ length: rows }, (_, place) => `2024-03,R${place},ae-12h,${place},,,,said of ${place}\n`).join("");

const impatient = new ReadingThreads({ threads: 1, time: 500, memory: 256 });
const forgetful = new ReadingThreads({ threads: 1, time: 60_000, memory: 12 });
afterAll(() => Promise.all([impatient.close(), forgetful.close()]));

test("a file read in a thread is the file as it is read here", async () => {
  const file = canonical(good, bad, "2024-03,RXX,cat-2,N/A,,,,", good);
  const here = await reading(file);
  const there = await readInWorker(request(file));
  expect([...there.rows]).toEqual([...here.rows]);
  expect({ ...there, rows: null }).toEqual({ ...here, rows: null });
});

test("a file that is rejected comes back rejected, and so does the next", async () => {
  for (const file of ["", "%PDF-1.7", ""]) {
    expect((await readInWorker(request(file))).rejected).toEqual((await reading(file)).rejected);
  }
});

test("a part of a larger buffer is read, and the buffer is left as it was", async () => {
  const file = Buffer.from(`before${canonical(good)}after`);
  const { rows } = await readInWorker(request("", { bytes: file.subarray(6, -5) }));
  expect(rows.length).toBe(1);
  expect(file.toString()).toBe(`before${canonical(good)}after`);
});

test("more files than threads are all read", async () => {
  const results = await Promise.all([1, 2, 3, 4, 5, 6].map((rows) => readInWorker(request(many(rows)))));
  expect(results.map(({ rows }) => rows.length)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a file that takes too long is given up with what to do, and the next is read", async () => {
  await expect(impatient.read(request(many(900_000)))).resolves.toMatchObject({
    rejected: { code: "too-hard-to-read", message: expect.stringMatching(/0\.5 seconds.*Split it/) },
    read: 0,
  });
  const patient = impatient.read(request(canonical(good)));
  expect((await patient).rows.length).toBe(1);
});

test("a file that takes too much memory is given up, and the next is read", async () => {
  const { rejected } = await forgetful.read(request(many(300_000)));
  expect(rejected?.code).toBe("too-hard-to-read");
  expect((await forgetful.read(request(canonical(good)))).rows.length).toBe(1);
});

test("a fault of ours in a thread is thrown here, and the thread reads on", async () => {
  const broken = request(canonical(good), { now: "no day" });
  await expect(readInWorker(broken)).rejects.toThrow(/reading thread failed.*year/s);
  expect((await readInWorker(request(canonical(good)))).rows.length).toBe(1);
});
