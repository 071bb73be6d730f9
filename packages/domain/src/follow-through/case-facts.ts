import type { AskedKind, AskedStage } from "./asked.ts";

/** Something that is asked about a case and open. */
export interface OpenStep {
  readonly kind: AskedKind;
  readonly people: readonly string[];
  /** "2026-12-08" */
  readonly dueOn: string;
  readonly stage: AskedStage;
  readonly quiet: boolean;
  readonly why: string;
}

/** When something was done, as a London day, and by whom. */
export interface DoneOn {
  readonly on: string;
  /** Null where several did it, or nobody is named. */
  readonly by: string | null;
}

/** What is known of how a case is followed through. Days are London's, people as the case names them. */
export interface CaseFacts {
  readonly standing: boolean;
  /** Until when it is shown to those who answer for it alone; null where its forums see it. */
  readonly shownOn: string | null;
  readonly open: readonly OpenStep[];
  readonly acknowledged: DoneOn | null;
  /** The plan that answers it: as it was sent last, and as it was accepted last. */
  readonly plan: {
    readonly sent: DoneOn | null;
    readonly accepted: DoneOn | null;
    /** By when the last of its actions is due. */
    readonly dueOn: string | null;
    readonly delivered: DoneOn | null;
    readonly embedded: DoneOn | null;
    /** Who does its actions. */
    readonly owners: readonly string[];
  } | null;
  /** Who looks at it where nothing is asked, and when next. */
  readonly looksNext: { readonly people: readonly string[]; readonly on: string };
  /** Who answers for it. */
  readonly answering: readonly string[];
}
