import type { SessionStore } from "@fastify/session";
import { endSession, readSession, writeSession } from "@signalbox/db";
import { createHash } from "node:crypto";
import type { Parts } from "./parts.ts";

const LIVES_AT_MOST = { hours: 12 } as const;

/** Sessions in PostgreSQL, so that they outlive a restart and can be ended; the table holds no id that a cookie does. */
export function sessionsIn({ db, machineNow }: Pick<Parts, "db" | "machineNow">): SessionStore {
  return {
    get(id, callback) {
      readSession(db, hashOf(id), machineNow()).then(
        (found) => callback(null, (found ?? null) as never),
        (error: unknown) => callback(error),
      );
    },
    set(id, session, callback) {
      const now = machineNow();
      const { expires } = session.cookie;
      const expiresAt = expires ? Temporal.Instant.from(new Date(expires).toISOString()) : now.add(LIVES_AT_MOST);
      writeSession(db, { id: hashOf(id), data: session, expiresAt, now }).then(() => callback(), callback);
    },
    destroy(id, callback) {
      endSession(db, hashOf(id)).then(() => callback(), callback);
    },
  };
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}
