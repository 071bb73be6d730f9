import type { AddressInfo, Socket } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

/** One mail as the server took it. */
export interface CaughtMail {
  readonly to: string;
  readonly raw: Buffer;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  header(name: string): string | undefined;
}

/** What the server does with a recipient's mail: takes it, answers a code to RCPT or to DATA, or hangs up after DATA. */
export type Answer = "take" | { readonly rcpt: number } | { readonly data: number } | "take-and-hang-up";

/** A real mail server on a port of its own, that can go away and come back. */
export class MailServer implements AsyncDisposable {
  readonly caught: CaughtMail[] = [];
  answer: (to: string) => Answer = () => "take";
  /** Awaited before a mail is taken. */
  beforeTaking: () => Promise<void> = async () => {};
  #server: SMTPServer | null = null;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<this> {
    const sockets = new Set<Socket>();
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => {
        const answer = this.answer(address);
        done(typeof answer === "object" && "rcpt" in answer ? refusal(answer.rcpt) : null);
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const to = session.envelope.rcptTo[0]?.address ?? "";
          void this.#take(to, Buffer.concat(chunks)).then((refused) => {
            if (refused !== "hang-up") return done(refused);
            for (const socket of sockets) socket.destroy();
          });
        });
      },
    });
    server.on("error", () => {});
    server.server.on("connection", (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async #take(to: string, raw: Buffer): Promise<Error | "hang-up" | null> {
    await this.beforeTaking();
    const answer = this.answer(to);
    if (typeof answer === "object" && "data" in answer) return refusal(answer.data);
    const read = await PostalMime.parse(raw);
    this.caught.push({
      to,
      raw,
      subject: read.subject ?? "",
      text: read.text ?? "",
      messageId: read.messageId ?? "",
      header: (name) => read.headers.find(({ key }) => key === name.toLowerCase())?.value,
    });
    return answer === "take-and-hang-up" ? "hang-up" : null;
  }

  /** Goes away; its port refuses connections until `start`. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

function refusal(code: number): Error {
  return Object.assign(new Error("not now or never"), { responseCode: code });
}
