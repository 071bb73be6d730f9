import { createHash } from "node:crypto";
import { DrawingThread } from "./png/drawing-thread.ts";

/** Pictures of about 30 kB each: a page read again, or the mails of a forum's members, draw nothing twice. */
const KEPT = 300;

const kept = new Map<string, Promise<Buffer>>();
const thread = new DrawingThread();

/**
 * A chart as PNG, two pixels for one. Drawn in a thread of its own, 40 ms a picture, so that nobody waits for it who asked
 * for something else; the same picture is drawn once. Rejects where it cannot be drawn.
 */
export function pngOf(svg: string): Promise<Buffer> {
  const key = createHash("sha256").update(svg).digest("base64");
  const drawn = kept.get(key) ?? thread.draw(svg);
  // What was asked for last stands last; the first goes.
  kept.delete(key);
  kept.set(key, drawn);
  drawn.catch(() => kept.delete(key));
  if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? "");
  return drawn;
}
