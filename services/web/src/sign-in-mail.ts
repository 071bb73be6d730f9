import { MAILED_LIVES, mailSignInLink, newSignInToken } from "@signalbox/db";
import { composeSignIn, isSendable } from "@signalbox/mail";
import type { Parts } from "./parts.ts";

/** How long a mailed link works. */
export const MINUTES = MAILED_LIVES.minutes;

/**
 * Mails a link to sign in to whoever has this address in the catalogue, and rings for it to be sent. The mail is written
 * in any case: how long an answer takes must not tell who is known.
 */
export async function mailLink(
  { db, config, queues, machineNow }: Pick<Parts, "db" | "config" | "queues" | "machineNow">,
  { email, next }: { email: string; next: string | null },
): Promise<"mailed" | "nobody" | "no-address"> {
  if (!isSendable(email)) return "no-address";
  const { baseUrl, mailFrom: sender, mailMode } = config;
  const redirected = mailMode.kind === "redirect" ? mailMode.to : null;
  const sentTo = redirected ?? email;
  const wouldGoTo = redirected === null ? null : email;
  const token = newSignInToken();
  const url = `${baseUrl}/sign-in/${token}${next === null ? "" : `?next=${encodeURIComponent(next)}`}`;
  const now = machineNow();
  const written = await composeSignIn({ baseUrl, sender, wouldGoTo, url, minutes: MINUTES, to: sentTo, date: now });
  const mail = { recipient: email, sentTo, held: mailMode.kind === "hold", ...written };
  if (!(await mailSignInLink(db, token, mail, now))) return "nobody";
  void queues.ring("tell", {});
  return "mailed";
}
