import { expect, test } from "vitest";
import { formatProblem } from "./problem.ts";
import { readProposedLimits } from "./proposed-limits.ts";
import { readWith } from "./testing.ts";

async function propose(text: string) {
  const { catalogue } = await readWith({});
  if (catalogue === null) throw new Error("the good catalogue has problems");
  const { limits, problems } = await readProposedLimits(Buffer.from(text), catalogue);
  return { limits, problems: problems.map(formatProblem) };
}

test("limits are proposed without saying what becomes of them, in any order of columns", async () => {
  const { limits, problems } = await propose("from,metric,basis,board,slt\n2026-04,ae-4h,value,80%,70\n");
  expect(problems).toEqual([]);
  expect(limits).toMatchObject([
    { metric: "ae-4h", board: 80, slt: 70, to: null, status: "draft", organisation: null },
  ]);
});

test("a status, a day or a minute that is given is passed over", async () => {
  const { limits } = await propose(
    "metric,basis,board,slt,from,status,approved_on,minute\nae-4h,value,80,70,2026-04,approved,2026-01-01,UEC 1\n",
  );
  expect(limits).toMatchObject([{ status: "draft" }]);
});

test("what is wrong is said by line and column, of every row at once", async () => {
  const { problems } = await propose(
    "metric,organisation,level,basis,board,slt,from,to\nae-4hh,,,value,80,70,2026-04,\nae-4h,NW,provider,value,70,80,soon,2020-01\nae-4h,,,value,80,70,2026-04,2026-03\n",
  );
  expect(problems).toEqual([
    'thresholds.csv:2: metric: unknown metric "ae-4hh" (did you mean "ae-4h"?)',
    "thresholds.csv:3: level: a row is of an organisation or of a level, not of both: leave one empty",
    "thresholds.csv:3: slt: the SLT limit is on the better side of the board limit (higher is better)",
    'thresholds.csv:3: from: "soon" is no month such as 2024-03',
    "thresholds.csv:4: to: is before from",
  ]);
});
