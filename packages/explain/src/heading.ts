import type { Explanation } from "@signalbox/db";
import { minuteOf } from "./moments.ts";
import { wrap } from "./wrap.ts";
import { TIERS, type Words } from "./words.ts";

/** What the case is, and how it stands. */
export function headingLines({ case: one }: Explanation, words: Words): string[] {
  const title = `Case ${one.id}: ${subject(one, words)}, ${words.organisation(one.organisation)} (${one.organisation})`;
  const area = one.area === null ? "" : `Area: ${words.forum(one.area)}.`;
  const previous = one.previous === null ? "" : `The one before it was case ${one.previous}.`;
  const acknowledged =
    one.acknowledged === null
      ? ""
      : `Acknowledged ${minuteOf(one.acknowledged.at)} by ${one.acknowledged.by}: ${one.acknowledged.note}`;
  return [title, standing(one, words), area, previous, acknowledged].flatMap((line) => wrap(line));
}

function subject(one: Explanation["case"], words: Words): string {
  if (one.concern === "performance") return words.metric(one.metric ?? "");
  if (one.concern === "reporting") return "missing returns";
  return "several areas at once";
}

function standing(one: Explanation["case"], words: Words): string {
  const raised = `raised in ${words.period(one.raisedIn)}`;
  if (one.withdrawn) return `Withdrawn: ${raised}, but the figures as they now stand decide no such case.`;
  if (!one.standing)
    return `Closed: ${raised}, ended in ${one.endedIn === null ? "no period" : words.period(one.endedIn)}.`;
  const forum = one.forum === null ? TIERS[one.tier] : words.forum(one.forum);
  return `Stands before ${forum === TIERS[one.tier] ? forum : `the ${forum.replace(/^the /i, "")}`}, ${raised}.`;
}
