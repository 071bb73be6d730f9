/**
 * The kinds of mail (contract, section 8), as they stand in X-Signalbox-Kind; and two that follow a case through: `request`
 * asks somebody for something that is neither plan nor commentary, `follow-up` says what became of what they gave.
 */
export const mailKinds = [
  "digest",
  "action-plan-request",
  "commentary-request",
  "reminder",
  "overdue",
  "submission-receipt",
  "submission-missing",
  "correction",
  "request",
  "follow-up",
] as const;

export type MailKind = (typeof mailKinds)[number];

/** Whether a word from outside is a kind of mail. */
export function isMailKind(word: string): word is MailKind {
  return (mailKinds as readonly string[]).includes(word);
}
