import type { Explanation, ToldNotice } from "@signalbox/db";
import { type Fact, people, said, withUnder } from "./fact.ts";
import { minuteOf } from "./moments.ts";
import { countOf, type Words } from "./words.ts";

/** Who was told what and when; people who were told the same at the same time share a fact. */
export function toldFacts({ told, toTell }: Explanation, words: Words): Fact[] {
  const groups = Map.groupBy(told, (notice) => JSON.stringify([whatOf(notice, words), fateOf(notice)]));
  const facts = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const recipients = group.map(({ recipient }) => recipient).toSorted();
    return withUnder(said`${whatOf(first, words)}: ${fateOf(first)}`, [
      said`${countOf(group.length, "person", "people")}: ${people(recipients)}`,
    ]);
  });
  const waiting = toTell.map(({ kind, reason, period, forums, recipients, tellAt }) => {
    const boards = forums.map(words.forum).join(", ");
    const between = boards !== "" && recipients.length > 0 ? ", " : "";
    return said`${named(kind, reason, period, words)}: to be told ${minuteOf(tellAt)} to ${boards}${between}${people(recipients)}`;
  });
  return [...facts, ...waiting];
}

function whatOf({ kind, reason, period }: ToldNotice, words: Words): string {
  return named(kind, reason, period, words);
}

function named(kind: string, reason: string, period: ToldNotice["period"], words: Words): string {
  return `${kind} (${reason})${period === null ? "" : `, ${words.period(period)}`}`;
}

function fateOf({ status, sentAt, madeAt, failure }: ToldNotice): string {
  if (sentAt !== null && status === "sent") return `sent ${minuteOf(sentAt)}`;
  return `${status}, made ${minuteOf(madeAt)}${failure === null || failure === "" ? "" : `: ${failure}`}`;
}

/** What was asked of whom, by when, and what became of it. */
export function requestFacts({ requests }: Explanation, words: Words): Fact[] {
  return requests.map(({ kind, period, recipients, askedAt, dueOn, stage, endedAt }) => {
    const end = endedAt === null ? "" : ` ${minuteOf(endedAt)}`;
    const to = recipients.length === 0 ? "the operators, as nobody is named" : people(recipients);
    return said`${kind}, ${words.period(period)}: asked of ${to} ${minuteOf(askedAt)}, due ${dueOn}; ${stage}${end}`;
  });
}
