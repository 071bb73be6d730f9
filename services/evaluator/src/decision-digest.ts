import { createHash } from "node:crypto";
import type { Assessed } from "./assess.ts";

/** A short text that is the same for the same decisions of the first `count` periods: what tells "nothing changed". */
export function digestOfDecision({ assessment, figures, closedIn }: Assessed, count: number): string {
  const hash = createHash("md5");
  const floats = [figures.value, figures.numerator, figures.denominator, assessment.planCompared, assessment.threshold];
  for (const places of [...floats, figures.submission, assessment.deterioratingFor, assessment.silentFor]) {
    hash.update(bytes(places.subarray(0, count)));
  }
  const { rag, provisional, watch, reasons, tier } = assessment;
  for (const places of [rag, provisional, watch, reasons, tier, figures.partial, figures.restated]) {
    hash.update(bytes(places.subarray(0, count)));
  }
  const end = assessment.first + (count - 1) * assessment.step;
  for (const [period, codes] of figures.missing) if (period <= end) hash.update(`${period} ${codes.join()}`);
  return `${hash.digest("base64url")}${closedIn === null ? "" : ` closed ${closedIn}`}`;
}

function bytes(places: Float64Array | Int16Array | Uint8Array): Uint8Array {
  return new Uint8Array(places.buffer, places.byteOffset, places.byteLength);
}
