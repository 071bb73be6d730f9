import {
  advanceClock,
  type Clock,
  type Database,
  forgetServicesSeen,
  type Kysely,
  markServiceSeen,
} from "@signalbox/db";
import type { Config } from "@signalbox/config";
import type { Logger } from "@signalbox/log";
import type { Queues } from "@signalbox/queues";
import type { Parts } from "./parts.ts";

export const serviceNames = ["ingestion", "evaluator", "notifier", "web", "auditor"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** How often a service at work says so, and how long that counts. */
const SEEN_EVERY_MS = 4000;
export const SEEN_WITHIN = { seconds: 12 } as const;

interface ServiceParts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly queues: Queues;
  readonly log: Logger;
  readonly clock: Clock;
}

interface Running {
  /** Where the web service listens. */
  readonly address?: string;
  close(): Promise<void>;
}

/** How each service is composed; loaded only where it runs. */
const composers: Readonly<Record<ServiceName, (parts: ServiceParts) => Promise<Running>>> = {
  ingestion: async (parts) => (await import("@signalbox/ingestion")).compose(parts),
  evaluator: async (parts) => (await import("@signalbox/evaluator")).compose(parts),
  notifier: async (parts) => (await import("@signalbox/notifier")).compose(parts),
  async web(parts) {
    const { db, queues } = parts;
    const put = (to: Temporal.Instant) => advanceClock(db, { to, ring: () => queues.ring("clock", {}) });
    return (await import("@signalbox/web")).compose({ ...parts, advanceClock: put });
  },
  auditor: async (parts) => (await import("@signalbox/auditor")).compose(parts),
};

/** Starts services in order, on the process's own parts; they close with `stack`, in the opposite order. */
export async function startServices(
  stack: AsyncDisposableStack,
  parts: Parts & { readonly queues: Queues },
  names: readonly ServiceName[],
): Promise<{ address: string | undefined }> {
  const { config, db, queues, clock } = parts;
  let address: string | undefined;
  for (const name of serviceNames.filter((one) => names.includes(one))) {
    const running = await composers[name]({ config, db, queues, clock, log: parts.logOf(name) });
    stack.defer(() => running.close());
    address ??= running.address;
  }
  await saySeen(stack, parts, names);
  return { address };
}

/** Keeps the table of services at work up to date, for whoever would do their work if they were not there. */
async function saySeen(
  stack: AsyncDisposableStack,
  { db, logOf }: Parts,
  names: readonly ServiceName[],
): Promise<void> {
  const say = async () => {
    for (const name of names) await markServiceSeen(db, name, Temporal.Now.instant());
  };
  await say();
  let saying = Promise.resolve();
  const timer = setInterval(() => {
    saying = say().catch((error: unknown) =>
      logOf("signalbox").warn({ err: error }, "could not note that services run"),
    );
  }, SEEN_EVERY_MS);
  stack.defer(async () => {
    clearInterval(timer);
    await saying;
    await forgetServicesSeen(db, names);
  });
}
