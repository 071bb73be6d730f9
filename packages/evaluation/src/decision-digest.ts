import { hash } from "node:crypto";
import { REASONS_BY_PEOPLE } from "@signalbox/domain";
import type { Assessed } from "./assess.ts";

/**
 * A short text that is the same for the same decisions of the first `count` periods: what tells "nothing changed".
 * `governedBy` says whose cases they are: who governs and whether this kind of organisation becomes a case at all.
 */
export function digestOfDecision(
  { assessment, figures, ending, metric }: Assessed,
  { count, governedBy }: { count: number; governedBy: string },
): string {
  const { rag, provisional, watch, reasons, tier, deterioratingFor, silentFor } = assessment;
  const { value, numerator, denominator, submission, partial, restated } = figures;
  const floats = [value, numerator, denominator, submission, assessment.planCompared, assessment.threshold];
  const bytes = [rag, provisional, watch, reasons, tier, partial, restated];
  // Numerators, denominators and plans are mostly none at all: which they are says as much as their bytes.
  const empty = floats.map((place) => isEmpty(place, count));
  const full = floats.filter((_, at) => empty[at] === false);
  const places = [...full, deterioratingFor, silentFor, ...bytes].map((place) => place.subarray(0, count));
  const all = Buffer.allocUnsafe(places.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of places) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  const end = assessment.first + (count - 1) * assessment.step;
  const missing = [...figures.missing].flatMap(([period, codes]) => (period <= end ? `${period} ${codes.join()}` : []));
  const said = [...figures.marks, ...figures.noValues].flatMap(([period, text]) =>
    period >= assessment.first && period <= end ? `${period} ${text}` : [],
  );
  // What people did about cases, whatever tier it left: of the whole, also what ends after the last period.
  const through = count === assessment.count ? Infinity : end;
  const acts = assessment.events.flatMap(({ period, event, reasons: why }) =>
    period <= through && (why & REASONS_BY_PEOPLE) !== 0 ? `${period} ${event} ${why & REASONS_BY_PEOPLE}` : [],
  );
  const texts = [missing, said, acts].map((lines) => (lines.length === 0 ? "" : shortHash(lines.join("\n"))));
  const digest = shortHash(all) + texts.join("");
  return `${digest} ${empty.map(Number).join("")} ${metric.area} ${governedBy}${ending === null ? "" : ` ${ending.rule} ${ending.period}`}`;
}

const KEPT = 24;

/** SHA-256, which processors compute themselves, as far as is needed never to meet the same by chance. */
function shortHash(data: string | Uint8Array): string {
  return hash("sha256", data, "base64url").slice(0, KEPT);
}

function isEmpty(places: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (!Number.isNaN(places[i])) return false;
  return true;
}
