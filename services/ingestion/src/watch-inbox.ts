import type { Dirent } from "node:fs";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Clock, type Database, type Kysely, receiveSubmission } from "@signalbox/db";
import { mediaTypeOf } from "@signalbox/formats";
import type { Logger } from "@signalbox/log";
import type { Queues } from "@signalbox/queues";
import { isTemporary } from "./temporary-files.ts";

export interface InboxParts {
  readonly db: Kysely<Database>;
  readonly queues: Queues;
  readonly log: Logger;
  readonly clock: Clock;
}

const LOOK_EVERY_MS = 1000;
const LARGEST = 50 * 1024 * 1024;
/** A file that stays empty for so long is not about to be written. */
const EMPTY_FOR_MS = 60_000;
/** Where files go; beside the organisations' folders these are for what lies in none. */
const ASIDE = ["done", "refused"];

interface Seen {
  readonly size: number;
  readonly changedAt: number;
}

/**
 * Watches `INBOX_DIR/<organisation code>/<file>`. A file is taken once two looks in a row found it the same, then moved to
 * `done` or, where it cannot be taken, to `refused` beside it, with a note that says why.
 */
export function watchInbox(folder: string, parts: InboxParts): { close(): Promise<void> } {
  const seen = new Map<string, Seen>();
  let closed = false;
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    if (closed) return;
    looking = lookOnce(folder, { ...parts, seen })
      .catch((error: unknown) => parts.log.error({ err: error }, "the inbox could not be read"))
      .then(() => {
        if (!closed) timer = setTimeout(look, LOOK_EVERY_MS);
      });
  };
  let timer = setTimeout(look, 0);
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

async function lookOnce(folder: string, parts: InboxParts & { seen: Map<string, Seen> }): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { withFileTypes: true });
  const organisations = entries.filter((entry) => entry.isDirectory() && !ASIDE.includes(entry.name));
  await lookAt(folder, entries, { ...parts, organisation: null });
  for (const { name: organisation } of organisations) {
    const own = join(folder, organisation);
    await lookAt(own, await readdir(own, { withFileTypes: true }), { ...parts, organisation });
  }
}

async function lookAt(folder: string, entries: readonly Dirent[], parts: Considering): Promise<void> {
  for (const { name } of entries.filter((entry) => entry.isFile() && !isTemporary(entry.name))) {
    try {
      await consider(join(folder, name), parts);
    } catch (error) {
      // One file that cannot be read, or went away, holds up no other.
      const { log, organisation } = parts;
      log.error({ err: error, file: name, organisation }, "a file of the inbox could not be taken");
    }
  }
}

interface Considering extends InboxParts {
  readonly seen: Map<string, Seen>;
  /** Null for a file that lies in no organisation's folder. */
  readonly organisation: string | null;
}

async function consider(path: string, { seen, organisation, ...parts }: Considering): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  const before = seen.get(path);
  seen.set(path, { size, changedAt: mtimeMs });
  if (before === undefined || before.size !== size || before.changedAt !== mtimeMs) return;
  if (size === 0 && Date.now() - mtimeMs < EMPTY_FOR_MS) return;
  const refusal = await refusalOf(path, { size, organisation, db: parts.db });
  if (refusal !== null || organisation === null) {
    seen.delete(path);
    return moveAside(path, "refused", refusal);
  }
  const bytes = await readFile(path);
  // It was written to just now: it is looked at again.
  if (bytes.byteLength !== size) return;
  seen.delete(path);
  const received = await receiveSubmission(parts.db, {
    organisation,
    channel: "inbox",
    submittedBy: "inbox",
    filename: basename(path),
    mediaType: mediaTypeOf(path) ?? "application/octet-stream",
    template: null,
    issued: null,
    bytes,
    now: await parts.clock.now(),
  });
  await parts.queues.ring("read-submission", { submission: received.id });
  await moveAside(path, "done", null);
  parts.log.info({ submission: received.id, organisation }, "took a file from the inbox");
}

async function refusalOf(
  path: string,
  { size, organisation, db }: { size: number; organisation: string | null; db: Kysely<Database> },
): Promise<string | null> {
  if (organisation === null)
    return `${basename(path)} lies in no organisation's folder. Put it into the folder that is named by the organisation's code.`;
  if (size === 0) return `${basename(path)} is empty. Save it again and put it back.`;
  if (size > LARGEST) return `${basename(path)} is larger than 50 MB. Send it in parts.`;
  if (mediaTypeOf(path) === null) {
    return `${basename(path)} is no workbook or CSV file by its name. Save it as .xlsx or .csv and put it back.`;
  }
  const known = await db
    .selectFrom("organisation")
    .select("code")
    .where("code", "=", organisation)
    .where("until", "is", null)
    .executeTakeFirst();
  if (known === undefined)
    return `No organisation has the code ${organisation}, the name of this folder. Rename the folder, or add the code to the catalogue, and put the file back.`;
  return null;
}

async function moveAside(path: string, to: "done" | "refused", note: string | null): Promise<void> {
  const target = join(path, "..", to);
  await mkdir(target, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const moved = join(target, `${stamp} ${basename(path)}`);
  await rename(path, moved);
  if (note !== null) await writeFile(`${moved}.why.txt`, `${note}\n`);
}
