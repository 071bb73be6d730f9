import type { ActionFilter } from "@signalbox/db";
import { type Rating, RATINGS } from "@signalbox/domain";

/** What an address of the action log asks for, as the form shows it again; "" where it does not say. */
export interface AskedActions {
  readonly mine: boolean;
  readonly forum: string;
  readonly organisation: string;
  readonly rating: string;
  readonly plan: string;
  readonly escalation: string;
}

const LONGEST = 100;

/** Reads an address; what it does not understand it leaves out. */
export function askedActions(query: Readonly<Record<string, unknown>>): AskedActions {
  const text = (key: string) => {
    const given = query[key];
    return typeof given === "string"
      ? given
          .replaceAll(/[\p{Cc}\p{Cs}]/gu, "")
          .trim()
          .slice(0, LONGEST)
      : "";
  };
  const number = (key: string) => (/^[1-9]\d{0,14}$/.test(text(key)) ? text(key) : "");
  return {
    mine: text("mine") === "yes",
    forum: text("forum"),
    organisation: text("organisation"),
    rating: isRating(text("rating")) ? text("rating") : "",
    plan: number("plan"),
    escalation: number("escalation"),
  };
}

/** The same as the list is asked. */
export function filterOf(asked: AskedActions, { sight, me }: Pick<ActionFilter, "sight" | "me">): ActionFilter {
  return {
    sight,
    me,
    ...(asked.mine ? { owners: me } : {}),
    ...(asked.forum === "" ? {} : { forum: asked.forum }),
    ...(asked.organisation === "" ? {} : { organisation: asked.organisation }),
    ...(isRating(asked.rating) ? { rating: asked.rating } : {}),
    ...(asked.plan === "" ? {} : { plan: Number(asked.plan) }),
    ...(asked.escalation === "" ? {} : { escalation: Number(asked.escalation) }),
  };
}

/** As its address asks for it. */
export function queryOf({ mine, ...asked }: AskedActions): Readonly<Record<string, string>> {
  return { mine: mine ? "yes" : "", ...asked };
}

function isRating(text: string): text is Rating {
  return (RATINGS as readonly string[]).includes(text);
}
