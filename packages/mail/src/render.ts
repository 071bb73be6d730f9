import { join } from "node:path";
import nunjucks from "nunjucks";
import type { MailItem } from "./item.ts";
import type { MailKind } from "./kinds.ts";
import type { Letter } from "./letter.ts";
import { overdue, reminder } from "./letters/chasers.ts";
import { correction } from "./letters/correction.ts";
import { digest } from "./letters/digest.ts";
import { followUp, request } from "./letters/follow-through.ts";
import { missingOrNotFetched } from "./letters/not-fetched.ts";
import { actionPlanRequest, commentaryRequest } from "./letters/requests.ts";
import { receipt } from "./letters/receipt.ts";
import { plain } from "./plain.ts";
import type { StandingSummary } from "./standing-summary.ts";

/** What a mail needs to know beside its items. */
export interface Context {
  readonly baseUrl: string;
  /** MAIL_FROM: "Signalbox <signalbox@example.org>". */
  readonly sender: string;
  readonly summary: StandingSummary | null;
  /** MAIL_MODE=redirect: to whom it would go. */
  readonly wouldGoTo: string | null;
  /** The London day on which it is written: "2026-12-08". */
  readonly today: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

const letters: { readonly [K in MailKind]: (items: readonly MailItem[], context: Context) => Letter } = {
  digest,
  "action-plan-request": actionPlanRequest,
  "commentary-request": commentaryRequest,
  reminder,
  overdue,
  "submission-receipt": receipt,
  "submission-missing": missingOrNotFetched,
  correction,
  request,
  "follow-up": followUp,
};

const loader = new nunjucks.FileSystemLoader(join(import.meta.dirname, "templates"));
const settings = { throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };
const html = new nunjucks.Environment(loader, { ...settings, autoescape: true });
// Plain text has nothing to escape: `plain` has taken out what could break a line.
const text = new nunjucks.Environment(loader, { ...settings, autoescape: false });

/** Longer subjects are cut by every reader. */
const SUBJECT = 180;

/** Renders one mail of a kind; HTML and text print the same letter. Items must not be empty. */
export function renderMail(kind: MailKind, items: readonly MailItem[], context: Context): RenderedMail {
  return renderLetter(letters[kind](items, context), context);
}

/** Prints a letter, as HTML and as text. */
export function renderLetter(letter: Letter, context: Pick<Context, "baseUrl" | "sender" | "wouldGoTo">): RenderedMail {
  const page = { letter, ...context };
  const subject = plain(letter.subject);
  return {
    subject: subject.length > SUBJECT ? `${subject.slice(0, SUBJECT - 1)}…` : subject,
    html: html.render("letter.html.njk", page),
    text: text.render("letter.text.njk", page).replace(/\n{3,}/g, "\n\n"),
  };
}
