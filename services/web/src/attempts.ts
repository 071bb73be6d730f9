import type { FastifyReply } from "fastify";
import { isIPv6 } from "node:net";
import type { Parts } from "./parts.ts";
import { Problem } from "./problem.ts";

/** How often something may be tried in so many seconds. */
export interface AttemptLimit {
  readonly max: number;
  readonly seconds: number;
}

interface Counted {
  count: number;
  until: number;
}

const COUNTED_AT_MOST = 50_000;

/**
 * Counts attempts by whoever makes them, an address of the network or an account, in this process. What is counted is
 * forgotten when its time is over.
 */
export class Attempts {
  readonly #limit: AttemptLimit;
  readonly #now: Parts["machineNow"];
  readonly #counted = new Map<string, Counted>();
  constructor(limit: AttemptLimit, now: Parts["machineNow"]) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts one attempt and returns the seconds to wait before the next; 0 where it is welcome. */
  count(who: string): number {
    const now = this.#now().epochMilliseconds;
    const known = this.#counted.get(who);
    if (known === undefined || known.until <= now) {
      if (this.#counted.size >= COUNTED_AT_MOST) this.#forget(now);
      this.#counted.set(who, { count: 1, until: now + this.#limit.seconds * 1000 });
      return 0;
    }
    known.count++;
    return this.secondsToWait(who);
  }

  /** The seconds that somebody has to wait who tried too often; 0 for all others. */
  secondsToWait(who: string): number {
    const now = this.#now().epochMilliseconds;
    const known = this.#counted.get(who);
    if (known === undefined || known.until <= now || known.count <= this.#limit.max) return 0;
    return Math.ceil((known.until - now) / 1000);
  }

  /** What is over goes; were all of it still counted, the oldest half does. */
  #forget(now: number): void {
    for (const [who, { until }] of this.#counted) if (until <= now) this.#counted.delete(who);
    if (this.#counted.size < COUNTED_AT_MOST) return;
    for (const who of [...this.#counted.keys()].slice(0, COUNTED_AT_MOST / 2)) this.#counted.delete(who);
  }
}

/** Refuses with 429 and Retry-After where there is anything to wait. */
export function refuseTooMany(reply: FastifyReply, seconds: number, what: string): void {
  if (seconds === 0) return;
  reply.header("retry-after", String(seconds));
  throw new Problem(429, `${what} Wait ${inWords(seconds)} and try again.`);
}

/** Whom an address of the network stands for: of IPv6, one household or office has 2^64 of them. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !isIPv6(ip)) return mapped ?? ip;
  const canonical = new URL(`http://[${ip.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [before = "", after] = canonical.split("::");
  const first = before === "" ? [] : before.split(":");
  const last = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: after === undefined ? 0 : 8 - first.length - last.length }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} second${seconds === 1 ? "" : "s"}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minute${minutes === 1 ? "" : "s"}`;
}
