import type { AskedInBrief, AskedOne, Return } from "@signalbox/db";
import { nameOfPeriod } from "@signalbox/domain";
import { STEP_WORDS } from "../../step-words.ts";
import { addressOfReturn } from "../returns/returns-grid.ts";
import type { HomeLine } from "./case-line.ts";

/** What is asked of somebody, the nearest day first, what has none last. */
export interface AskedLines {
  readonly total: number;
  /** How many are past their day, of those that are shown. */
  readonly late: number;
  /** "8 December 2026", or null where nothing has a day. */
  readonly next: string | null;
  readonly lines: readonly HomeLine[];
}

interface Given {
  readonly asked: AskedInBrief;
  readonly returns: readonly Return[];
  /** Cases before their forums that nobody has acknowledged. */
  readonly open: number;
  readonly today: Temporal.PlainDate;
  readonly limit: number;
}

/** Requests, returns and what waits for a word, as one list of lines. */
export function askedLines({ asked, returns, open, today, limit }: Given): AskedLines {
  const dated = [
    ...asked.first.map((one) => ({
      dueOn: one.dueOn === null ? null : Temporal.PlainDate.from(one.dueOn),
      ...lineOf(one),
    })),
    ...returns.map((one) => ({
      dueOn: one.dueOn,
      text: `Send the figures of ${nameOfPeriod(one.period, one.frequency)}, ${one.name}`,
      href: addressOfReturn(one),
    })),
    ...(open === 0
      ? []
      : [
          {
            dueOn: null,
            text: open === 1 ? "Acknowledge a case" : `Acknowledge ${open.toLocaleString("en-GB")} cases`,
            href: "/escalations?open=yes&mine=yes",
          },
        ]),
  ].toSorted((a, b) => dayFirst(a.dueOn, b.dueOn));
  const isLate = (day: Temporal.PlainDate | null) => day !== null && Temporal.PlainDate.compare(day, today) < 0;
  const [first] = dated;
  return {
    total: asked.total + returns.length + (open === 0 ? 0 : 1),
    late: dated.filter(({ dueOn }) => isLate(dueOn)).length,
    next: first === undefined || first.dueOn === null ? null : inWords(first.dueOn),
    lines: dated.slice(0, limit).map(({ dueOn, text, href }) => ({
      text,
      href,
      note: dueOn === null ? "No day is set" : `${isLate(dueOn) ? "Overdue since" : "By"} ${inWords(dueOn)}`,
      isLate: isLate(dueOn),
    })),
  };
}

/** What a case is about that has no figure of its own. */
const ABOUT = { performance: "a figure", reporting: "missing returns", "several-areas": "several areas" };

function lineOf(one: AskedOne): Pick<HomeLine, "text" | "href"> {
  const about = [one.metric ?? ABOUT[one.concern ?? "performance"], one.organisation].filter(Boolean).join(", ");
  return { text: textOf(one, about), href: one.path };
}

function textOf({ what, title, organisation, path }: AskedOne, about: string): string {
  // There is one already, a draft or sent back.
  if (what === "action-plan" && path.startsWith("/action-plans/")) return `Finish the action plan: ${about}`;
  if (what === "commentary") return `Write on ${about}`;
  if (what === "sign-off") return `Sign off ${[title ?? "figures", organisation].join(", ")}`;
  if (what === "limits-back") return `Change or withdraw limits that were sent back: ${title}`;
  if (what === "limits") return `Approve limits: ${title}`;
  if (title !== null) return `${STEP_WORDS[what]}: ${title} (${about})`;
  return `${STEP_WORDS[what]}: ${about}`;
}

function dayFirst(a: Temporal.PlainDate | null, b: Temporal.PlainDate | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Temporal.PlainDate.compare(a, b);
}

function inWords(day: Temporal.PlainDate): string {
  return day.toLocaleString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}
