import fc from "fast-check";
import { expect, test } from "vitest";
import { chaserLeavesAt } from "../chase-return.ts";
import { dayOf } from "../digest.ts";
import { ASKED_KINDS, type AskedStage, isAskedOfForum } from "./asked.ts";
import { chaserAfterMoving, type Chasing, nextChaser, type Unanswered } from "./next-chaser.ts";

const reminders = { workingDaysBefore: 2, workingDaysPerLevel: 5, followsThrough: false };
const through = { ...reminders, followsThrough: true };
const at = (text: string) => Temporal.Instant.from(text);
// Due on a Tuesday; the Thursday before is two working days ahead, the Tuesday after that week five on from Wednesday.
const dueOn = "2026-12-08";

test.each([
  [
    "before its reminder a request waits for it",
    "asked",
    "2026-12-04T07:59:00Z",
    null,
    "asked",
    "2026-12-04T08:00:00Z",
  ],
  [
    "two working days before, whoever was asked is reminded",
    "asked",
    "2026-12-04T08:00:00Z",
    "reminder",
    "reminded",
    "2026-12-09T08:00:00Z",
  ],
  ["a day early nothing is said twice", "reminded", "2026-12-08T23:00:00Z", null, "reminded", "2026-12-09T08:00:00Z"],
  [
    "on the working day after, it is overdue",
    "reminded",
    "2026-12-09T08:00:00Z",
    "overdue",
    "overdue",
    "2026-12-16T08:00:00Z",
  ],
  [
    "after a week without a clock it is overdue, without a reminder",
    "asked",
    "2026-12-11T12:00:00Z",
    "overdue",
    "overdue",
    "2026-12-16T08:00:00Z",
  ],
  ["five working days on, the level above is told", "overdue", "2026-12-16T08:00:00Z", null, "raised-a-level", null],
  ["and nobody more", "raised-a-level", "2027-01-16T08:00:00Z", null, "raised-a-level", null],
] as const)("%s", (_, stage, now, tell, next, nextAt) => {
  expect(nextChaser({ stage, dueOn }, reminders, at(now))).toEqual({
    tell,
    above: stage === "overdue",
    stage: next,
    nextAt: nextAt === null ? null : at(nextAt),
  });
});

test("eight in the morning is London's, summer and winter", () => {
  expect(nextChaser({ stage: "asked", dueOn: "2026-07-08" }, reminders, at("2026-07-01T00:00:00Z")).nextAt).toEqual(
    at("2026-07-06T07:00:00Z"),
  );
});

test("without reminders in the protocol nobody is chased", () => {
  expect(nextChaser({ stage: "asked", dueOn }, null, at("2027-01-01T00:00:00Z"))).toEqual({
    tell: null,
    above: false,
    stage: "asked",
    nextAt: null,
  });
});

/** What is said of one that nobody answers, looked at only when it is due to be. */
function saidOf(asked: Omit<Unanswered, "stage">, chasing: Chasing = through): string[] {
  const lines: string[] = [];
  let stage: AskedStage = "asked";
  let now: Temporal.Instant | null = at("2020-01-01T00:00:00Z");
  while (now !== null) {
    const chaser = nextChaser({ ...asked, stage }, chasing, now);
    if (chaser.stage !== stage)
      lines.push(`${now.toString()} ${chaser.stage}${chaser.tell === null && !chaser.above ? ", nobody is told" : ""}`);
    ({ stage, nextAt: now } = chaser);
  }
  return lines;
}

test("a case followed through is said on the day, and goes from the owner to the executive, the board and the SLT", () => {
  expect(saidOf({ dueOn })).toEqual([
    "2026-12-04T08:00:00Z reminded",
    "2026-12-08T08:00:00Z due",
    "2026-12-09T08:00:00Z overdue",
    "2026-12-16T08:00:00Z raised-a-level",
    "2026-12-23T08:00:00Z on-agenda, nobody is told",
    // Christmas Day, a substitute Boxing Day and New Year's Day between.
    "2027-01-04T08:00:00Z in-summary, nobody is told",
  ]);
});

test("what a forum is asked has no executive above it", () => {
  expect(saidOf({ dueOn, kind: "plan-decision" }).slice(2)).toEqual([
    "2026-12-09T08:00:00Z overdue",
    "2026-12-16T08:00:00Z on-agenda, nobody is told",
    "2026-12-23T08:00:00Z in-summary, nobody is told",
  ]);
});

test("of a quiet one nobody is written to: it goes onto the agenda when its day has passed", () => {
  expect(saidOf({ dueOn, kind: "review", quiet: true })).toEqual(["2026-12-09T08:00:00Z on-agenda, nobody is told"]);
});

test.each([
  ["over Easter", "2027-03-30", ["2027-03-24T08:00:00Z", "2027-03-30T07:00:00Z", "2027-03-31T07:00:00Z"]],
  ["when the clocks go back", "2026-10-26", ["2026-10-22T07:00:00Z", "2026-10-26T08:00:00Z", "2026-10-27T08:00:00Z"]],
  ["over a month's end", "2027-02-01", ["2027-01-28T08:00:00Z", "2027-02-01T08:00:00Z", "2027-02-02T08:00:00Z"]],
  ["due on a Sunday", "2026-12-06", ["2026-12-03T08:00:00Z", "2026-12-04T08:00:00Z", "2026-12-07T08:00:00Z"]],
])("rings at eight in the morning of working days %s", (_, day, moments) => {
  expect(
    saidOf({ dueOn: day })
      .slice(0, 3)
      .map((line) => line.split(" ")[0]),
  ).toEqual(moments);
});

test("who is asked that day hears no more on it", () => {
  expect(saidOf({ dueOn: "2026-12-03", askedOn: "2026-12-01", kind: "acknowledgement" })[0]).toBe(
    "2026-12-03T08:00:00Z due",
  );
  expect(saidOf({ dueOn: "2026-12-01", askedOn: "2026-12-01" })[0]).toBe("2026-12-02T08:00:00Z overdue");
});

test("a disputed figure delays all of it until the day after", () => {
  expect(saidOf({ dueOn, pausedUntil: "2026-12-04" }).slice(0, 2)).toEqual([
    "2026-12-07T08:00:00Z reminded",
    "2026-12-08T08:00:00Z due",
  ]);
  expect(saidOf({ dueOn, pausedUntil: "2026-12-10" }).slice(0, 2)).toEqual([
    "2026-12-11T08:00:00Z overdue",
    "2026-12-18T08:00:00Z raised-a-level",
  ]);
});

test("whoever agreed a new day is not reminded of it at once", () => {
  expect(chaserAfterMoving({ dueOn }, through, at("2026-12-07T10:00:00Z"))).toEqual({
    stage: "reminded",
    nextAt: at("2026-12-08T08:00:00Z"),
  });
  expect(chaserAfterMoving({ dueOn }, null, at("2026-12-07T10:00:00Z"))).toEqual({ stage: "asked", nextAt: null });
});

const instants = fc
  .integer({ min: 0, max: 400 * 24 * 60 })
  .map((minutes) => at("2026-06-01T00:00:00Z").add({ minutes }));
const someday = fc.integer({ min: 0, max: 300 }).map((days) => Temporal.PlainDate.from("2026-06-10").add({ days }));
const someAsked = fc.record({
  dueOn: someday.map(String),
  kind: fc.constantFrom(...ASKED_KINDS),
  quiet: fc.boolean(),
  pausedUntil: fc.option(someday.map(String)),
  askedOn: fc.option(someday.map(String)),
});
const someChasing = fc.record({
  workingDaysBefore: fc.integer({ min: 0, max: 6 }),
  workingDaysPerLevel: fc.integer({ min: 0, max: 7 }),
  followsThrough: fc.boolean(),
});

/** Rings at these ticks, in order, as the notifier does: once a tick until nothing more is due. */
function ring(asked: Omit<Unanswered, "stage">, chasing: Chasing, ticks: readonly Temporal.Instant[]) {
  let stage: AskedStage = "asked";
  const said: { to: "asked" | "above"; what: string; day: string; at: Temporal.Instant }[] = [];
  for (const now of ticks) {
    const chaser = nextChaser({ ...asked, stage }, chasing, now);
    stage = chaser.stage;
    const on = { day: dayOf(now).toString(), at: now };
    if (chaser.tell !== null) said.push({ to: "asked", what: chaser.tell, ...on });
    if (chaser.above) said.push({ to: "above", what: "raised-a-level", ...on });
  }
  return { stage, said };
}

const inOrder = (moments: readonly Temporal.Instant[]) => moments.toSorted(Temporal.Instant.compare);

test("a clock that rings when it likes says the same last thing, and comes as far", () => {
  fc.assert(
    fc.property(
      someAsked,
      someChasing,
      fc.array(instants, { maxLength: 40 }),
      instants,
      (asked, chasing, ticks, end) => {
        const last = chaserLeavesAt(end);
        const before = inOrder(ticks.filter((tick) => Temporal.Instant.compare(tick, last) < 0));
        const often = ring(asked, chasing, [...before, last]);
        const once = ring(asked, chasing, [last]);
        expect(often.stage).toBe(once.stage);
        for (const to of ["asked", "above"])
          expect(often.said.findLast((one) => one.to === to)?.what).toBe(
            once.said.findLast((one) => one.to === to)?.what,
          );
        expect(once.said.filter(({ to }) => to === "asked").length).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("nobody gets two messages about one thing on one day, nor any outside working hours' days", () => {
  fc.assert(
    fc.property(someAsked, someChasing, fc.array(instants, { maxLength: 60 }), (asked, chasing, ticks) => {
      const { said } = ring(asked, chasing, inOrder([...ticks, ...ticks]));
      const days = said.map(({ to, day }) => `${to} ${day}`);
      expect(new Set(days).size).toBe(days.length);
      for (const one of said) {
        expect(chaserLeavesAt(one.at)).toEqual(one.at);
        if (asked.askedOn !== null && one.to === "asked") expect(one.day).not.toBe(asked.askedOn);
      }
      if (asked.quiet) expect(said).toEqual([]);
    }),
  );
});

test("one that is looked at when it says ends at its last level, and is looked at no more", () => {
  fc.assert(
    fc.property(someAsked, someChasing, (asked, drawn) => {
      // Levels a day apart at least: of those that fall on one day the line names the last.
      const chasing = { ...drawn, workingDaysPerLevel: drawn.workingDaysPerLevel + 1 };
      const { quiet, kind } = asked;
      const highest = !chasing.followsThrough ? "raised-a-level" : "in-summary";
      const last = saidOf(asked, chasing).at(-1);
      expect(last).toContain(quiet ? "on-agenda" : highest);
      expect(saidOf(asked, chasing).some((line) => line.includes("raised-a-level"))).toBe(
        !quiet && (!chasing.followsThrough || !isAskedOfForum(kind)),
      );
    }),
  );
});
