import MailComposer from "nodemailer/lib/mail-composer";
import type { MailKind } from "./kinds.ts";
import type { Picture } from "./picture.ts";
import type { RenderedMail } from "./render.ts";

/** A rendered mail and all that its headers say. */
export interface MailToCompose extends RenderedMail {
  /** A link to sign in is no kind of notice: it answers somebody who asked just now. */
  readonly kind: MailKind | "sign-in";
  readonly sender: string;
  readonly to: string;
  readonly messageId: string;
  readonly date: Temporal.Instant;
  readonly notices: readonly number[];
  readonly escalations: readonly number[];
  readonly wouldGoTo: string | null;
  readonly pictures?: readonly Picture[];
}

/** Composes the bytes of a mail, once: what is sent, kept and sent again are these, with the
 * line ends that SMTP would give them. Addresses must have been checked. */
export async function composeMessage(mail: MailToCompose): Promise<Buffer> {
  const headers: Record<string, string> = {
    "Auto-Submitted": "auto-generated",
    "X-Signalbox-Kind": mail.kind,
  };
  if (mail.notices.length > 0) headers["X-Signalbox-Notices"] = mail.notices.join(", ");
  if (mail.escalations.length > 0) headers["X-Signalbox-Escalations"] = mail.escalations.join(", ");
  if (mail.wouldGoTo !== null) headers["X-Signalbox-Would-Go-To"] = mail.wouldGoTo;
  const composer = new MailComposer({
    from: mail.sender,
    to: mail.to,
    subject: mail.subject,
    messageId: mail.messageId,
    date: new Date(mail.date.epochMilliseconds),
    text: mail.text,
    html: mail.html,
    headers,
    attachments: (mail.pictures ?? []).map(({ cid, png }, at) => ({
      cid,
      filename: `chart-${at + 1}.png`,
      content: png,
      contentType: "image/png",
      contentDisposition: "inline",
    })),
    // What it would find by reading the texts character by character, three times.
    encoding: "quoted-printable",
    textEncoding: "Q",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await composer.compile().build();
  return Buffer.from(`${bytes.toString("latin1").trimEnd()}\n`.replaceAll(/\r?\n/g, "\r\n"), "latin1");
}
