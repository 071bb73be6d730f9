import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type QueueServer, queueServers } from "../../../test/harness/queue-servers.ts";
import type { Outcome } from "./handler.ts";
import { openQueues, type Queues } from "./open-queues.ts";

const DONE: Outcome = { kind: "done" };
const WAIT = { timeout: 10_000, interval: 5 };

describe.each(queueServers("packages/queues"))("on %s", (_name, start) => {
  let server: QueueServer;
  let queues: Queues;
  const said: string[] = [];
  const log = {
    warn: (_facts: object, text: string) => void said.push(text),
    error: (_facts: object, text: string) => void said.push(text),
  };

  beforeEach(async () => {
    said.length = 0;
    server = await start();
    queues = await openQueues(server.url, { log });
    await queues.migrate();
  });
  afterEach(async () => {
    await queues.close();
    await server.stop();
  });

  test("a bell is heard by who answers it, with what it says", async () => {
    const heard: number[] = [];
    await queues.work({ "read-submission": async ({ submission }) => (heard.push(submission), DONE) });
    expect(await queues.ring("read-submission", { submission: 7 })).toBe(true);
    await vi.waitFor(() => expect(heard).toEqual([7]), WAIT);
  });

  test("a bell that waits is not doubled, but one that says something else is another", async () => {
    for (const submission of [1, 1, 1, 2]) await queues.ring("read-submission", { submission });
    await queues.ring("assess-series", {});
    await queues.ring("assess-series", {});
    const { "read-submission": read, "assess-series": assess } = await queues.depths();
    expect([read.waiting, assess.waiting]).toEqual([2, 1]);
  });

  test("a bell rung while the same one is being answered leads to one more answer", async () => {
    let answers = 0;
    const first = Promise.withResolvers<void>();
    await queues.work({ tell: async () => ((answers += 1) === 1 ? await first.promise : undefined, DONE) });
    await queues.ring("tell", {});
    await vi.waitFor(() => expect(answers).toBe(1), WAIT);
    await queues.ring("tell", {});
    await queues.ring("tell", {});
    expect((await queues.depths()).tell).toMatchObject({ active: 1, waiting: 1 });
    first.resolve();
    await vi.waitFor(async () => expect((await queues.depths()).tell.completed).toBe(2), WAIT);
    expect(answers).toBe(2);
  });

  test("a handler that throws or asks for it is rung again until it is done", async () => {
    const outcomes: (() => Outcome)[] = [
      () => {
        throw new Error("connection lost");
      },
      () => ({ kind: "retry", reason: "the server is busy" }),
      () => DONE,
    ];
    let answers = 0;
    await queues.work({ "assess-series": async () => outcomes[answers++]?.() ?? DONE });
    await queues.ring("assess-series", {});
    await vi.waitFor(async () => expect((await queues.depths())["assess-series"].completed).toBe(1), WAIT);
    expect(answers).toBe(3);
    expect(said).toEqual([
      "assess-series is tried again: connection lost",
      "assess-series is tried again: the server is busy",
    ]);
  });

  test("what a handler gives up is not tried again, stays for a person, and does not stop the next bell", async () => {
    let answers = 0;
    await queues.work({
      tell: async () => ((answers += 1) === 1 ? { kind: "giveUp", reason: "no such mailbox" } : DONE),
    });
    await queues.ring("tell", {});
    await vi.waitFor(async () => expect((await queues.depths()).tell.failed).toBe(1), WAIT);
    await queues.ring("tell", {});
    await vi.waitFor(
      async () => expect((await queues.depths()).tell).toMatchObject({ completed: 1, failed: 1, delayed: 0 }),
      WAIT,
    );
    expect(said).toEqual(["tell was given up: no such mailbox"]);
  });

  test("a handler puts a bell off to a time, and one rung meanwhile is answered at once", async () => {
    const at = Temporal.Now.instant().add({ milliseconds: 400 });
    const answered: Temporal.Instant[] = [];
    await queues.work({
      tell: async () => (answered.push(Temporal.Now.instant()) === 1 ? { kind: "later", at } : DONE),
    });
    await queues.ring("tell", {});
    await vi.waitFor(async () => expect((await queues.depths()).tell.delayed).toBe(1), WAIT);
    await queues.ring("tell", {});
    await vi.waitFor(() => expect(answered).toHaveLength(3), WAIT);
    expect(Temporal.Instant.compare(answered[1] ?? at, at)).toBe(-1);
    expect((answered[2]?.epochMilliseconds ?? 0) - at.epochMilliseconds).toBeGreaterThanOrEqual(-1);
    expect(said).toEqual([]);
  });

  test("a bell that says what this version does not know is left for a person", async () => {
    await queues.work({ "read-submission": async () => DONE });
    const queue = queues.bullQueues().find(({ name }) => name === "read-submission");
    await queue?.add("read-submission", { file: "a.csv" });
    await vi.waitFor(async () => expect((await queues.depths())["read-submission"].failed).toBe(1), WAIT);
    await vi.waitFor(() => expect(said[0]).toContain("not a payload of read-submission"), WAIT);
  });

  test("the clock ticks when a process begins to answer it, and is wound for the next", async () => {
    let ticks = 0;
    await queues.work({ clock: async () => ((ticks += 1), DONE) });
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(0), WAIT);
    const [scheduler] =
      (await queues
        .bullQueues()
        .find(({ name }) => name === "clock")
        ?.getJobSchedulers()) ?? [];
    expect(scheduler).toMatchObject({ key: "clock", every: 15_000 });
  });

  test("several bells are answered at once where that is asked for", async () => {
    let now = 0;
    let most = 0;
    const all = Promise.withResolvers<void>();
    const answer = async (): Promise<Outcome> => {
      most = Math.max(most, (now += 1));
      if (most === 3) all.resolve();
      await all.promise;
      now -= 1;
      return DONE;
    };
    await queues.work({ "read-submission": answer }, { concurrency: { "read-submission": 3 } });
    for (const submission of [1, 2, 3, 4]) await queues.ring("read-submission", { submission });
    await vi.waitFor(async () => expect((await queues.depths())["read-submission"].completed).toBe(4), WAIT);
    expect(most).toBe(3);
  });

  test("closing waits for the bell that is being answered", async () => {
    let done = false;
    const began = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const working = await queues.work({
      tell: async () => {
        began.resolve();
        await end.promise;
        done = true;
        return DONE;
      },
    });
    await queues.ring("tell", {});
    await began.promise;
    const closed = working.close();
    end.resolve();
    await closed;
    expect(done).toBe(true);
    expect((await queues.depths()).tell).toMatchObject({ completed: 1, active: 0 });
  });

  test("the schema of the queues is brought up to date twice, and at once from two machines", async () => {
    const another = await openQueues(server.url, { log });
    await Promise.all([queues.migrate(), another.migrate()]);
    expect(await another.ring("tell", {})).toBe(true);
    await another.close();
  });
});
