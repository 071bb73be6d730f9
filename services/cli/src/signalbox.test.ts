import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { formatPeriod, lastPassedPeriod, type Period } from "@signalbox/domain";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@signalbox/embedded";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { emptyDataDir } from "./testing/data-dir.ts";
import { signalbox } from "./testing/run-signalbox.ts";

// Each test is a dozen processes one after the other: slow on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

const catalogue = fileURLToPath(new URL("testing/catalogue", import.meta.url));
const dataDir = emptyDataDir();
const files = emptyDataDir();
let server: EmbeddedPostgres;

const run = (...given: string[]) => signalbox(given, { DATA_DIR: dataDir.path });
const last = lastPassedPeriod(Temporal.Now.instant(), "monthly", 10);
const month = (ago: number) => formatPeriod((last - ago) as Period, "monthly");

function file(name: string, ...rows: string[]): string {
  const path = join(files.path, name);
  writeFileSync(path, ["period,organisation,metric,value", ...rows, ""].join("\n"));
  return path;
}

// Each command would bring up a server of its own; with one held here they join it, as they do beside a running start.
beforeAll(async () => {
  server = await startEmbeddedPostgres(dataDir.path, { durable: false });
});
afterAll(async () => {
  await server.stop();
  dataDir[Symbol.dispose]();
  files[Symbol.dispose]();
});

test("says its version, its help on stdout, and what is wrong on stderr with 2", async () => {
  const [version, help, wrong] = await Promise.all([run("--version"), run("submit", "--help"), run("sttus")]);
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  expect(help).toMatchObject({
    code: 0,
    err: "",
    out: expect.stringContaining("npx signalbox submit FILE...") as string,
  });
  expect(wrong).toMatchObject({ code: 2, out: "" });
  expect(wrong.err).toBe(
    'signalbox: There is no command "sttus"; did you mean status? npx signalbox --help lists the commands.\n',
  );
});

test("prints a link that signs an operator in, alone on one line", async () => {
  const { code, out } = await run("sign-in");
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\/[\w-]{43}\n$/) as string,
  });
});

test("names every wrong setting on a line of its own", async () => {
  const { code, out, err } = await signalbox(["status"], { DATA_DIR: dataDir.path, PORT: "many", CLOCK: "sundial" });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err.trim().split("\n")).toEqual([
    expect.stringMatching(/^signalbox: PORT: /),
    expect.stringMatching(/^signalbox: CLOCK: /),
  ]);
});

test("says how to get what is not installed", () => {
  using clone = emptyDataDir();
  const bin = join(clone.path, "services", "cli", "bin");
  mkdirSync(bin, { recursive: true });
  cpSync(new URL("../bin/signalbox.mjs", import.meta.url), join(bin, "signalbox.mjs"));
  const { status, stderr } = spawnSync(process.execPath, [join(bin, "signalbox.mjs"), "--help"], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^signalbox: its packages are not installed yet\. Run: node \S+setup\.mjs\n$/);
});

test("from a catalogue and a file to a case that explains itself", async () => {
  expect(await run("submit", file("early.csv"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("catalogue load") as string,
  });
  expect(await run("catalogue", "check", catalogue)).toMatchObject({ code: 0, err: "" });
  expect((await run("catalogue", "load", catalogue)).out).toContain("Catalogue version 1 is loaded.");
  expect((await run("catalogue", "load", catalogue)).out).toBe("Nothing changed: catalogue version 1 holds.\n");

  const good = file("good.csv", `${month(1)},RA,ae-4h,81.2`, `${month(0)},RA,ae-4h,74.6`, `${month(0)},RX,ae-4h,80`);
  const sent = await run("submit", good, "--wait", "--organisation", "RA");
  expect(sent.code).toBe(0);
  expect(sent.out.split("\n").slice(0, 2)).toEqual([
    `1  partly-accepted  ${good}: 3 rows read, 2 accepted, 0 unchanged, 1 refused`,
    expect.stringMatching(/^ {4}row 4, organisation: /),
  ]);

  const [explained, document, none] = await Promise.all([
    run("explain", "1"),
    run("explain", "1", "--json"),
    run("explain", "7"),
  ]);
  expect(explained.code).toBe(0);
  for (const said of [
    "Case 1: A&E four-hour performance, Northwick Hospitals (RA)",
    "Stands before the Urgent and Emergency Care Board",
    "74.6%: submission 1, row 3 of good.csv",
    "for every provider: board 78.0%, SLT 70.0%",
    "(UEC 2020/03)",
    "protocol 1, catalogue version 1: stepDownAfter 2",
    "digest (raised)",
    "chair.uec@example.org",
    "action-plan",
    "owner@example.org",
  ]) {
    expect(explained.out).toContain(said);
  }
  expect(explained.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(JSON.parse(document.out)).toMatchObject({
    id: "1",
    tier: "board",
    raisedIn: month(0),
    events: [{ event: "raised" }],
  });
  expect(none).toMatchObject({ code: 1, out: "", err: "signalbox: there is no case 7.\n" });

  const restated = await run(
    "submit",
    file("restated.csv", `${month(0)},RA,ae-4h,69.9`),
    "--wait",
    "--organisation",
    "RA",
  );
  expect(restated.code).toBe(0);
  const after = (await run("explain", "1")).out;
  expect(after).toContain("Stands before the System Leadership Team");
  for (const said of ["[superseded]", "DECISIONS THAT WERE REPLACED", "was 74.6%, amber", "correction (restated)"]) {
    expect(after).toContain(said);
  }
});

test("a file that was sent before is answered with its first submission, a bad one with why and 1", async () => {
  const bad = file("bad.csv");
  const [again, rejected, missing, status] = await Promise.all([
    run("submit", join(files.path, "good.csv"), "--organisation", "RA", "--json"),
    run("submit", bad, "--wait"),
    run("submit", join(files.path, "nowhere.csv")),
    run("status", "--json"),
  ]);
  expect(JSON.parse(again.out)).toMatchObject({
    submissions: [{ id: "1", duplicate: true, status: "partly-accepted" }],
  });
  expect(rejected).toMatchObject({
    code: 1,
    out: expect.stringMatching(/ {2}rejected {2}.*bad\.csv[^]*no-/) as string,
  });
  expect(missing).toMatchObject({ code: 2, out: "", err: expect.stringContaining("there is no such file") as string });
  expect(JSON.parse(status.out)).toMatchObject({ mustAct: [], failed: { total: 0 }, overdue: [] });
  expect(status.code).toBe(0);
});

test("takes back a submission that was sent in error, with a reason", async () => {
  const good = join(files.path, "good.csv");
  const { out } = await run("submit", good, "--organisation", "RA", "--json");
  const { id } = JSON.parse(out).submissions[0] as { id: string };
  const unsaid = await run("withdraw", id);
  expect(unsaid).toMatchObject({ code: 2, err: expect.stringContaining("--reason") as string });
  const withdrawn = `Submission ${id} is withdrawn, by operator: the file of last year\n`;
  expect(await run("withdraw", id, "--reason", "the file of last year")).toMatchObject({ code: 0, out: withdrawn });
  expect((await run("withdraw", id, "--reason", "again")).out).toBe(withdrawn);
  expect(await run("withdraw", "99", "--reason", "none")).toMatchObject({ code: 1, out: "" });
});

test("prints a key alone on a line, once, and lists it without itself", async () => {
  const made = await run("key", "create", "--organisation", "RA", "--name", "Northwick");
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^sbx_\S{43}\n$/) as string });
  const [list, twice, scope] = await Promise.all([
    run("key", "list"),
    run("key", "create", "--organisation", "RA", "--name", "Northwick"),
    run("key", "create", "--organisation", "RA", "--name", "Other", "--scope", "red"),
  ]);
  expect(list.out).toMatch(/^Northwick {2}RA {2}submit,read {2}made \S+\n$/);
  expect(twice).toMatchObject({ code: 1, out: "" });
  expect(scope).toMatchObject({ code: 2, out: "" });
  expect(await run("key", "revoke", "Northwick")).toMatchObject({ code: 0 });
  expect(await run("key", "revoke", "Northwick")).toMatchObject({ code: 1 });
});

test("lets a tool read the SQL views by an address of its own, until it is revoked", async () => {
  const made = await run("reader", "create", "powerbi");
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^postgres.*signalbox_reader_powerbi:[\w-]{32}@.*\n$/) as string,
  });
  const again = await run("reader", "create", "powerbi");
  expect(again).toMatchObject({ code: 1, out: "", err: expect.stringContaining("revoke it first") as string });
  expect(await run("reader", "list")).toMatchObject({ code: 0, out: "powerbi\n" });
  expect(await run("reader", "revoke", "powerbi")).toMatchObject({ code: 0 });
  expect(await run("reader", "revoke", "powerbi")).toMatchObject({ code: 1 });
});

test("a database of one's own is migrated first, by two at once if it must be", async () => {
  const settings = { DATABASE_URL: server.url("own"), SESSION_SECRET: "x".repeat(32), DATA_DIR: dataDir.path };
  const away = await signalbox(["status"], settings);
  expect(away).toMatchObject({
    code: 2,
    err: "signalbox: DATABASE_URL: there is no such database; create it first (3D000).\n",
  });
  await createDatabase("own");
  const early = await signalbox(["status"], settings);
  expect(early).toMatchObject({
    code: 2,
    err: "signalbox: The database is not up to date. Run: npx signalbox migrate\n",
  });
  const both = await Promise.all([
    signalbox(["migrate", "--json"], settings),
    signalbox(["migrate", "--json"], settings),
  ]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const applied = both.flatMap(({ out }) => (JSON.parse(out) as { applied: string[] }).applied);
  expect(applied.length).toBeGreaterThan(0);
  expect(new Set(applied).size).toBe(applied.length);
  expect(await signalbox(["status"], settings)).toMatchObject({ code: 0 });
});

async function createDatabase(name: string): Promise<void> {
  const { openDatabase } = await import("@signalbox/db");
  const main = openDatabase(server.url("postgres"), { max: 1 });
  await main.pool.query(`create database ${name}`);
  await main.close();
}
