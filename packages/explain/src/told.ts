import type { Explanation, ToldNotice } from "@signalbox/db";
import { minuteOf } from "./moments.ts";
import { wrap } from "./wrap.ts";
import { countOf, type Words } from "./words.ts";

/** Who was told what and when; people who were told the same at the same time share a line. */
export function toldLines({ told, toTell }: Explanation, words: Words): string[] {
  const groups = Map.groupBy(told, (notice) => JSON.stringify([whatOf(notice, words), fateOf(notice)]));
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const people = group
      .map(({ recipient }) => recipient)
      .toSorted()
      .join(", ");
    return [
      ...wrap(`${whatOf(first, words)}: ${fateOf(first)}`, { indent: 2, hang: 2 }),
      ...wrap(`${countOf(group.length, "person", "people")}: ${people}`, { indent: 6 }),
    ];
  });
  const waiting = toTell.flatMap(({ kind, reason, period, forums, recipients, tellAt }) => {
    const to = [...forums.map(words.forum), ...recipients].join(", ");
    return wrap(`${named(kind, reason, period, words)}: to be told ${minuteOf(tellAt)} to ${to}`, {
      indent: 2,
      hang: 2,
    });
  });
  return [...lines, ...waiting];
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
export function requestLines({ requests }: Explanation, words: Words): string[] {
  return requests.flatMap(({ kind, period, recipients, askedAt, dueOn, stage, endedAt }) => {
    const end = endedAt === null ? "" : ` ${minuteOf(endedAt)}`;
    const to = recipients.length === 0 ? "the operators, as nobody is named" : recipients.join(", ");
    const text = `${kind}, ${words.period(period)}: asked of ${to} ${minuteOf(askedAt)}, due ${dueOn}; ${stage}${end}`;
    return wrap(text, { indent: 2, hang: 2 });
  });
}
