import type { SubmissionProgress, SubmissionReport } from "@signalbox/db";
import { moment } from "../../views.ts";

/** How far one step is, as a word and a colour; the word says it all. */
const STATES = {
  done: { word: "Done", colour: "green" },
  now: { word: "Now", colour: "blue" },
  waits: { word: "Waits", colour: "grey" },
  failed: { word: "Failed", colour: "red" },
} as const;

/** One step of a submission's way. */
export interface Step {
  readonly name: string;
  readonly state: (typeof STATES)[keyof typeof STATES];
  readonly says: string;
}

/** A submission's way as its page shows it: each step, where it is now in one sentence, and whether more will come. */
export interface ProgressInWords {
  readonly steps: readonly Step[];
  readonly now: string;
  readonly moves: boolean;
}

interface Facts {
  readonly progress: SubmissionProgress;
  readonly rows: SubmissionReport["rows"];
  readonly settled: boolean;
  /** Whether the forums hear of it only when its preview ends. */
  readonly held: boolean;
}

/** The five steps: received, read, accepted or rejected, decided, told. */
export function progressInWords({ progress, rows, settled, held }: Facts): ProgressInWords {
  const { status, readAt, receivedAt, failed, toDecide, toTell } = progress;
  const isRead = readAt !== null;
  const isRejected = status === "rejected";
  const isDecided = isRead && toDecide === 0;
  const step = (name: string, state: keyof typeof STATES, says: string): Step => ({ name, state: STATES[state], says });
  const reading = failed && !isRead ? "failed" : isRead ? "done" : "now";
  const steps = [
    step("Received", "done", moment(receivedAt)),
    step("Read", reading, readingSays({ isRead, failed, status })),
    step(
      isRejected ? "Rejected" : "Accepted",
      isRead ? (isRejected ? "failed" : "done") : "waits",
      isRead ? `${counted(rows.accepted + rows.unchanged)} of ${counted(rows.read)} rows count` : "When it is read",
    ),
    step("Decided", isRead ? (isDecided ? "done" : "now") : "waits", decidingSays({ isRead, isRejected, toDecide })),
    step("Told", settled ? "done" : isDecided ? "now" : "waits", tellingSays({ settled, held, isDecided, toTell })),
  ];
  const at = steps.find(({ state }) => state.word === "Now" || (state.word === "Failed" && !isRead));
  return {
    steps,
    now: settled ? "It is settled." : at ? `${at.name}: ${at.says}.` : "",
    moves: !settled && !(failed && !isRead),
  };
}

function readingSays({ isRead, failed, status }: { isRead: boolean; failed: boolean; status: string }): string {
  if (isRead) return "All rows are read";
  if (failed) return "It could not be read, and waits for an operator";
  return status === "reading" ? "It is being read" : "It waits for its turn";
}

function decidingSays({
  isRead,
  isRejected,
  toDecide,
}: {
  isRead: boolean;
  isRejected: boolean;
  toDecide: number;
}): string {
  if (!isRead) return "When it is accepted";
  if (toDecide > 0) return `${counted(toDecide)} series and organisations are still to decide`;
  return isRejected ? "Nothing to decide" : "All it touches is decided";
}

function tellingSays(facts: { settled: boolean; held: boolean; isDecided: boolean; toTell: number }): string {
  if (!facts.isDecided) return "When it is decided";
  if (!facts.settled) return facts.toTell > 0 ? `${counted(facts.toTell)} still to tell` : "Nearly there";
  return facts.held ? "The forums hear when the preview ends" : "Everybody who was to be told by now has been told";
}

function counted(count: number): string {
  return count.toLocaleString("en-GB");
}
