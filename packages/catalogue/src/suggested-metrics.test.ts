import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { problemsOf } from "./testing.ts";

const suggested = new URL("../../../seeds/templates/catalogue/metrics.csv", import.meta.url);

test("the metrics that the templates suggest make a catalogue without problems, once their boards are there", async () => {
  const metrics = await readFile(suggested, "utf8");
  const areas = new Set(Array.from(metrics.matchAll(/,(uec|elec|mh|pac|qs),/g), ([, area]) => area));
  const boards = Array.from(areas, (area) => `${area},Board ${area},board,slt\n`);
  const problems = await problemsOf({
    "metrics.csv": metrics,
    "forums.csv": ["code,name,tier,parent\nslt,System Leadership Team,slt,\n", ...boards].join(""),
  });
  expect(problems).toEqual([]);
});
