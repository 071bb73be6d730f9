import { inventedSystem } from "../harness/invented-health-system.ts";
import { startPipeline } from "../harness/pipeline.ts";
import { shownBy } from "../harness/shown.ts";
import type { TestFile } from "../harness/api-client.ts";
import { NOW } from "./months-in-flight.ts";
import { type MailFaults, mailFaults } from "./told-once.ts";

/** A Signalbox that nobody disturbed: what its API shows, how many mails it sent, and what was wrong with them all the same. */
export interface Undisturbed {
  readonly shown: readonly string[];
  readonly mails: number;
  readonly faults: MailFaults;
}

/** Has a whole Signalbox take these files in peace. */
export async function undisturbed(files: readonly TestFile[]): Promise<Undisturbed> {
  await using stack = new AsyncDisposableStack();
  const pipeline = await startPipeline({ catalogue: inventedSystem });
  stack.defer(() => pipeline.close());
  await pipeline.put(NOW);
  await pipeline.submit(...files);
  await pipeline.settle({ within: 60_000 });
  const shown = await shownBy(pipeline.api);
  return { shown, mails: pipeline.mail.caught.length, faults: await mailFaults(pipeline.db, pipeline.mail) };
}
