import type { CountedAct, Metric } from "@signalbox/db";
import { formatValue, type Period, type ThresholdRow, nameOfPeriod } from "@signalbox/domain";
import type { Rules } from "@signalbox/domain";

const noun = { monthly: "month", quarterly: "quarter" } as const;

export function inARow(count: number, frequency: "monthly" | "quarterly"): string {
  return `${count} ${noun[frequency]}${count === 1 ? "" : "s"} in a row`;
}

/** The rules that say what people did, which `whyByPeople` words. */
const OF_PEOPLE: ReadonlySet<string> = new Set(["sign-off", "signed-off", "closed-by-chair"]);

/** The rules that made a decision, in a sentence a leader reads. */
export function whyOf(
  reasons: readonly { readonly rule: string; readonly tier: string }[],
  { metric, rules, worseFor }: { metric: Metric; rules: Rules; worseFor: number },
): string {
  const ofFigures = reasons.filter(({ rule }) => !OF_PEOPLE.has(rule));
  const sentences = ofFigures.map(({ rule, tier }) => {
    if (rule === "threshold") return tier === "slt" ? "Past the SLT limit" : "Past the board limit";
    if (rule === "persistence")
      return `Past a limit for at least ${inARow(rules.persistence?.sltAfter ?? 1, metric.frequency)}`;
    if (rule === "deterioration") return `Worse for ${inARow(worseFor, metric.frequency)}`;
    return rule;
  });
  return sentences.join(". ");
}

const MINUTE_SHOWN = 300;

/** What people did or are to do about a case, in a sentence; "" where a move rests on figures alone. */
export function whyByPeople(
  reasons: readonly { readonly rule: string }[],
  act: Pick<CountedAct, "note"> | null,
): string {
  const has = (rule: string) => reasons.some((reason) => reason.rule === rule);
  const note = act === null || act.note === "" ? "" : `: ${shortened(act.note)}`;
  if (has("closed-by-chair")) return `Its chair closed it${note}`;
  if (has("signed-off")) return "Its chair signed it off";
  return has("sign-off") ? "It waits for its chair to sign it off" : "";
}

function shortened(note: string): string {
  const line = note.replaceAll(/\s+/g, " ").trim();
  return line.length <= MINUTE_SHOWN ? line : `${line.slice(0, MINUTE_SHOWN - 1).trimEnd()}…`;
}

/** The limit that matters for a tier, as printed: "75.0% (SLT limit)", "2.0% worse than plan (board limit)". */
export function limitText(threshold: ThresholdRow | undefined, tier: string, metric: Metric): string | undefined {
  if (threshold === undefined) return undefined;
  const useSlt = tier === "slt" ? threshold.slt !== null : threshold.board === null;
  const limit = useSlt ? threshold.slt : threshold.board;
  if (limit === null) return undefined;
  const name = useSlt ? "SLT limit" : "board limit";
  if (threshold.basis === "value") return `${formatValue(limit, metric)} (${name})`;
  if (threshold.basis === "variance") return `${signed(formatValue(limit, metric), limit)} against plan (${name})`;
  return `${signed(`${limit}%`, limit)} against plan (${name})`;
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

export function periodName(period: number, frequency: "monthly" | "quarterly"): string {
  return nameOfPeriod(period as Period, frequency);
}
