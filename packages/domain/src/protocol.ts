import { z } from "zod";
import { isDigestSetting } from "./digest.ts";
import type { Frequency } from "./period.ts";

export const ORGANISATION_KINDS = ["system", "provider", "site", "directorate", "ward", "team", "consultant"] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

const count = z.int().min(1);
const days = z.int().min(0);
const countOrNever = count.nullable().default(null);
const digestSetting = z
  .string()
  .refine(isDigestSetting, 'neither a time such as "08:30" nor a duration such as "PT30M"');
const dueWithin = z.strictObject({ dueWorkingDays: days });

/** Within how many working days each state is to be reached; a missing one has no clock. */
const clocksOfStates = z.strictObject({
  /** After the case was told. */
  acknowledged: days.exactOptional(),
  /** After the plan was sent. */
  accepted: days.exactOptional(),
  /** After it was accepted, where none of its actions names a later day. */
  delivered: days.exactOptional(),
  /** After its actions were delivered. */
  embedded: days.exactOptional(),
});

const keys = {
  stepDownAfter: count.exactOptional(),
  escalate: z.array(z.enum(ORGANISATION_KINDS)).exactOptional(),
  deterioration: z
    .strictObject({
      boardAfter: countOrNever,
      sltAfter: countOrNever,
      confirm: z.enum(["none", "spc"]).default("none"),
      sltNeedsBreach: z.boolean().default(false),
    })
    .exactOptional(),
  persistence: z.strictObject({ sltAfter: count }).exactOptional(),
  missing: z.strictObject({ boardAfter: count }).exactOptional(),
  multipleAreas: z.strictObject({ areas: count }).exactOptional(),
  submission: z.strictObject({ dueWorkingDay: count.default(10) }).exactOptional(),
  tellWithin: days.exactOptional(),
  preview: z.strictObject({ workingDays: days.default(0) }).exactOptional(),
  digest: z.strictObject({ slt: digestSetting.exactOptional(), board: digestSetting.exactOptional() }).exactOptional(),
  actionPlan: z.strictObject({ slt: dueWithin.exactOptional(), board: dueWithin.exactOptional() }).exactOptional(),
  /** `inForce`: authors are asked of breaches of SLT limits in force, too, not of those in draft alone. */
  commentary: z.strictObject({ ...dueWithin.shape, inForce: z.boolean().exactOptional() }).exactOptional(),
  reminders: z.strictObject({ workingDaysBefore: days, workingDaysPerLevel: days }).exactOptional(),
  /** Within how many working days something must follow an acknowledgement; without this key it never runs out. */
  acknowledgement: z.strictObject({ workingDays: count }).exactOptional(),
  /** The clocks of a case's five states, by tier; the day for a plan is `actionPlan`'s. */
  followThrough: z
    .strictObject({ slt: clocksOfStates.exactOptional(), board: clocksOfStates.exactOptional() })
    .exactOptional(),
  /** After so many periods before the SLT a case without a risk asks for one. */
  risk: z.strictObject({ afterPeriods: count }).exactOptional(),
  /** Within so many periods after its end a new case of the same series is a relapse. */
  monitoringPeriods: count.exactOptional(),
  /** For how many working days a disputed figure may hold its case. */
  dispute: z.strictObject({ workingDays: count }).exactOptional(),
  /** The boards, by code, that let no case step down before its chair signs it off, or its actions are embedded. */
  stepDown: z
    .strictObject({ signOff: z.array(z.string()).default([]), embedded: z.array(z.string()).default([]) })
    .exactOptional(),
};

/** `protocol.json` as written (contract 6): every key may be missing, an unknown one is refused. */
export const protocolSchema = z.strictObject({ ...keys, quarterly: z.strictObject(keys).exactOptional() });

export type Protocol = z.infer<typeof protocolSchema>;
type ProtocolKeys = Omit<Protocol, "quarterly">;

/** The protocol as it holds for one frequency, with the defaults of missing keys; a key that stays missing is off. */
export interface Rules extends ProtocolKeys {
  readonly stepDownAfter: number;
  readonly tellWithin: number;
  readonly submission: { readonly dueWorkingDay: number };
  readonly preview: { readonly workingDays: number };
  readonly digest: { readonly slt?: string; readonly board?: string };
  readonly escalate: OrganisationKind[];
}

/** The rules for metrics of a frequency: for quarterly ones each key that `quarterly` names replaces that key whole. */
export function rulesFor(protocol: Protocol, frequency: Frequency): Rules {
  const { quarterly, ...monthly } = protocol;
  const named = frequency === "quarterly" ? { ...monthly, ...quarterly } : monthly;
  return {
    ...named,
    stepDownAfter: named.stepDownAfter ?? 1,
    tellWithin: named.tellWithin ?? 2,
    submission: named.submission ?? { dueWorkingDay: 10 },
    preview: named.preview ?? { workingDays: 0 },
    digest: named.digest ?? {},
    escalate: named.escalate ?? [...ORGANISATION_KINDS],
  };
}

/** Whether a board lets no case step down before its chair has signed it off; where actions must be embedded, that too is signed. */
export function needsSignOff({ stepDown }: Rules, board: string): boolean {
  return stepDown !== undefined && (stepDown.signOff.includes(board) || stepDown.embedded.includes(board));
}

/** Whether a board signs a case off only once its actions are embedded. */
export function needsEmbedding({ stepDown }: Rules, board: string): boolean {
  return stepDown?.embedded.includes(board) === true;
}

/** Whether organisations of this kind become cases (rule 10); others keep their tier in assessments alone. */
export function escalates(rules: Rules, kind: OrganisationKind): boolean {
  return rules.escalate.includes(kind);
}
