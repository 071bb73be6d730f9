import { type Aspect, ASPECTS, type Rating, RATINGS, type RatingSent } from "@signalbox/domain";

/** A rating as a form or a program sends it; what is left empty is "". */
export interface TypedRating {
  readonly aspect: string;
  readonly rating: string;
  readonly reason: string;
  readonly explanation: string;
  readonly mitigation: string;
  /** "2026-12-08" */
  readonly doneOn: string;
}

const LONGEST = 4000;

/** What is wrong with a field, by the name of the field. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** Reads a rating: what it says, or what of it cannot be understood. */
export function readRating(
  typed: TypedRating,
): { readonly aspect: Aspect; readonly sent: RatingSent } | { readonly faults: readonly FieldFault[] } {
  const aspect = ASPECTS.find((one) => one === typed.aspect);
  const rating: Rating | undefined = RATINGS.find((one) => one === typed.rating);
  const doneOn = typed.doneOn === "" || rating !== "complete" ? null : plainDay(typed.doneOn);
  const faults = [
    ...(aspect === undefined
      ? [{ field: "aspect", message: "Say whether it is rated for delivery or embedding" }]
      : []),
    ...(rating === undefined ? [{ field: "rating", message: "Choose a rating" }] : []),
    ...(doneOn === undefined ? [{ field: "doneOn", message: "Enter a day like 2026-03-31" }] : []),
    ...(["reason", "explanation", "mitigation"] as const).flatMap((field) =>
      typed[field].length > LONGEST ? [{ field, message: `Use at most ${LONGEST} characters` }] : [],
    ),
  ];
  if (faults.length > 0 || aspect === undefined || rating === undefined || doneOn === undefined) return { faults };
  const { reason, explanation, mitigation } = typed;
  return { aspect, sent: { rating, reason, explanation, mitigation, doneOn } };
}

/** The day that somebody typed; undefined for what is none. */
export function plainDay(text: string): Temporal.PlainDate | undefined {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {
    return undefined;
  }
}

const YEARS_AHEAD = 5;

/** A day that is to be agreed with its reason, or what is wrong with them. */
export function readNewDay(
  { day, reason }: { readonly day: string; readonly reason: string },
  today: Temporal.PlainDate,
): { readonly day: Temporal.PlainDate; readonly reason: string } | { readonly faults: readonly FieldFault[] } {
  const found = plainDay(day);
  const faults: FieldFault[] = [];
  if (found === undefined) faults.push({ field: "day", message: "Enter a day like 2026-03-31" });
  else if (Temporal.PlainDate.compare(found, today) < 0)
    faults.push({ field: "day", message: "Give a day that is still to come: this one has passed" });
  else if (Temporal.PlainDate.compare(found, today.add({ years: YEARS_AHEAD })) > 0)
    faults.push({ field: "day", message: `Give a day within the next ${YEARS_AHEAD} years` });
  if (reason === "") faults.push({ field: "reason", message: "Say why another day is needed" });
  if (reason.length > LONGEST) faults.push({ field: "reason", message: `Use at most ${LONGEST} characters` });
  return faults.length > 0 || found === undefined ? { faults } : { day: found, reason };
}
