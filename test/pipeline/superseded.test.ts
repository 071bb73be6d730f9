import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fileOf, run } from "../harness/invented-figures.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { waitUntil } from "../harness/wait-until.ts";
import { casesOf, type ShownNotice } from "./cases.ts";
import { withProviders } from "./providers.ts";

/** A mail server that puts off whatever comes until it is opened. */
let open = false;
const taken: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      if (!open) return done(Object.assign(new Error("come back later"), { responseCode: 451 }));
      taken.push(/^X-Signalbox-Kind: (.*)$/m.exec(Buffer.concat(chunks).toString())?.[1]?.trim() ?? "");
      done();
    });
  },
});
server.on("error", () => {});

let pipeline: Pipeline;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const env = { SMTP_URL: `smtp://127.0.0.1:${port}` };
  pipeline = await startPipeline({ catalogue: withProviders(["P1"]), env });
  await pipeline.put("2023-12-20T10:00:00Z");
}, 60_000);
afterAll(async () => {
  await pipeline.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const submit = (from: string, values: readonly number[]) =>
  pipeline.api.submit(fileOf("P1", run({ organisation: "P1", metric: "falls", from }, values)));
const notices = () => pipeline.api.list<ShownNotice>("/notices");

const nothingIsSending = async () => (await notices()).every(({ status }) => status === "pending");

test("nobody is told of what was superseded while the mail server was away", async () => {
  await submit("2023-10", [1, 6]);
  await waitUntil("everyone is about to be told", async () => (await notices()).length === 5);
  // What is on its way while a decision changes is tried by services/notifier: here everything was put off before.
  await waitUntil("all of it was put off", async () => {
    const mails = await pipeline.db.selectFrom("mail").select("status").execute();
    return mails.length > 0 && mails.every(({ status }) => status === "deferred") && (await nothingIsSending());
  });
  await submit("2023-11", [1]);
  await waitUntil("the case is gone", async () => (await casesOf(pipeline.api, "P1")).length === 0);
  const [withdrawn] = await casesOf(pipeline.api, "P1", "history=all");
  expect(withdrawn?.notices.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
    "action-plan-request superseded",
    "digest superseded",
    "digest superseded",
    "digest superseded",
  ]);
  open = true;
  const later = Temporal.Instant.from("2023-12-20T10:00:00Z");
  let minutes = 0;
  await waitUntil("the receipts have left", async () => {
    const body = JSON.stringify({ now: later.add({ minutes: ++minutes }).toString() });
    await pipeline.api.request("/clock", { method: "PUT", body, headers: { "content-type": "application/json" } });
    return (await notices()).every(({ status }) => status === "sent" || status === "superseded");
  });
  expect(new Set(taken)).toEqual(new Set(["submission-receipt"]));
});
