import { explainEscalation } from "@signalbox/db";
import type { Run } from "../command.ts";
import { explanationDocument, explanationLines } from "@signalbox/explain";
import { openParts } from "../parts.ts";
import { UsageError } from "../usage-error.ts";

export const run: Run = async ({ arguments: [given = ""], terminal }) => {
  if (!/^[1-9]\d{0,14}$/.test(given)) {
    throw new UsageError(`${JSON.stringify(given)} is no case's number; /escalations lists the cases with theirs.`);
  }
  await using stack = new AsyncDisposableStack();
  const { db, clock } = await openParts(stack);
  const explanation = await explainEscalation(db, Number(given), { now: await clock.now() });
  if (explanation === null) {
    terminal.note(`signalbox: there is no case ${given}.`);
    return 1;
  }
  for (const line of explanationLines(explanation)) terminal.print(line);
  terminal.document(explanationDocument(explanation));
  return 0;
};
