import { type Deputy, type DeputyRefusal } from "@signalbox/db";

/** A fault of the form, with the field that it belongs to. */
export interface DeputyFault {
  readonly field: "deputy" | "from" | "to" | "reason";
  readonly text: string;
}

/** Why somebody cannot stand in, as the form says it. */
export function refusalInWords(refusal: DeputyRefusal): DeputyFault {
  switch (refusal.why) {
    case "yourself":
      return { field: "deputy", text: "Name somebody else: nobody stands in for themselves" };
    case "nobody":
      return {
        field: "deputy",
        text: "Nobody in the catalogue has this address. Ask them which one they sign in with",
      };
    case "backwards":
      return { field: "to", text: "The last day must not be before the first" };
    case "past":
      return { field: "to", text: "The last day must not be over" };
    case "too-long":
      return {
        field: "to",
        text: "Choose at most a year. If it is longer, ask whoever keeps the catalogue to name another",
      };
    case "overlaps":
      return {
        field: "from",
        text: `${refusal.with.deputyName} stands in already from ${dayInWords(refusal.with.fromDay)} to ${dayInWords(refusal.with.toDay)}. End that first, or choose other days`,
      };
  }
}

/** "3 January 2027" */
export function dayInWords(day: string): string {
  return Temporal.PlainDate.from(day).toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

/** Whether a day is one: "YYYY-MM-DD" of this century. */
export function isDay(text: string): boolean {
  if (!/^20\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
}

/** How long the end of a deputy is spoken of on the home page. */
const SPOKEN_OF = { days: 7 } as const;

/** From which day on deputies that have ended are still spoken of. */
export function spokenOfSince(today: Temporal.PlainDate): string {
  return today.subtract(SPOKEN_OF).toString();
}

/** What the home page says to somebody of their deputies and of whom they stand in for. */
export function absenceLines(deputies: readonly Deputy[], email: string, today: string): string[] {
  return deputies.flatMap((one) => {
    const isMine = one.person === email;
    const last = lastDay(one);
    const who = isMine ? one.deputyName : one.personName;
    if (one.endedAt !== null || one.toDay < today) {
      if (last < one.fromDay) return [];
      return isMine
        ? [`${who} no longer stands in for you. You are told yourself again.`]
        : [`You no longer stand in for ${who}.`];
    }
    if (one.fromDay > today) {
      const days = `from ${dayInWords(one.fromDay)} to ${dayInWords(one.toDay)}`;
      return isMine ? [`${who} will stand in for you ${days}.`] : [`You will stand in for ${who} ${days}.`];
    }
    const until = `until ${dayInWords(one.toDay)}`;
    return isMine
      ? [`You are away ${until}. ${who} gets your messages, and may act for you.`]
      : [`You stand in for ${who} ${until}. You get their messages, and may act for them.`];
  });
}

function lastDay({ toDay, endedAt }: Deputy): string {
  if (endedAt === null) return toDay;
  const ended = endedAt.toZonedDateTimeISO("Europe/London").toPlainDate().toString();
  return ended < toDay ? ended : toDay;
}
