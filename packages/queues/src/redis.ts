import { Redis } from "ioredis";

/** The connections of one process to Redis. */
export interface RedisConnections {
  /** For ringing: says at once when Redis is away. */
  readonly ringing: Redis;
  /** For answering: waits until Redis is back. */
  readonly answering: Redis;
  close(): void;
}

const LONGEST_BETWEEN_ATTEMPTS_MS = 2000;

/** Opens the connections; a Redis that is away is tried again for ever, and is no error. */
export function openRedis(url: string, onError: (error: Error) => void): RedisConnections {
  let closed = false;
  const retryStrategy = (times: number): number | null =>
    closed ? null : Math.min(times * 50, LONGEST_BETWEEN_ATTEMPTS_MS);
  const options = { retryStrategy, connectTimeout: 5000, keepAlive: 10_000, maxRetriesPerRequest: null };
  const ringing = new Redis(url, { ...options, enableOfflineQueue: false });
  const answering = new Redis(url, options);
  ringing.on("error", onError);
  answering.on("error", onError);
  return {
    ringing,
    answering,
    close() {
      closed = true;
      ringing.disconnect();
      answering.disconnect();
    },
  };
}
