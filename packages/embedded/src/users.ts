import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

/** Who uses one embedded server, of all processes on this machine: the last to leave stops it. */
export interface Users {
  /** Adds this process and returns its ticket. */
  join(): number;
  /** Takes a ticket back; true when no living process holds one any more. */
  leave(ticket: number): boolean;
}

const PATIENCE_MS = 120_000;

/** When a process began, in the kernel's ticks, so that a number given out again is told apart; "" where not known. */
function beginningOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return undefined;
  }
  if (process.platform !== "linux") return "";
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : (fields[19] ?? "");
  } catch {
    return undefined;
  }
}

const usersIn = (file: DatabaseSync): Users => ({
  join() {
    const added = file
      .prepare("insert into user (pid, began) values (?, ?)")
      .run(process.pid, beginningOf(process.pid) ?? "");
    return Number(added.lastInsertRowid);
  },
  leave(ticket) {
    file.prepare("delete from user where ticket = ?").run(ticket);
    const rows = file.prepare("select pid, began from user").all() as {
      pid: number;
      began: string;
    }[];
    return !rows.some(({ pid, began }) => beginningOf(pid) === began);
  },
});

function open(path: string): DatabaseSync {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("begin exclusive");
    file.exec("create table if not exists user (ticket integer primary key autoincrement, pid integer, began text)");
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

const taken = (error: unknown): boolean => (error as { errcode?: number }).errcode === 5;

/**
 * Runs work while no other process does so for the same file. The lock is the operating system's (through SQLite), so
 * it goes with the process that holds it, however that ends. Throws when the others take more than two minutes.
 */
export async function withUsers<T>(path: string, work: (users: Users) => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    let file: DatabaseSync;
    try {
      file = open(path);
    } catch (error) {
      if (!taken(error)) throw error;
      if (Date.now() > deadline)
        throw new Error(`Another process keeps ${path} locked: end it and try again`, {
          cause: error,
        });
      await pause(10);
      continue;
    }
    try {
      const result = await work(usersIn(file));
      file.exec("commit");
      return result;
    } finally {
      file.close();
    }
  }
}

/** The same without waiting, for a process that is exiting: does nothing where another holds the lock, and so uses it. */
export function withUsersNow(path: string, work: (users: Users) => void): void {
  let file: DatabaseSync;
  try {
    file = open(path);
  } catch (error) {
    if (taken(error)) return;
    throw error;
  }
  work(usersIn(file));
  file.exec("commit");
  file.close();
}
