import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openClock } from "@signalbox/db";
import { testDatabase } from "@signalbox/db/testing";
import { openLog } from "@signalbox/log";
import { openQueues, type Queues } from "@signalbox/queues";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitUntil } from "../../../test/harness/wait-until.ts";
import { watchInbox } from "./watch-inbox.ts";

const log = openLog({ level: "silent", format: "json", service: "test" });
let open: Awaited<ReturnType<typeof testDatabase>>;
let queues: Queues;
let inbox: string;
let watching: ReturnType<typeof watchInbox> | null;

beforeEach(async () => {
  open = await testDatabase();
  await sql`insert into catalogue_version (loaded_at, loaded_by) values (now(), 'operator')`.execute(open.db);
  await sql`insert into organisation (since, code, name, kind) values (1, 'NW', 'Northwick', 'provider')`.execute(
    open.db,
  );
  queues = await openQueues(open.url, { log });
  await queues.migrate();
  inbox = await mkdtemp(join(tmpdir(), "inbox-"));
  watching = null;
});
afterEach(async () => {
  await watching?.close();
  await queues.close();
  await open.close();
  await rm(inbox, { recursive: true });
});

const watch = () => {
  watching = watchInbox(inbox, { db: open.db, queues, log, clock: openClock(open.db, "system") });
};
async function put(
  name: string,
  content = `period,organisation,metric,value\n2024-04,NW,${name},1\n`,
): Promise<string> {
  const path = join(inbox, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}
const taken = async () =>
  (
    await open.db.selectFrom("submission").select(["organisation", "filename", "media_type"]).orderBy("id").execute()
  ).map(({ organisation, filename, media_type: type }) => `${organisation} ${filename} ${type}`);
const filesIn = async (folder: string) => (await readdir(join(inbox, folder)).catch((): string[] => [])).toSorted();
/** Names without the time that was put before them. */
const moved = async (folder: string) => (await filesIn(folder)).map((name) => name.replace(/^\S+Z /, "")).toSorted();

test("takes each kind of file, whatever was done to its name, and puts it into done", async () => {
  const names = ["a (1).csv", "b copy.CSV", "c%202024.csv", "d.xlsx", "e.xls", "f.ods", "g.zip"];
  for (const name of names) await put(`NW/${name}`);
  watch();
  await waitUntil("all are taken", async () => (await moved("NW/done")).length === names.length);
  expect(await moved("NW/done")).toEqual(names);
  expect((await taken()).toSorted()).toEqual([
    "NW a (1).csv text/csv",
    "NW b copy.CSV text/csv",
    "NW c%202024.csv text/csv",
    "NW d.xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "NW e.xls application/vnd.ms-excel",
    "NW f.ods application/vnd.oasis.opendocument.spreadsheet",
    "NW g.zip application/zip",
  ]);
});

test("leaves a program's own files where they lie, and whatever is no file", async () => {
  const own = [".~lock.a.xlsx#", "~$a.xlsx", "5D2A6000", "a.csv.part"];
  for (const name of own) await put(`NW/${name}`);
  await put("elsewhere.csv");
  await symlink("/etc/hostname", join(inbox, "NW", "link.csv"));
  await put("NW/real.csv");
  watch();
  await waitUntil("the real one is taken", async () => (await moved("NW/done")).length > 0);
  expect(await taken()).toEqual(["NW real.csv text/csv"]);
  expect(await filesIn("NW")).toEqual([...own, "done", "link.csv"].toSorted());
});

test("puts what it cannot take into refused, with a note that says why and what to do", async () => {
  await put("NV/a.csv");
  await put("NW/notes.docx");
  await put("lost.csv");
  const empty = await put("NW/empty.csv", "");
  await utimes(empty, new Date(0), new Date(0));
  watch();
  await waitUntil("all are refused", async () => {
    return (
      (await moved("NV/refused")).length + (await moved("NW/refused")).length + (await moved("refused")).length === 8
    );
  });
  expect(await moved("NW/refused")).toEqual(["empty.csv", "empty.csv.why.txt", "notes.docx", "notes.docx.why.txt"]);
  const note = async (folder: string, name: string) => {
    const file = (await filesIn(folder)).find((one) => one.endsWith(`${name}.why.txt`)) ?? "";
    return readFile(join(inbox, folder, file), "utf8");
  };
  expect(await note("NV/refused", "a.csv")).toMatch(/^No organisation has the code NV.*Rename the folder/);
  expect(await note("NW/refused", "notes.docx")).toMatch(/Save it as \.xlsx or \.csv/);
  expect(await note("NW/refused", "empty.csv")).toMatch(/is empty/);
  expect(await note("refused", "lost.csv")).toMatch(/lies in no organisation's folder/);
  expect(await taken()).toEqual([]);
});

test("waits for a file that is still being written, and for one of which nothing is written yet", async () => {
  const growing = await put("NW/growing.csv", "period,organisation,metric,value\n");
  const begun = await put("NW/begun.csv", "");
  await put("NW/whole.csv");
  let lines = 0;
  const writing = setInterval(() => {
    lines += 1;
    void appendFile(growing, `2024-04,NW,a${lines},1\n`);
  }, 200);
  watch();
  // Two more files are taken meanwhile, so it was looked at several times.
  await waitUntil("the whole one is taken", async () => (await taken()).length === 1);
  await put("NW/second.csv");
  await waitUntil("the second one is taken", async () => (await taken()).length === 2);
  expect(await taken()).toEqual(["NW whole.csv text/csv", "NW second.csv text/csv"]);
  clearInterval(writing);
  await writeFile(begun, "period,organisation,metric,value\n2024-04,NW,b,1\n");
  await waitUntil("both are taken", async () => (await moved("NW/done")).length === 4);
  const { rows } = await sql<{ text: string }>`select convert_from(f.bytes, 'UTF8') as text from submission_file f
    join submission s on s.id = f.submission where s.filename = 'growing.csv'`.execute(open.db);
  expect(rows[0]?.text.trim().split("\n")).toHaveLength(lines + 1);
});
