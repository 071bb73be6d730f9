import type { Config } from "@signalbox/config";
import type { Clock, Database, Kysely, ReadCatalogue } from "@signalbox/db";
import type { Logger } from "@signalbox/log";
import type { MailTransport } from "@signalbox/mail";

/** What every stage works with. */
export interface Notifier {
  readonly config: Pick<
    Config,
    "mailMode" | "mailFrom" | "baseUrl" | "sessionSecret" | "mailKeepDays" | "personalDataKeepDays"
  >;
  readonly db: Kysely<Database>;
  readonly log: Logger;
  readonly clock: Clock;
  /** Null where no mail server is named: then mail counts as sent by being kept. */
  readonly transport: MailTransport | null;
  /** From 0 to 1; spreads retries. */
  readonly chance: () => number;
  readonly readCatalogue: ReadCatalogue;
}

/** What a stage did: how much, and whether the mail server was found to be away. */
export interface StageResult {
  readonly done: number;
  readonly serverAway?: boolean;
}

/** A stage finds what is due, does it and records it; called again it goes on where it stopped. */
export type Stage = (notifier: Notifier, now: Temporal.Instant) => Promise<StageResult>;
