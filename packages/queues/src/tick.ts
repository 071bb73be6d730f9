import { type Backend, jobOptions } from "./bullmq.ts";
import { clock, TICK_MS } from "./clock.ts";

/** Sees to it that the clock's scheduler is there and ticks: it is lost when Redis loses what it held. */
async function wind(backend: Backend): Promise<void> {
  if (!backend.reachable()) return;
  const queue = backend.queue(clock.name);
  const found = await queue.getJobScheduler(clock.name);
  if (found?.every === TICK_MS && (found.next ?? 0) > Date.now() - 2 * TICK_MS) return;
  const template = { name: clock.name, data: {}, opts: jobOptions(clock.retry) };
  await queue.upsertJobScheduler(clock.name, { every: TICK_MS }, template);
}

interface ClockOptions {
  /** Rings the clock's bell out of turn. */
  tick(): Promise<unknown>;
  onError(error: Error): void;
  readonly lookEveryMs?: number;
}

/**
 * Keeps the clock wound until undone. Begins with a tick, as does each time that the server comes back, for work was
 * left meanwhile. A failure goes to `onError` and is made good at the next look.
 */
export async function keepClockWound(
  backend: Backend,
  { tick, onError, lookEveryMs = TICK_MS }: ClockOptions,
): Promise<() => void> {
  const look = (): Promise<void> => wind(backend).catch(onError);
  const begin = async (): Promise<void> => {
    await look();
    await tick();
  };
  const forget = backend.onReachable(() => void begin());
  const timer = setInterval(() => void look(), lookEveryMs);
  await begin();
  return () => {
    forget();
    clearInterval(timer);
  };
}
