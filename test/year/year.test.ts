import { expect, test } from "vitest";
import { type DemoYear, NOBODY, openDemoYear } from "./demo-year.ts";
import { lettersOf } from "./letters.ts";

test("a year passes", { timeout: 600_000 }, async () => {
  const started = Date.now();
  const year: DemoYear = await openDemoYear();
  console.log("opened", Date.now() - started);
  await year.pass(NOBODY);
  console.log("passed", Date.now() - started);
  const letters = await lettersOf(year.pipeline);
  for (const [who, text] of letters) console.log(who, text.length, text.split("\n===").length);
  const { mkdirSync, writeFileSync } = await import("node:fs");
  mkdirSync("/tmp/year2", { recursive: true });
  for (const [who, text] of letters) writeFileSync(`/tmp/year2/${who}.txt`, text);
  expect(letters.size).toBeGreaterThan(10);
  await year.pipeline.close();
});
