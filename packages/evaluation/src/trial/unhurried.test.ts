import { expect, test } from "vitest";
import { unhurried } from "./unhurried.ts";

test("others have their turn while many things are worked on, in order", async () => {
  let turns = 0;
  let over = false;
  const others = (): void => {
    turns += 1;
    if (!over) setImmediate(others);
  };
  setImmediate(others);
  const seen: number[] = [];
  for await (const item of unhurried([1, 2, 3, 4])) {
    const began = performance.now();
    while (performance.now() - began < 20);
    seen.push(item);
  }
  over = true;
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(turns).toBeGreaterThanOrEqual(3);
});
