import { parentPort } from "node:worker_threads";
import { readSubmission } from "../read-submission.ts";
import { type FromThread, fromThread, type ToThread } from "./messages.ts";

// A reading thread: one request at a time, one answer to each. It ends when it is ended.
parentPort?.on("message", (request: ToThread) => {
  void answer(request);
});
send("loaded");

async function answer({ bytes, ...request }: ToThread): Promise<void> {
  try {
    const { message, handedOver } = fromThread(await readSubmission({ ...request, bytes: Buffer.from(bytes.buffer) }));
    send(message, handedOver);
  } catch (error) {
    send({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function send(message: FromThread, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}
