import { randomUUID } from "node:crypto";
import { domainOf } from "./address.ts";
import { section } from "./letter.ts";
import { composeMessage } from "./message.ts";
import { type Context, renderLetter, type RenderedMail } from "./render.ts";

/** What a mail with a link to sign in is made of; `to` must have been checked with isSendable. */
export interface SignInLetter extends Pick<Context, "baseUrl" | "sender" | "wouldGoTo"> {
  readonly url: string;
  readonly minutes: number;
  readonly to: string;
  readonly date: Temporal.Instant;
}

/** Says what the link does, how long it lives, and what to do if it was not asked for. */
export function renderSignIn({ url, minutes, ...context }: Omit<SignInLetter, "to" | "date">): RenderedMail {
  const letter = {
    subject: "Your link to sign in to Signalbox",
    heading: "Sign in to Signalbox",
    intro: [
      `Open this link and press the button on its page. It works once, and for ${minutes} minutes.`,
      "If you did not ask for it, do nothing: nobody is signed in by this message alone.",
    ],
    sections: [section({ more: { text: "Sign in", url } })],
  };
  return renderLetter(letter, context);
}

/** Writes the mail, to its bytes. */
export async function composeSignIn(
  letter: SignInLetter,
): Promise<{ readonly subject: string; readonly messageId: string; readonly raw: Buffer }> {
  const rendered = renderSignIn(letter);
  const messageId = `<${randomUUID()}@${domainOf(letter.sender)}>`;
  const { sender, to, date, wouldGoTo } = letter;
  const raw = await composeMessage({
    ...rendered,
    kind: "sign-in",
    sender,
    to,
    messageId,
    date,
    notices: [],
    escalations: [],
    wouldGoTo,
  });
  return { subject: rendered.subject, messageId, raw };
}
