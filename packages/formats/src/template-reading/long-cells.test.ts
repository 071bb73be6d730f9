/* oxlint-disable unicorn/no-thenable -- "then" is a word in a template, and never a function */
import { expect, test } from "vitest";
import { loadTemplates } from "../load-templates.ts";
import { quirkMetrics, templateOf } from "../quirks/fixture.ts";
import { reading } from "../testing.ts";

const LONG = 900_000;
const template = templateOf({
  columns: {
    code: { headers: ["Code"] },
    list: { headers: ["List"] },
    share: { headers: ["Share"] },
    done: { headers: ["Done"] },
  },
  ignore: [{ pattern: "^week .* of .*$" }],
  period: { from: "heading", pattern: "for (?<period>[a-z]+ \\d{4})" },
  organisation: { from: "cell", column: "code", pattern: "^(?<code>\\w+)( .*)?$" },
  passOver: [{ column: "code", matches: "^.* (region|total)$" }],
  endsAt: ["^notes?:.*:$"],
  metrics: [
    {
      metric: "share",
      numerator: { plus: ["done"] },
      denominator: { plus: ["list"] },
      checks: [{ check: "percent", column: "share", tolerance: 1, then: "mark" }],
    },
  ],
});

// Texts on which a careless pattern takes time that grows with the square of their length.
test.each([
  ["asterisks", "*".repeat(LONG)],
  ["notes that never end", "(see note ".repeat(LONG / 10)],
  ["blanks", `1${" ".repeat(LONG)}`],
  ["to and to", "to".repeat(LONG / 2)],
  ["letters", "a".repeat(LONG)],
  ["digits", "1".repeat(LONG)],
  ["commas between digits", "1,".repeat(LONG / 2)],
])(
  "a cell of nearly a million %s is read in no time, wherever it stands",
  async (_, text) => {
    const cell = `"${text}x"`;
    const table = [
      `${cell},for June 2025`,
      `Code,List,Done,Share,${cell}`,
      `RXX,1,1,${cell},`,
      `${cell},1,1,1,`,
      `RYY,${cell},1,1,`,
    ];
    const templates = [...(await loadTemplates()).values()];
    const before = process.threadCpuUsage();
    const read = await reading(table.join("\n"), { template, metrics: quirkMetrics, now: "2025-07-10" });
    await reading(table.join("\n"), { templates });
    // What this thread worked, in microseconds: a busy machine makes it no more.
    expect(process.threadCpuUsage(before).user).toBeLessThan(2_000_000);
    expect(read.rows.length + read.unchanged + read.refused).toBe(read.read);
  },
  60_000,
);
