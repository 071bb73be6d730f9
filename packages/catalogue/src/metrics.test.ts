import { expect, test } from "vitest";
import { type Case, problemsOf, readWith, withRows, withText } from "./testing.ts";

const refused: readonly Case[] = [
  [
    "a metric whose area is no board",
    withRows("metrics.csv", "x,X,,slt,,count,,lower,monthly,sum,0"),
    ['metrics.csv:8: area: "slt" is no board'],
  ],
  [
    "a metric whose area is unknown",
    withRows("metrics.csv", "x,X,,ec,,count,,lower,monthly,sum,0"),
    ['metrics.csv:8: area: unknown forum "ec" (did you mean "uec"?)'],
  ],
  [
    "an ordinal without a scale",
    withRows("metrics.csv", "x,X,,uec,,ordinal,,higher,monthly,none,0"),
    ["metrics.csv:8: scale: an ordinal needs its grades, worst first, such as P|A|G|E"],
  ],
  [
    "a grade twice",
    withRows("metrics.csv", "x,X,,uec,,ordinal,P|A|p,higher,monthly,none,0"),
    ["metrics.csv:8: scale: a grade is given twice"],
  ],
  [
    "a scale of something else",
    withRows("metrics.csv", "x,X,,uec,,count,P|A,higher,monthly,none,0"),
    ["metrics.csv:8: scale: only ordinals have a scale, not unit count"],
  ],
  [
    "a sum of grades",
    withRows("metrics.csv", "x,X,,uec,,ordinal,P|A,higher,monthly,sum,0"),
    ["metrics.csv:8: aggregation: values of unit ordinal have no sum; write none"],
  ],
  [
    "unknown words",
    withRows("metrics.csv", "x,X,,uec,,percentage,,up,weekly,mean,0"),
    [
      'metrics.csv:8: better: "up" is none of higher, lower, neither',
      'metrics.csv:8: frequency: "weekly" is none of monthly, quarterly',
      'metrics.csv:8: unit: "percentage" is none of percent, count, rate, duration, money, ordinal, yesno (did you mean "percent"?)',
      'metrics.csv:8: aggregation: "mean" is none of sum, ratio, none',
    ],
  ],
  [
    "a definition change that is no period",
    withText(
      "metrics.csv",
      "decimals\n",
      "decimals,definition_changes\nx,X,,uec,,count,,lower,quarterly,sum,0,2023-10;2024-02\n",
    ),
    ['metrics.csv:2: definition_changes: "2024-02" is no quarter such as 2023/24 Q4'],
  ],
  [
    "a change below nothing, a day of no month",
    withText(
      "metrics.csv",
      "decimals\n",
      "decimals,minimum_change,due_working_day,urgent\nx,X,,uec,,count,,lower,monthly,sum,0,-1,0,perhaps\n",
    ),
    [
      'metrics.csv:2: due_working_day: "0" is no whole number from 1 to 250',
      'metrics.csv:2: urgent: "perhaps" is none of yes, no',
      "metrics.csv:2: minimum_change: is below 0",
    ],
  ],
  [
    "plausibility that is none",
    withText(
      "metrics.csv",
      "decimals\n",
      `decimals,plausible_from,plausible_to,plausible_jump,zero_after,implausible
a,A,,uec,,count,,lower,monthly,sum,0,100,20,0,-5,perhaps
b,B,,uec,,count,,lower,monthly,sum,0,,,,,keep-out
c,C,,uec,,yesno,,higher,monthly,none,0,0,,,,mark
d,D,,uec,,count,,lower,monthly,sum,0,lots,,,,
`,
    ),
    [
      "metrics.csv:2: plausible_to: is below plausible_from",
      "metrics.csv:2: plausible_jump: is a multiple of the usual moving range, so it is above 0",
      "metrics.csv:2: zero_after: is the least value after which a 0 is doubted, so it is above 0",
      'metrics.csv:2: implausible: "perhaps" is none of mark, keep-out',
      "metrics.csv:3: implausible: says what becomes of a value that breaks a rule, and there is none: fill plausible_from, plausible_to, plausible_jump, zero_after",
      "metrics.csv:4: plausible_from: values of unit yesno have no such rule; leave it empty",
      'metrics.csv:5: plausible_from: "lots" is no count: There is text where a number belongs.',
    ],
  ],
];

test("reads which values are plausible, in the metric's unit; without the columns every value is", async () => {
  const { catalogue } = await readWith(
    withText(
      "metrics.csv",
      "decimals\n",
      `decimals,plausible_from,plausible_to,plausible_jump,zero_after,implausible
x,X,,uec,,duration,,lower,monthly,none,0,0:01:00,2:00:00,7.5,,keep-out
`,
    ),
  );
  expect(catalogue?.metrics[0]).toMatchObject({
    plausibleFrom: 60,
    plausibleTo: 7200,
    plausibleJump: 7.5,
    zeroAfter: null,
    implausible: "keep-out",
  });
  expect((await readWith({})).catalogue?.metrics[0]).toMatchObject({ plausibleFrom: null, implausible: "mark" });
});

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
