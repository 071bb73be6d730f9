import type { Clock, Database, Kysely, ReadCatalogue } from "@signalbox/db";
import type { Logger } from "@signalbox/log";

/** What deciding needs beside the rows that are due. */
export interface AssessingParts {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly readCatalogue: ReadCatalogue;
}
