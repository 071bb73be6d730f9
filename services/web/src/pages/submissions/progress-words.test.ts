import type { SubmissionProgress } from "@signalbox/db";
import { describe, expect, test } from "vitest";
import { progressInWords } from "./progress-words.ts";

const AT = Temporal.Instant.from("2024-04-10T09:00:00Z");
const base: SubmissionProgress = {
  status: "received",
  receivedAt: AT,
  readAt: null,
  failed: false,
  toDecide: 0,
  toTell: 0,
};
const rows = { read: 12, accepted: 9, unchanged: 1, refused: 2 };
const way = (progress: Partial<SubmissionProgress>, settled = false, held = false) => {
  const { steps, now, moves } = progressInWords({ progress: { ...base, ...progress }, rows, settled, held });
  return { steps: steps.map(({ name, state }) => `${name} ${state.word}`), now, moves };
};

describe("a submission's way", () => {
  test("waits to be read, and is read", () => {
    expect(way({})).toEqual({
      steps: ["Received Done", "Read Now", "Accepted Waits", "Decided Waits", "Told Waits"],
      now: "Read: It waits for its turn.",
      moves: true,
    });
    expect(way({ status: "reading" }).now).toBe("Read: It is being read.");
  });

  test("is decided series by series, then told", () => {
    const read = { status: "partly-accepted", readAt: AT } as const;
    expect(way({ ...read, toDecide: 1204 })).toEqual({
      steps: ["Received Done", "Read Done", "Accepted Done", "Decided Now", "Told Waits"],
      now: "Decided: 1,204 series and organisations are still to decide.",
      moves: true,
    });
    expect(way({ ...read, toTell: 2 }).now).toBe("Told: 2 still to tell.");
    expect(way(read, true)).toEqual({
      steps: ["Received Done", "Read Done", "Accepted Done", "Decided Done", "Told Done"],
      now: "It is settled.",
      moves: false,
    });
  });

  test("ends where it cannot be read, until somebody takes it up, and where it is rejected", () => {
    expect(way({ failed: true })).toMatchObject({
      now: "Read: It could not be read, and waits for an operator.",
      moves: false,
    });
    expect(way({ status: "rejected", readAt: AT }, true).steps).toContain("Rejected Failed");
  });

  test("says that forums wait for the end of a preview", () => {
    const facts = { progress: { ...base, status: "accepted", readAt: AT } as const, rows, settled: true, held: true };
    expect(progressInWords(facts).steps.at(-1)?.says).toBe("The forums hear when the preview ends");
  });
});
