import {
  draftsOfProposal,
  keepTrial,
  keptTrial,
  type Proposal,
  type ProposedLimit,
  type ReadCatalogue,
  trialGround,
} from "@signalbox/db";
import { type Trial, tryLimits } from "@signalbox/evaluation";
import type { Parts } from "../parts.ts";

/** A trial as it is shown: fresh where it was worked out anew because figures or limits had changed since it was kept. */
export interface ShownTrial {
  readonly trial: Trial;
  readonly wasStale: boolean;
}

export type Trials = (proposal: Proposal, rows: readonly ProposedLimit[]) => Promise<ShownTrial | null>;

/**
 * Works trials out and keeps them with their proposals: what is shown is what was computed, until a figure or a limit changes. Those
 * who ask at the same moment wait for one computation. What was decided keeps the trial by which it was decided.
 */
export function trialsOf({ db, clock }: Pick<Parts, "db" | "clock">, readCatalogue: ReadCatalogue): Trials {
  const running = new Map<string, Promise<Trial | null>>();

  async function workOut(proposal: Proposal, rows: readonly ProposedLimit[], ground: string): Promise<Trial | null> {
    const catalogue = await readCatalogue(db);
    if (catalogue === null) return null;
    const drafts = await draftsOfProposal(db, proposal.id);
    const [now, ticking] = [await clock.now(), await clock.ticking()];
    const trial = await tryLimits(db, { catalogue, now, ticking, rows, drafts });
    await keepTrial(db, proposal, { trial, ground });
    return trial;
  }

  return async (proposal, rows) => {
    const [kept, ground] = [await keptTrial(db, proposal.id), await trialGround(db)];
    const isDecided = proposal.state === "approved" || proposal.state === "withdrawn";
    if (kept !== null && (isDecided || kept.ground === ground)) return { trial: kept.trial as Trial, wasStale: false };
    if (isDecided) return null;
    const key = `${proposal.id} ${proposal.revision} ${ground}`;
    let work = running.get(key);
    if (work === undefined) {
      work = workOut(proposal, rows, ground).finally(() => running.delete(key));
      running.set(key, work);
    }
    const trial = await work;
    return trial === null ? null : { trial, wasStale: kept !== null };
  };
}
