import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as the server got it; `to` is the envelope's recipient. */
export interface CaughtMail {
  readonly to: string;
  readonly raw: Buffer;
  readonly at: number;
}

/** A caught mail with what its headers and text say. */
export interface ReadMail {
  readonly to: string;
  readonly messageId: string;
  readonly kind: string;
  readonly notices: readonly string[];
  readonly escalations: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailCatcher {
  readonly url: string;
  /** Every mail that was taken, in order; a repeat is there twice. */
  readonly caught: readonly CaughtMail[];
  read(): Promise<ReadMail[]>;
  /** From now on mail is taken and kept, but the sender waits for the answer to it. */
  hold(): void;
  /** How many senders wait for an answer and are still there. */
  unanswered(): number;
  /** Answers whoever waits and is still there, and all that follow. */
  release(): void;
  forget(): void;
  close(): Promise<void>;
}

/** Starts a real SMTP server on a free port that takes all mail and keeps it. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const waiting = new Map<string, () => void>();
  let isHolding = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    onClose: ({ id }) => void waiting.delete(id),
    onData(stream, { id, envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        for (const { address } of envelope.rcptTo) caught.push({ to: address, raw, at: performance.now() });
        if (isHolding) waiting.set(id, done);
        else done();
      });
    },
  });
  // A sender that is killed breaks its connection: no fault of this server.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    caught,
    read: () => Promise.all(caught.map(readMail)),
    hold: () => void (isHolding = true),
    unanswered: () => waiting.size,
    release() {
      isHolding = false;
      for (const answer of waiting.values()) answer();
      waiting.clear();
    },
    forget: () => void caught.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readMail({ to, raw }: CaughtMail): Promise<ReadMail> {
  const email = await PostalMime.parse(raw);
  return {
    to,
    messageId: email.messageId ?? "",
    kind: header(email, "x-signalbox-kind"),
    notices: listed(header(email, "x-signalbox-notices")),
    escalations: listed(header(email, "x-signalbox-escalations")),
    subject: email.subject ?? "",
    text: email.text ?? "",
    html: email.html ?? "",
  };
}

const header = (email: Email, name: string): string => email.headers.find(({ key }) => key === name)?.value ?? "";
const listed = (text: string): string[] => (text === "" ? [] : text.split(/,\s*/));
