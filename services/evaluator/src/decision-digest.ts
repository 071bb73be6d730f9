import { hash } from "node:crypto";
import type { Assessed } from "./assess.ts";

/**
 * A short text that is the same for the same decisions of the first `count` periods: what tells "nothing changed".
 * `governedBy` says whose cases they are: who governs and whether this kind of organisation becomes a case at all.
 */
export function digestOfDecision(
  { assessment, figures, closedIn, metric }: Assessed,
  { count, governedBy }: { count: number; governedBy: string },
): string {
  const { rag, provisional, watch, reasons, tier, deterioratingFor, silentFor } = assessment;
  const { value, numerator, denominator, submission, partial, restated } = figures;
  const floats = [value, numerator, denominator, submission, assessment.planCompared, assessment.threshold];
  const bytes = [rag, provisional, watch, reasons, tier, partial, restated];
  const places = [...floats, deterioratingFor, silentFor, ...bytes].map((place) => place.subarray(0, count));
  const all = new Uint8Array(places.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of places) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  const end = assessment.first + (count - 1) * assessment.step;
  const missing = [...figures.missing].flatMap(([period, codes]) => (period <= end ? `${period} ${codes.join()}` : []));
  const digest =
    hash("md5", all, "base64url") + (missing.length === 0 ? "" : hash("md5", missing.join("\n"), "base64url"));
  return `${digest} ${metric.area} ${governedBy}${closedIn === null ? "" : ` closed ${closedIn}`}`;
}
