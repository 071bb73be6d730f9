import type { Catalogue } from "@signalbox/catalogue";
import { decideSeveralAreas, eventReasonsOf, monthsOfAreas, RAGS, reasonsOf, TIERS } from "@signalbox/domain";
import { beforeAll, describe, expect, test } from "vitest";
import { checkedCatalogue } from "./checked-catalogue.ts";
import { demoFollowThrough } from "./follow-through.ts";
import { type DemoFile, demoFiles } from "./generate.ts";
import { replay, type Replayed } from "./replay.ts";
import { lastMonth } from "./span.ts";

/** Days of every season, one of them a submission day and one the day after it. */
const DAYS = ["2026-01-20", "2026-04-15", "2026-07-14", "2026-08-17", "2026-11-16", "2026-11-21", "2027-03-30"];

describe.each(DAYS)("on %s the demo", (day) => {
  const today = Temporal.PlainDate.from(day);
  let series = new Map<string, Replayed>();
  let catalogue: Catalogue;
  let asFirstSaid = new Map<string, Replayed>();

  beforeAll(async () => {
    catalogue = await checkedCatalogue(today);
    const files = demoFiles(today);
    series = replay(catalogue, files, lastMonth(today));
    asFirstSaid = replay(catalogue, files.filter(isNoRestatement), lastMonth(today));
  });

  test("has an amber and a red series", () => {
    expect(at("handover-60 FNH")).toMatchObject({ rag: "amber", tier: "board" });
    expect(at("ae-12h FNH")).toMatchObject({ rag: "red", tier: "slt" });
  });

  test("has a deterioration that is confirmed and two that are only watched", () => {
    expect(at("urgent-response-2h WCH")).toMatchObject({
      rag: "green",
      tier: "board",
      watch: false,
      reasons: ["deterioration"],
    });
    expect(at("diag-6w FNH")).toMatchObject({ rag: "green", tier: "none", watch: true });
    expect(at("cancer-fds FNH")).toMatchObject({ rag: "green", tier: "none", watch: true });
  });

  test("has persistence by months and by quarters", () => {
    expect(at("cat2-response TRA")).toMatchObject({ rag: "amber", tier: "slt", reasons: ["threshold", "persistence"] });
    expect(at("community-waits WCH")).toMatchObject({ rag: "amber", tier: "slt" });
    expect(at("inspection-rating FNH")).toMatchObject({ rag: "amber", tier: "slt" });
  });

  test("has a relapse after a recovery, and a step down after two better months", () => {
    expect(moves("cancer-62d STH").slice(-3)).toEqual(["held 10", "resolved 9", "raised 1"]);
    expect(moves("handover-60 STH").slice(-3)).toEqual(["raised 3", "held 1", "stepped-down 0"]);
  });

  test("has a case whose figure is back, held until the chair of its board signs it off", () => {
    expect(moves("restraint MHT")).toEqual(["raised 4", "held 1", "held 0"]);
    expect(at("restraint MHT")).toMatchObject({ rag: "green", tier: "board" });
    const held = found("restraint MHT", series).assessment.events.slice(-2);
    expect(held.map(({ reasons }) => eventReasonsOf(reasons).map(({ rule }) => rule))).toEqual([[], ["sign-off"]]);
  });

  test("has plans by its people for cases that stand, one with an action more than a month late", () => {
    const plans = demoFollowThrough(today);
    expect(plans.map(({ metric, organisation }) => at(`${metric} ${organisation}`).tier)).toEqual(["slt", "board"]);
    const known = new Set(catalogue.people.map(({ email }) => email));
    const named = plans.flatMap(({ sentBy, acceptedBy, body }) => [
      sentBy,
      acceptedBy,
      ...body.actions.map(({ owner }) => owner),
    ]);
    expect(named.filter((email) => !known.has(email))).toEqual([]);
    const late = plans.flatMap(({ body, done }) =>
      body.actions.filter(({ number }) => !done.some((one) => one.number === number)),
    );
    const monthAgo = today.subtract({ months: 1 }).toString();
    expect(late.map(({ dueOn }) => (dueOn ?? "") < monthAgo)).toEqual([true, false]);
  });

  test("has a return that did not come for two months", () => {
    expect(at("follow-up-72h MHT")).toMatchObject({ rag: "grey", silentFor: 2 });
  });

  test("has a trust that stands in three areas since the month before last", () => {
    const own = [...series].filter(([key]) => key.endsWith(" STH"));
    const months = monthsOfAreas(
      own.map(([key, { assessment, values }]) => ({ ...assessment, area: areaOf(key), actual: values.value })),
    );
    const standing = decideSeveralAreas(months, { areas: 3, stepDownAfter: 2 }).slice(-2);
    const last = lastMonth(today);
    expect(standing.map(({ period, tier, areas }) => [period - last, tier, areas])).toEqual([
      [-1, "slt", ["elec", "qs", "uec"]],
      [0, "slt", ["elec", "qs", "uec"]],
    ]);
  });

  test("has draft limits that rate provisionally and make no case", () => {
    expect(at("virtual-ward-use WCH")).toMatchObject({ rag: "red", provisional: true, tier: "none" });
  });

  test("has a case that a restatement withdraws", () => {
    expect(moves("falls FNH", asFirstSaid)).toContain("raised 1");
    expect(moves("falls FNH")).not.toContain("raised 1");
  });

  test("has a never event this month and one that was resolved", () => {
    expect(at("never-events FNH")).toMatchObject({ rag: "red", tier: "slt" });
    expect(moves("never-events STH")).toEqual(["raised 7", "held 6", "resolved 5"]);
  });

  test("has a plan by month that is missed, in points and in per cent of money", () => {
    expect(at("rtt-18w STH")).toMatchObject({ rag: "amber", tier: "board" });
    expect(at("rtt-52w STH")).toMatchObject({ rag: "red", tier: "slt" });
    expect(at("agency-spend WCH")).toMatchObject({ rag: "red", tier: "slt" });
  });

  test("has an aggregate that lacks a site, is red, and moves no case", () => {
    expect(at("ae-4h STH")).toMatchObject({ rag: "red", partial: true, tier: at("ae-4h STH", 1).tier });
    expect(at("ae-4h STH", 1)).toMatchObject({ rag: "amber", partial: false });
  });

  test("has suppressed values, which are no silence", () => {
    expect(at("eating-disorder-1w MHT")).toMatchObject({ rag: "grey", silentFor: 0 });
  });

  test("has a yes or no past its limit, a ward past its limit, and quarters that worsen within limits", () => {
    expect(at("safe-staffing MHT")).toMatchObject({ rag: "amber", tier: "board" });
    expect(at("restraint MHT-H")).toMatchObject({ rag: "amber" });
    expect(at("outsourcing STH")).toMatchObject({ rag: "green", tier: "board", reasons: ["deterioration"] });
  });

  function at(key: string, ago = 0): Record<string, unknown> {
    const { assessment, values } = found(key, series);
    const i = assessment.count - 1 - ago;
    return {
      rag: RAGS[assessment.rag[i] ?? 0],
      tier: TIERS[assessment.tier[i] ?? 0],
      watch: assessment.watch[i] === 1,
      provisional: assessment.provisional[i] === 1,
      partial: values.partial[i] === 1,
      silentFor: assessment.silentFor[i],
      reasons: reasonsOf(assessment.reasons[i] ?? 0).map(({ rule }) => rule),
    };
  }

  function areaOf(key: string): string {
    return catalogue.metrics.find(({ code }) => key.startsWith(`${code} `))?.area ?? "";
  }

  /** What happened to the cases of a series, and how many periods before the last one; without `continued`. */
  function moves(key: string, from = series): string[] {
    const { first, step, count, events } = found(key, from).assessment;
    const last = first + step * (count - 1);
    return events
      .filter(({ event }) => event !== "continued")
      .map(({ event, period }) => `${event} ${(last - period) / step}`);
  }
});

function found(key: string, among: Map<string, Replayed>): Replayed {
  const one = among.get(key);
  if (one === undefined) throw new Error(`The demo has no series ${key}.`);
  return one;
}

function isNoRestatement({ filename }: DemoFile): boolean {
  return !filename.includes("restated");
}
