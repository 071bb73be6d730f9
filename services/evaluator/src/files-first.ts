import { type Database, type Kysely, unreadSubmissions } from "@signalbox/db";

/** Long enough for many small files, short beside one large one, which is decided of while the next is read. */
const WAITS_MS = 2000;

/**
 * Makes what says whether deciding had better wait: while files are unread that came together, each would have the same
 * series decided again and held from the next file. Nothing is told before they are read anyway. After `waits`
 * milliseconds it waits no longer; each file that is read rings again, as does the clock.
 */
export function filesFirst(
  db: Kysely<Database>,
  { waits = WAITS_MS, now = () => performance.now() }: { waits?: number; now?: () => number } = {},
): () => Promise<boolean> {
  let waitingSince: number | null = null;
  return async () => {
    const [unread] = await unreadSubmissions(db, 1);
    if (unread !== undefined) waitingSince ??= now();
    if (unread !== undefined && waitingSince !== null && now() - waitingSince < waits) return true;
    waitingSince = null;
    return false;
  };
}
