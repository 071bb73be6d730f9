import type { Config } from "@signalbox/config";
import type { Clock, Database, Kysely } from "@signalbox/db";
import type { Logger } from "@signalbox/log";
import type { Queues } from "@signalbox/queues";
import type { Previews } from "./preview.ts";

/** What the web service stands on; opened once a process by the launcher and shared with the other services. */
export interface Parts {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly queues: Queues;
  readonly log: Logger;
  readonly clock: Clock;
  /** Puts the test clock and runs, in order, all that falls due on the way; returns the time it then is. CLOCK=test only. */
  readonly advanceClock?: ((to: Temporal.Instant) => Promise<Temporal.Instant>) | undefined;
  /** The machine's time, for sessions and links, which a test clock must not stretch. */
  readonly machineNow: () => Temporal.Instant;
  /** Reads files without keeping anything of it. */
  readonly previews: Previews;
}

/** What the launcher gives; the rest is opened here. */
export type GivenParts = Omit<Parts, "machineNow" | "previews">;

/** What a test, or the launcher, puts in place of the usual. */
export type Overrides = Partial<Pick<Parts, "advanceClock" | "machineNow">>;
