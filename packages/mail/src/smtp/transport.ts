import { createTransport } from "nodemailer";

/** The bytes of one mail and whom they go to. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
}

export interface MailTransport {
  /** Hands one mail over; rejects with nodemailer's error, which `verdictOn` reads. */
  send(mail: Envelope): Promise<void>;
  close(): void;
}

const SECONDS = 1000;

/** Opens a few lasting connections to a mail server, made when the first mail goes and shared by all. */
export function openTransport(smtpUrl: string, { connections = 8 }: { connections?: number } = {}): MailTransport {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 1,
    connectionTimeout: 10 * SECONDS,
    greetingTimeout: 10 * SECONDS,
    socketTimeout: 60 * SECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ from, to, raw }) {
      await transport.sendMail({ envelope: { from, to }, raw });
    },
    close: () => transport.close(),
  };
}
