import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "./self-signed.ts";

/** A real https server on this machine, whose paths answer as a test says, and which remembers what it was asked. */
export interface FileServer {
  /** "figures.example:41234": the name it has a certificate for. */
  readonly host: string;
  readonly certificate: string;
  readonly asked: IncomingMessage[];
  answer(path: string, answer: (request: IncomingMessage, response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** Starts a server; a path that no test has said anything of is not there. */
export async function startFileServer(name = "figures.example"): Promise<FileServer> {
  const { key, certificate } = selfSigned([name]);
  const answers = new Map<string, RequestListener>();
  const asked: IncomingMessage[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    asked.push(request);
    const answer = answers.get(request.url ?? "");
    if (answer === undefined) response.writeHead(404).end("no such file");
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `${name}:${(server.address() as AddressInfo).port}`,
    certificate,
    asked,
    answer: (path, answer) => void answers.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
