import type { AuditProblem, Finding } from "@signalbox/db";
import type { CountedProblem } from "../../health-audit.ts";

interface Words {
  /** What is wrong, of one thing of which `what` says which. */
  readonly title: string;
  /** What to do. */
  readonly remedy: string;
}

const RESTART = "Look at what is at work below, and start what is not.";

const WORDS: Readonly<Record<AuditProblem | "not-checked", Words>> = {
  "not-checked": { title: "The auditor has not looked", remedy: "Start the service auditor." },
  "case-without-step": {
    title: "A case of which nobody is asked anything",
    remedy: "Open the case. See that it has an owner in the catalogue, and choose what is to happen.",
  },
  "case-off-record": {
    title: "A case that stands elsewhere than its events say",
    remedy: "Have its series assessed again, and tell whoever looks after the program.",
  },
  "case-off-decision": {
    title: "A case that stands elsewhere than its series",
    remedy: "Have its series assessed again, and tell whoever looks after the program.",
  },
  "decision-without-case": {
    title: "A series that should have a case",
    remedy: "Have it assessed again, and tell whoever looks after the program.",
  },
  "telling-late": { title: "Something that was due to be told", remedy: RESTART },
  "telling-without-notice": {
    title: "Something that reached nobody",
    remedy: "See that the catalogue names people for it.",
  },
  "notice-stuck": { title: "A notice that does not leave", remedy: "Look at the mail server, and at what waits." },
  "sent-without-receipt": {
    title: "A notice without a receipt",
    remedy: "Ask the person whether it came, and tell whoever looks after the program.",
  },
  "mail-given-up": { title: "A mail that failed", remedy: "Send it again or dismiss it." },
  "request-not-chased": { title: "A request that was not chased", remedy: RESTART },
  "due-not-done": { title: "Something whose time has come", remedy: RESTART },
  "deputies-overlap": { title: "Somebody with two deputies", remedy: "Ask the person to end one of them." },
  "clock-stopped": { title: "The clock has stopped", remedy: "Start the service evaluator. It keeps the clock." },
  "service-not-seen": { title: "A service that is away", remedy: "Start it." },
  "submission-unread": { title: "A file that was not read", remedy: "Start the service ingestion." },
  "series-not-assessed": { title: "Figures that were not assessed", remedy: "Start the service evaluator." },
  "work-given-up": { title: "Work that was given up", remedy: "Try it again or dismiss it." },
  "queue-unanswered": { title: "A queue that nobody answers", remedy: RESTART },
};

/** A finding as the page says it. */
export interface ShownFinding extends Words {
  readonly what: string;
  readonly place: string | null;
  readonly since: Temporal.Instant | null;
}

/** The findings of the last look in words; first of all, where it is so, that there was none of late. */
export function findingsInWords(
  found: readonly Finding[],
  problems: readonly CountedProblem[],
  checkedAt: Temporal.Instant | null,
): ShownFinding[] {
  const isStale = problems.some(({ name }) => name === "not-checked");
  return [
    ...(isStale
      ? [{ ...WORDS["not-checked"], what: "The last look is too old", place: "#state", since: checkedAt }]
      : []),
    ...found.map(({ name, what, place, since }) => ({ ...WORDS[name], what, place, since })),
  ];
}
