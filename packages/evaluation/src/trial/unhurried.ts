import { setImmediate } from "node:timers/promises";

/** How long one may work before others have their turn, in milliseconds. */
const STRETCH = 15;

/** The items in order, with a pause after each stretch of work on them: pages are answered while limits are tried. */
export async function* unhurried<T>(items: Iterable<T>): AsyncGenerator<T> {
  let began = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - began < STRETCH) continue;
    await setImmediate();
    began = performance.now();
  }
}
