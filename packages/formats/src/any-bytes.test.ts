import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadTemplates } from "./load-templates.ts";
import { canonical, reading } from "./testing.ts";

const headers = [
  "",
  canonical(),
  "Organisation,Metric,Mar-24,Apr-24\n",
  "year,month,org_code,A31,A25\n2023-24,MARCH,RXX,1,",
];

test("whatever bytes come, reading rejects and never throws", async () => {
  const templates = [...(await loadTemplates()).values()];
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom(...headers),
      fc.boolean(),
      async (bytes, header, templated) => {
        const file = Buffer.concat([Buffer.from(header), bytes]);
        const read = await reading(file, templated ? { templates } : {});
        expect(read.rejected === null).toBe(read.rows.length > 0);
        expect(read.rows.length + read.unchanged + read.refused).toBe(read.read);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);

test("whatever cells a canonical file holds, each row counts, is unchanged or is refused with a problem", async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "2024-03",
      "Mar-24",
      "RXX",
      "ae-4h",
      "cat-2",
      "74.6",
      "0",
      "*",
      "#REF!",
      "=1",
      '"a,b"',
      '"',
      "",
      "Total",
      "1e5",
    ),
    fc.string({ maxLength: 8 }),
  );
  const row = fc.array(cell, { maxLength: 10 }).map((cells) => cells.join(","));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const read = await reading(canonical("2024-03,RXX,ae-4h,74.6,,,,", ...rows));
      if (read.rejected === null) expect(read.rows.length + read.unchanged + read.refused).toBe(read.read);
      else expect(read.problems[0]).toMatchObject({ code: read.rejected.code });
      const told = new Set(read.problems.filter(({ severity }) => severity === "error").map((problem) => problem.row));
      expect(told.size).toBeGreaterThanOrEqual(read.rejected === null ? read.refused : 1);
    }),
    { numRuns: 500 },
  );
});
