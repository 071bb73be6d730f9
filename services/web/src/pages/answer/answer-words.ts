import type { AnswerLink, LinkOver } from "@signalbox/db";
import { dayOf, formatPeriod, nameOfPeriod } from "@signalbox/domain";
import { ASKED, dayInWords } from "@signalbox/mail";

/** What a link asks, in words. */
export function askedInWords(link: AnswerLink) {
  const { heading, please } = ASKED[link.kind];
  return {
    heading,
    please,
    about: link.metricName ?? "A case",
    organisation: link.organisationName,
    period: nameOfPeriod(link.period, link.frequency),
    dueOn: dayInWords(link.dueOn),
  };
}

/** The last day on which a link opens, "2026-12-11": it runs out at the midnight that ends it. */
export function lastDayOf(expiresAt: Temporal.Instant): string {
  return dayOf(expiresAt.subtract({ seconds: 1 })).toString();
}

/** Where what a link asks is answered. */
export function placeOf({ kind, escalation, metric, organisation, period }: AnswerLink): string {
  if (kind === "commentary" && metric !== null) {
    const month = formatPeriod(period, "monthly");
    return `/commentary/${encodeURIComponent(metric)}/${encodeURIComponent(organisation)}/${month}`;
  }
  return escalation === null ? "/answer" : `/escalations/${escalation}`;
}

/** Why a link opens nothing, and what to do instead. */
export const OVER: Readonly<Record<LinkOver, { readonly title: string; readonly why: string }>> = {
  answered: {
    title: "This has been answered",
    why: "What was asked for has come. Nothing more is asked by this link.",
  },
  "ran-out": {
    title: "This link has run out",
    why: "A link in a mail works until a few days after the day that is due.",
  },
  ended: {
    title: "This link was ended",
    why: "Its person or an operator ended it. No new one is sent for the same request.",
  },
  "no-longer-asked": {
    title: "This is not asked of you any more",
    why: "The request was taken back, or somebody else is asked now.",
  },
};
