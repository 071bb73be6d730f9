import type { CurrentCatalogue, Proposal, ProposedLimit, TellingRow } from "@signalbox/db";
import { nextDigest, rulesFor } from "@signalbox/domain";
import { limitLine } from "./limit-lines.ts";
import { chairsFor } from "./who-may.ts";

/** How many limits a mail names; the page has all. */
const NAMED = 12;

interface Told {
  readonly catalogue: CurrentCatalogue;
  readonly actor: string;
  readonly now: Temporal.Instant;
}

/** To whoever decides: a set waits for them. */
export function sentTelling(told: Told, proposal: Proposal, rows: readonly ProposedLimit[]): TellingRow {
  return {
    ...base(told, proposal, rows, "limits-sent"),
    recipients: chairsFor(told.catalogue, proposal.forum),
    key: `limits-sent:${proposal.id}:${proposal.revision}`,
  };
}

/** To those who proposed and sent it: it came back, with the reason. */
export function sentBackTelling(told: Told, proposal: Proposal, rows: readonly ProposedLimit[]): TellingRow {
  const one = base(told, proposal, rows, "limits-sent-back");
  return {
    ...one,
    recipients: proposersOf(told, proposal),
    detail: { ...one.detail, why: proposal.reason ?? "" },
    key: `limits-sent-back:${proposal.id}:${proposal.revision}`,
  };
}

/**
 * To the board and to those who proposed it, once, with the board's digest: what was approved, by which minute. The cases that
 * it moves are told in the same mail, for they leave with the same digest; the notice does not name them a second time.
 */
export function approvedTelling(told: Told, proposal: Proposal, rows: readonly ProposedLimit[]): TellingRow {
  const { digest } = rulesFor(told.catalogue.protocol.body, "monthly");
  const one = base(told, proposal, rows, "limits-approved");
  return {
    ...one,
    forums: [proposal.forum],
    recipients: proposersOf(told, proposal),
    tellAt: nextDigest(told.now, digest.board),
    digest: digest.board ?? null,
    detail: { ...one.detail, minute: proposal.minute, proposal: proposal.id },
    key: `limits-approved:${proposal.id}`,
  };
}

function base({ catalogue, actor, now }: Told, proposal: Proposal, rows: readonly ProposedLimit[], reason: string) {
  const lines = rows.slice(0, NAMED).map((row) => limitLine(catalogue, row));
  return {
    kind: "digest",
    reason,
    escalation: null,
    event: null,
    submission: null,
    series: null,
    organisation: null,
    period: null,
    forums: [] as readonly string[],
    digest: null as string | null,
    causedBy: [],
    tellAt: now,
    detail: {
      title: proposal.title,
      area: catalogue.forums.get(proposal.forum)?.name ?? proposal.forum,
      limits: rows.length > NAMED ? [...lines, `and ${rows.length - NAMED} more`] : lines,
      page: `/thresholds/proposals/${proposal.id}`,
      // Nobody is told of their own edit.
      except: [actor],
    } as Readonly<Record<string, unknown>>,
  };
}

/** Those who proposed and sent it and are still in the catalogue: who has left is told nothing more. */
function proposersOf({ catalogue }: Told, { proposedBy, sentBy }: Proposal): string[] {
  const known = new Set(catalogue.people.map(({ email }) => email.toLowerCase()));
  return [...new Set([proposedBy, sentBy ?? ""])].filter((name) => known.has(name.toLowerCase()));
}
