import pg from "pg";

// Each of the five workers of a process holds one connection on which it listens; the rest are for everybody's queries.
const POOL_SIZE = 12;

// A bell may be lost, so no commit of one waits for the disk; this touches no other connection than the queues' own.
const SESSION = "-c search_path=bullmq -c synchronous_commit=off";

/** The pool that the queues of one process share, in BullMQ's own schema. A broken idle connection goes to `onError`. */
export function openPool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    keepAlive: true, // Without it BullMQ waits no longer than ten seconds at a time.
    options: SESSION,
    application_name: "signalbox queues",
  });
  pool.setMaxListeners(0); // Each queue and each worker listens for the errors of the pool they share.
  pool.on("error", onError);
  return pool;
}
