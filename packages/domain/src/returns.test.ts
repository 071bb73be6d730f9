import { describe, expect, test } from "vitest";
import { submissionDay, submissionDayPassesAt } from "./calendar.ts";
import { openPeriods } from "./closing.ts";
import { NAMED_MISSING } from "./no-value.ts";
import { parsePeriod, type Period } from "./period.ts";
import { type FigureOwed, type ReturnStatus, stateOfReturn } from "./returns.ts";

const march = parsePeriod("2024-03", "monthly") as Period;
// The tenth working day after March 2024: Easter Monday is none.
const dueOn = submissionDay(march, "monthly", 10);
const passesAt = submissionDayPassesAt(march, "monthly", 10);
const before = Temporal.Instant.from("2024-04-15T12:00:00+01:00");
const after = Temporal.Instant.from("2024-04-20T12:00:00+01:00");

const nothing: FigureOwed = { metric: "m", came: false, noValue: null, mark: null, answeredAt: null };
const came = (said: Partial<FigureOwed> = {}): FigureOwed => ({ ...nothing, came: true, answeredAt: before, ...said });
const nil = came({ noValue: "nil return" });
const nilCount = came({ mark: "nil return" });
const notApplicable = came({ noValue: "N/A" });
const estimated = came({ mark: "implausible; estimated" });
const suppressed = came({ noValue: "suppressed" });
const named = came({ noValue: NAMED_MISSING, answeredAt: null });

interface Days {
  readonly opened?: string;
  readonly closed?: string;
  readonly firstFileAt?: Temporal.Instant;
}

function state(figures: readonly FigureOwed[], now = after, days: Days = {}) {
  const closed = days.closed === undefined ? null : Temporal.PlainDate.from(days.closed);
  const opened = days.opened === undefined ? null : Temporal.PlainDate.from(days.opened);
  const open = openPeriods({ opened, closed }, "monthly");
  const { firstFileAt = before } = days;
  return stateOfReturn({ period: march, figures, open, closed, dueOn, passesAt, firstFileAt }, now);
}

test("is owed by the end of its submission day", () => {
  expect(dueOn.toString()).toBe("2024-04-15");
  expect(state([nothing], passesAt.subtract({ seconds: 1 })).status).toBe("due");
  expect(state([nothing], passesAt)).toEqual({ status: "late", late: true, receivedAt: null, metrics: ["late"] });
});

test("history is not late: what came with the first file there ever was, after the day had passed", () => {
  const first = { firstFileAt: after };
  expect(state([came({ answeredAt: after })], after, first)).toMatchObject({ status: "received", late: false });
  expect(state([nothing], after, first)).toMatchObject({ status: "late", late: true });
  const onTheDay = { firstFileAt: passesAt.subtract({ seconds: 1 }) };
  expect(state([came({ answeredAt: after })], after, onTheDay)).toMatchObject({ status: "received", late: true });
});

const whole: readonly (readonly [string, FigureOwed[], ReturnStatus])[] = [
  ["every figure came", [came(), suppressed], "received"],
  ["nothing but nil returns", [nil, nilCount], "nil"],
  ["nothing applies", [notApplicable, came({ noValue: "n/a" })], "not-applicable"],
  ["nil where anything applies", [nil, notApplicable], "nil"],
  ["one figure an estimate", [came(), estimated], "estimated"],
  ["nil beside figures", [nil, came()], "received"],
];
test.each(whole)("whole: %s", (_, figures, status) => {
  expect(state(figures, before)).toMatchObject({ status, late: false, receivedAt: before });
  expect(state(figures, after)).toMatchObject({ status, late: false, receivedAt: before });
});

test("some came: due until its day has passed, partial then", () => {
  expect(state([came(), nothing], before)).toMatchObject({ status: "due", late: false, metrics: ["received", "due"] });
  expect(state([came(), nothing])).toMatchObject({ status: "partial", late: true, metrics: ["received", "late"] });
});

test("came after its day: received, and late; made whole after its day likewise", () => {
  const late = came({ answeredAt: after });
  expect(state([late])).toMatchObject({ status: "received", late: true, receivedAt: after });
  expect(state([late, came()])).toMatchObject({ status: "received", late: true, receivedAt: after });
  expect(state([came({ answeredAt: passesAt })])).toMatchObject({ late: true });
});

describe("named as missing by the publisher", () => {
  test("is said, and is no answer", () => {
    expect(state([named, named])).toMatchObject({ status: "missing-named-by-publisher", late: true, receivedAt: null });
    expect(state([named], before)).toMatchObject({ status: "missing-named-by-publisher", late: false });
    expect(state([named, nothing]).metrics).toEqual(["missing-named-by-publisher", "late"]);
  });

  test("beside figures that came leaves the return partial", () => {
    expect(state([named, came()])).toMatchObject({ status: "partial", late: true });
  });
});

describe("an organisation that was not open", () => {
  test("owes nothing of a period before it opened or after it closed", () => {
    expect(state([nothing], after, { opened: "2024-04-01" })).toMatchObject({ status: "not-open", late: false });
    expect(state([nothing], after, { opened: "2024-03-31" })).toMatchObject({ status: "late" });
    expect(state([nothing], after, { closed: "2024-02-29" })).toMatchObject({ status: "closed", late: false });
  });

  test("owes nothing that was due after it closed", () => {
    expect(state([nothing], after, { closed: "2024-04-14" })).toMatchObject({ status: "closed", late: false });
    expect(state([nothing], after, { closed: "2024-04-15" })).toMatchObject({ status: "late", late: true });
    const some = state([came(), nothing], after, { closed: "2024-03-31" });
    expect(some).toMatchObject({ status: "received", late: false, metrics: ["received", "closed"] });
  });

  test("is heard where it answers all the same", () => {
    expect(state([came()], after, { closed: "2024-02-29" }).status).toBe("received");
  });
});
