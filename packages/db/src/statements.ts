import { createHash } from "node:crypto";
import type pg from "pg";

/** What a connection keeps prepared; those that vary more than this are planned each time. */
const MOST_KEPT = 300;
/** A list longer than this is planned for: what is kept for short ones would look each up by itself. */
const LONGEST_LIST = 200;
/** Raised where what a kept statement gives has changed, as a migration does. */
const RESULT_TYPE_CHANGED = "0A000";

type Run = (text: string, parameters: readonly unknown[]) => Promise<unknown>;

/**
 * Runs what reads on one connection as prepared statements: planning took most of what PostgreSQL spends on a page. What
 * was prepared over an older schema is prepared anew.
 */
export function preparing(client: pg.PoolClient): Run {
  const names = new Map<string, string>();
  let times = 0;
  const nameOf = (text: string): string | undefined => {
    const kept = names.get(text);
    if (kept !== undefined || names.size >= MOST_KEPT || !/^\s*(?:select|with)\b/i.test(text)) return kept;
    const name = `${createHash("sha256").update(text).digest("hex").slice(0, 24)}_${++times}`;
    names.set(text, name);
    return name;
  };
  return async (text, parameters) => {
    const isLong = parameters.some((given) => Array.isArray(given) && given.length > LONGEST_LIST);
    const name = isLong ? undefined : nameOf(text);
    const values = [...parameters];
    if (name === undefined) return client.query(text, values);
    try {
      return await client.query({ name, text, values });
    } catch (error) {
      if ((error as { code?: unknown }).code !== RESULT_TYPE_CHANGED) throw error;
      names.delete(text);
      return client.query(text, values);
    }
  };
}
