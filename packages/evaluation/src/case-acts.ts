import type { CountedAct } from "@signalbox/db";
import { type CaseActs, needsSignOff, type Rules } from "@signalbox/domain";

interface Move {
  readonly period: number;
  readonly reasons: readonly { readonly rule: string }[];
}

const NAMED = { "signed-off": "sign-off", "closed-by-chair": "closure" } as const;

/** The acts that count for the cases of a series, as the rules take them. */
export function caseActs(rules: Rules, board: string, acts: readonly CountedAct[]): CaseActs {
  return {
    needsSignOff: needsSignOff(rules, board),
    signOffs: periodsOf(acts, "sign-off"),
    closures: closuresOf(acts),
  };
}

/** As of which periods chairs closed a case. */
export function closuresOf(acts: readonly CountedAct[]): number[] {
  return periodsOf(acts, "closure");
}

/** In order of period, in whatever order they were recorded. */
function periodsOf(acts: readonly CountedAct[], act: CountedAct["act"]): number[] {
  const periods = acts.flatMap((one) => (one.act === act && one.takenBackBy === null ? [one.period] : []));
  return periods.toSorted((a, b) => a - b);
}

/** The act that a move rests on: the last one that counts of the kind its reason names; null where it rests on figures alone. */
export function actBehind(acts: readonly CountedAct[], { period, reasons }: Move): CountedAct | null {
  const act = actNamed(reasons);
  if (act === null) return null;
  return acts.findLast((one) => one.act === act && one.period <= period && one.takenBackBy === null) ?? null;
}

/** Who did what a move rests on, or took back what those rested on that it replaces: nobody is told of their own edits. */
export function doneBy(acts: readonly CountedAct[], replaced: readonly Move[]): (event: Move) => string[] {
  const tookBack = replaced.flatMap(({ period, reasons }) => {
    const act = actNamed(reasons);
    return acts.flatMap((one) => (one.act === act && one.period <= period ? (one.takenBackBy ?? []) : []));
  });
  return (event) => {
    const act = actBehind(acts, event);
    return act === null ? tookBack : [act.by, ...tookBack];
  };
}

function actNamed(reasons: Move["reasons"]): CountedAct["act"] | null {
  const named = reasons.find(({ rule }) => rule === "signed-off" || rule === "closed-by-chair")?.rule;
  return named === undefined ? null : NAMED[named as keyof typeof NAMED];
}
