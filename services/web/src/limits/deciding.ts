import { approveProposal, type Decided, endProposal, type Proposal, sendProposal } from "@signalbox/db";
import type { CurrentCatalogue } from "@signalbox/db";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { approvedTelling, sentBackTelling, sentTelling } from "./notices.ts";

/** What somebody does with a set. */
export type Act =
  | { readonly act: "send" }
  | { readonly act: "approve"; readonly minute: string; readonly behalf?: string }
  | { readonly act: "send-back"; readonly reason: string }
  | { readonly act: "withdraw" };

/** Carries an act out on the revision that was seen, and rings for what it makes due; throws Problem 409 where it is not as it was seen. */
export async function decideSet(
  { db, clock, queues }: Pick<Parts, "db" | "clock" | "queues">,
  {
    catalogue,
    proposal,
    revision,
    actor,
  }: { catalogue: CurrentCatalogue; proposal: Proposal; revision: number; actor: string },
  act: Act,
): Promise<void> {
  const now = await clock.now();
  const told = { catalogue, actor: act.act === "approve" ? (act.behalf ?? actor) : actor, now };
  const common = { id: proposal.id, revision, actor, now };
  const decided = await carryOut();
  refuse(decided);
  if (decided.kind === "done" && decided.due.series > 0) void queues.ring("assess-series", {});
  if (decided.kind === "done" && decided.due.organisations > 0) void queues.ring("assess-organisations", {});
  void queues.ring("tell", {});

  function carryOut(): Promise<Decided> {
    if (act.act === "send")
      return sendProposal(db, { ...common, telling: (one, rows) => sentTelling(told, one, rows) });
    if (act.act === "approve") {
      const { minute, behalf } = act;
      const telling = (one: Proposal, rows: Parameters<typeof approvedTelling>[2]) => approvedTelling(told, one, rows);
      return approveProposal(db, { ...common, minute, ...(behalf === undefined ? {} : { behalf }), telling });
    }
    if (act.act === "withdraw")
      return endProposal(db, { ...common, as: "withdrawn", reason: null, telling: () => null });
    return endProposal(db, {
      ...common,
      as: "sent-back",
      reason: act.reason,
      telling: (one, rows) => sentBackTelling(told, one, rows),
    });
  }
}

function refuse(decided: Decided): void {
  if (decided.kind === "gone") throw new Problem(404, "There is no such set of limits.");
  if (decided.kind === "own")
    throw new Problem(403, "Whoever proposed, changed or sent a set does not approve it. Another chair must.");
  if (decided.kind === "taken")
    throw new Problem(
      409,
      `The set “${decided.title}” (number ${decided.by}) waits with limits of the same figures from the same month. It must be decided or withdrawn first.`,
    );
  if (decided.kind === "outdated")
    throw new Problem(
      409,
      `The catalogue has changed since: ${decided.what} is not in it any more, or belongs to another board. Nothing was done. Withdraw this set, and propose what still holds.`,
    );
  if (decided.kind === "stale")
    throw new Problem(
      409,
      `This set is no longer as you saw it: it is ${decided.state.replace("-", " ")}, revision ${decided.revision}. Nothing was done. Look at it again.`,
    );
}
