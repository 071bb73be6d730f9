import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cast } from "./cast.ts";
import { at, type DemoYear, openDemoYear } from "./demo-year.ts";
import { lettersOf } from "./letters.ts";
import { chased, expectedRings } from "./rings.ts";

test("a year passes", { timeout: 600_000 }, async () => {
  const started = Date.now();
  const year: DemoYear = await openDemoYear();
  console.log("opened", Date.now() - started);
  await year.pass(cast);
  console.log("passed", Date.now() - started);
  const letters = await lettersOf(year.pipeline);
  mkdirSync("/tmp/year2", { recursive: true });
  for (const [who, text] of letters) writeFileSync(`/tmp/year2/${who}.txt`, text);
  const requests = await chased(year.pipeline);
  console.log(
    "requests",
    requests.length,
    Object.entries(Object.groupBy(requests, ({ kind }) => kind)).map(([k, v]) => `${k} ${v?.length}`),
  );
  expect
    .soft(
      requests.map(({ id, kind, dueOn, askedAt, endedAt, heard }) => ({
        id,
        kind,
        dueOn,
        askedAt: askedAt.toString(),
        endedAt: endedAt?.toString(),
        heard,
      })),
    )
    .toEqual(
      requests.map((one) => ({
        id: one.id,
        kind: one.kind,
        dueOn: one.dueOn,
        askedAt: one.askedAt.toString(),
        endedAt: one.endedAt?.toString(),
        heard: expectedRings(one, at(year.ends, "11:00")),
      })),
    );
  await year.pipeline.close();
});
