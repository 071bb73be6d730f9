import { withdrawSubmission } from "@signalbox/db";
import type { Run } from "../command.ts";
import { openBells, openParts } from "../parts.ts";
import { UsageError } from "../usage-error.ts";
import { missingServices } from "../work-here.ts";

export const run: Run = async ({ arguments: [given = ""], options, terminal }) => {
  if (!/^[1-9]\d{0,14}$/.test(given)) {
    throw new UsageError(
      `${JSON.stringify(given)} is no submission's number; submit printed it, and /submissions lists it.`,
    );
  }
  const reason = options["reason"]?.trim() ?? "";
  if (reason === "")
    throw new UsageError("Say why it is withdrawn with --reason TEXT; the audit trail and its page keep that.");
  await using stack = new AsyncDisposableStack();
  const parts = await openParts(stack);
  const act = { by: "operator", reason, now: await parts.clock.now() };
  const withdrawn = await withdrawSubmission(parts.db, Number(given), act);
  if (withdrawn === null) {
    terminal.note(`signalbox: there is no submission ${given}.`);
    return 1;
  }
  const queues = await openBells(stack, parts);
  await Promise.all([queues.ring("assess-series", {}), queues.ring("tell", {})]);
  const { at, by } = withdrawn;
  terminal.print(`Submission ${given} is withdrawn, by ${by}: ${withdrawn.reason}`);
  if ((await missingServices(parts)).length > 0) {
    terminal.note("Nothing runs that would decide its series anew: npx signalbox start.");
  }
  terminal.document({ id: given, withdrawn: { at: at.toString(), by, reason: withdrawn.reason } });
  return 0;
};
