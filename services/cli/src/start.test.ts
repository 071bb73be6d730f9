import { createServer } from "node:net";
import { expect, test } from "vitest";
import { waitUntil } from "../../../test/harness/wait-until.ts";
import { emptyDataDir } from "./testing/data-dir.ts";
import { signalbox, startSignalbox } from "./testing/run-signalbox.ts";

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === "object" && address ? address.port : 0);
}

test("brings everything up on an empty folder, loads the demo once, serves, and ends on one signal", async () => {
  using dataDir = emptyDataDir();
  const settings = { DATA_DIR: dataDir.path, PORT: await freePort() };
  await using running = startSignalbox(["start", "--demo"], settings);
  const said = await running.saying("/api/docs");
  expect(said).toMatch(/The demo is loaded: 19 files, [\d,]+ rows read/);
  expect(said).toMatch(/\d+ cases stand: \d+ before the SLT, \d+ before boards/);
  expect(said).toMatch(/[1-9]\d* mails to \d+ people written and kept/);

  const site = `http://localhost:${settings.PORT}`;
  const signIn = /\S+\/sign-in\/\S+/.exec(said)?.[0] ?? "";
  const answers = await Promise.all([`${site}/health/ready`, `${site}/mail`, signIn].map((url) => fetch(url)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  // The auditor looks at once, and a second time ten seconds later at what it found while all else was starting.
  let audit = "";
  await waitUntil(
    "the auditor finds that all is well",
    async () => {
      audit = await (await fetch(`${site}/health/audit`)).text();
      return audit.startsWith('{"ok":true');
    },
    { lookEvery: 500 },
  ).catch((error: unknown) => {
    throw new Error(`/health/audit says ${audit}`, { cause: error });
  });

  const [taken, status] = await Promise.all([signalbox(["start"], settings), signalbox(["status"], settings)]);
  expect(taken).toMatchObject({ code: 2, err: expect.stringContaining(`PORT: ${settings.PORT} is taken`) as string });
  // Nothing is wrong but what the demo shows: an action that is long overdue.
  expect(status).toMatchObject({ code: 1, out: expect.not.stringContaining("Not running") as string });
  expect(status.out).toMatch(
    /Overdue:\n {2}action for TRA cat2-response, case \d+: .+\n\nA person must act: answers are overdue\.\n/,
  );

  running.kill("SIGINT");
  expect((await running.ended).code).toBe(0);
  await expect(fetch(site)).rejects.toThrow("fetch failed");

  await using again = startSignalbox(["start", "--demo", "--only", "ingestion,web"], settings);
  const saidAgain = await again.saying("/api/docs");
  expect(saidAgain).not.toContain("The demo is loaded");
  expect(saidAgain).toContain("runs ingestion, web.");
  again.kill("SIGTERM");
  expect((await again.ended).code).toBe(0);
}, 180_000);

test("names the services there are", async () => {
  const { code, err } = await signalbox(["start", "--only", "ingestion,evaluater"], {});
  expect(code).toBe(2);
  expect(err).toBe(
    'signalbox: There is no service "evaluater"; did you mean evaluator? Give some of ingestion,evaluator,notifier,web,auditor.\n',
  );
});
