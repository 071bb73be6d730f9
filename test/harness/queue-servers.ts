import { testDatabase } from "@signalbox/db/testing";
import { leftOut } from "./left-out.ts";
import { noRedis, startRedis } from "./redis.ts";

/** A server for the queues of one test file, and how to be rid of it. */
export interface QueueServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The servers that queues run on and this machine has: PostgreSQL always, Redis where it is installed. */
export function queueServers(suite: string): [name: string, start: () => Promise<QueueServer>][] {
  const postgres = async (): Promise<QueueServer> => {
    const { url, close } = await testDatabase();
    return { url, stop: close };
  };
  const missing = noRedis();
  if (missing === null)
    return [
      ["PostgreSQL", postgres],
      ["Redis", startRedis],
    ];
  leftOut(`${suite} on Redis`, missing);
  return [["PostgreSQL", postgres]];
}
