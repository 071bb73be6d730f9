import { setTimeout as pause } from "node:timers/promises";
import { type Clock, type Database, type HoldingUp, holdingUp, type Kysely, settledAmong } from "@signalbox/db";
import type { Terminal } from "./terminal.ts";

const LOOK_EVERY_MS = 150;
const COUNT_EVERY_MS = 1000;
const LINE_EVERY_MS = 5000;
/** With something failed, this long without any movement means that only a person can move it. */
const STUCK_AFTER_MS = 10_000;

interface Waiting {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** Called about every second: sees to it that somebody does the work. */
  readonly seeToIt?: () => Promise<void>;
}

/**
 * Waits until submissions are settled, and shows how far they are. False where some cannot be before a person acts: work
 * they need has failed.
 */
export async function untilSettled(submissions: readonly number[], waiting: Waiting): Promise<boolean> {
  const { db, clock, terminal, seeToIt } = waiting;
  const shown = { at: 0, line: "" };
  let countedAt = 0;
  let moved = { at: Date.now(), state: "" };
  for (;;) {
    const now = (await clock.ticking()) ? await clock.now() : null;
    const settled = (await settledAmong(db, submissions, now)).size;
    if (settled === submissions.length) break;
    if (Date.now() - countedAt >= COUNT_EVERY_MS) {
      await seeToIt?.();
      const holding = await holdingUp(db, submissions, now);
      const state = JSON.stringify([settled, holding]);
      if (state !== moved.state) moved = { at: Date.now(), state };
      if (isStuck(holding, Date.now() - moved.at)) {
        terminal.progress("");
        return false;
      }
      show(terminal, progressLine({ settled, of: submissions.length, holding, bar: terminal.isInteractive }), shown);
      countedAt = Date.now();
    }
    await pause(LOOK_EVERY_MS);
  }
  terminal.progress("");
  return true;
}

/** Whether only a person can move what is left: something failed, and what waits for it has not moved for long. */
function isStuck({ failed, unread, series, organisations, tellings, notices }: HoldingUp, stillForMs: number): boolean {
  if (failed === 0 || unread > 0) return false;
  return series + organisations + tellings + notices === 0 || stillForMs > STUCK_AFTER_MS;
}

function show(terminal: Terminal, line: string, shown: { at: number; line: string }): void {
  const often = terminal.isInteractive || Date.now() - shown.at >= LINE_EVERY_MS;
  if (!often || line === shown.line) return;
  terminal.progress(line);
  shown.at = Date.now();
  shown.line = line;
}

const CELLS = 24;
const ONE_MANY: readonly (readonly [keyof HoldingUp, string, string])[] = [
  ["unread", "file to read", "files to read"],
  ["series", "series to decide", "series to decide"],
  ["organisations", "organisation to decide", "organisations to decide"],
  ["tellings", "thing to tell", "things to tell"],
  ["notices", "notice to send", "notices to send"],
  ["failed", "failed", "failed"],
];

/** "12 of 48 files settled: 3 files to read, 1,204 series to decide", with a bar on a terminal. */
export function progressLine({
  settled,
  of,
  holding,
  bar,
}: {
  settled: number;
  of: number;
  holding: HoldingUp;
  bar: boolean;
}): string {
  const parts = ONE_MANY.flatMap(([key, one, many]) => {
    const count = holding[key];
    return count === 0 ? [] : [`${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`];
  });
  const full = Math.floor((CELLS * settled) / Math.max(of, 1));
  const drawn = bar ? `[${"#".repeat(full)}${".".repeat(CELLS - full)}] ` : "";
  const what = parts.length === 0 ? "" : `: ${parts.join(", ")}`;
  return `${drawn}${settled} of ${of} ${of === 1 ? "file" : "files"} settled${what}`;
}
