import type { SessionStore } from "@fastify/session";
import { endSession, readSession, writeSession } from "@signalbox/db";
import { createHash } from "node:crypto";
import type { Parts } from "./parts.ts";

const LIVES_AT_MOST = { hours: 12 } as const;

/** Sessions in PostgreSQL, so that they outlive a restart and can be ended; the table holds no id that a cookie does. */
export function sessionsIn({ db, machineNow }: Pick<Parts, "db" | "machineNow">): SessionStore {
  return {
    get(id, callback) {
      readSession(db, keptIdOf(id), machineNow()).then(
        (found) => callback(null, (found ?? null) as never),
        (error: unknown) => callback(error),
      );
    },
    set(id, session, callback) {
      const now = machineNow();
      const { expires } = session.cookie;
      const expiresAt = expires ? Temporal.Instant.from(new Date(expires).toISOString()) : now.add(LIVES_AT_MOST);
      const person = session.person ?? session.role ?? session.answering?.person ?? null;
      const kept = { id: keptIdOf(id), data: session, person, place: session.place ?? null, expiresAt, now };
      writeSession(db, kept).then(() => callback(), callback);
    },
    destroy(id, callback) {
      endSession(db, keptIdOf(id), machineNow()).then(() => callback(), callback);
    },
  };
}

/** What the table calls the session of a cookie. */
export function keptIdOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}
