import { type Database, movedByLimits, type NoticeToSend, type Transaction } from "@signalbox/db";

/** How many cases a mail names; the page of the set has all. */
const NAMED = 20;

/**
 * Adds to notices that limits were approved what moved because of them, as it stands when the mail is written: the cases that their
 * forums may see, without those of which the same mail tells anyway. So each is told once.
 */
export async function withWhatMoved(
  trx: Transaction<Database>,
  leaving: readonly NoticeToSend[],
  now: Temporal.Instant,
): Promise<readonly NoticeToSend[]> {
  const proposals = new Set(leaving.flatMap((notice) => proposalOf(notice) ?? []));
  if (proposals.size === 0) return leaving;
  const moved = Map.groupBy(await movedByLimits(trx, [...proposals], now), ({ proposal }) => proposal);
  const toldOf = new Set(leaving.map(({ recipient, escalation }) => `${recipient} ${escalation}`));
  return leaving.map((notice) => {
    const proposal = proposalOf(notice);
    if (proposal === null) return notice;
    const cases = (moved.get(proposal) ?? []).filter(
      ({ escalation }) => !toldOf.has(`${notice.recipient} ${escalation}`),
    );
    const lines = cases
      .slice(0, NAMED)
      .map(({ title, organisation, ...one }) => `${title}, ${organisation}: ${standsNow(one)}`);
    const left = cases.length - lines.length;
    const detail = { ...(notice.detail as object), moved: left > 0 ? [...lines, `and ${left} more`] : lines };
    return { ...notice, detail };
  });
}

function standsNow({ tier, isWithdrawn }: { tier: string; isWithdrawn: boolean }): string {
  if (isWithdrawn) return "there is no such case any more";
  if (tier === "none") return "no longer before the board or the SLT";
  return tier === "slt" ? "now before the SLT" : "now before the board";
}

function proposalOf({ reason, detail }: NoticeToSend): number | null {
  if (reason !== "limits-approved" || typeof detail !== "object" || detail === null || !("proposal" in detail))
    return null;
  return typeof detail.proposal === "number" ? detail.proposal : null;
}
