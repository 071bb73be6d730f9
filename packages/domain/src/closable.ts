/** For so many periods in a row no figure must have come before a chair may call it gone. */
const PERIODS_GONE = 3;

/** What a chair's right to close a case rests on. */
export interface Closing {
  readonly concern: "performance" | "reporting" | "several-areas";
  readonly standing: boolean;
  /** Whether its metric is in the catalogue. */
  readonly inCatalogue: boolean;
  /**
   * For how many periods in a row, up to the last reached, no figure has come: of a reporting case of none of the returns that
   * it names, of several areas of nothing at all.
   */
  readonly withoutFigure: number;
  /** Whether the case ever had a limit as its reason, and whether an approved one is in force now. */
  readonly byLimit: boolean;
  readonly limited: boolean;
}

/** Whether a chair may close a case, and in words why, or why not. */
export interface MayClose {
  readonly may: boolean;
  readonly why: string;
}

const NOUN = { monthly: "months", quarterly: "quarters" } as const;

/**
 * Whether a chair may close a case with a minute: only what no figure can resolve. What a figure may still resolve, the
 * figures resolve.
 */
export function mayClose(closing: Closing, frequency: "monthly" | "quarterly"): MayClose {
  const { concern, standing, withoutFigure } = closing;
  if (!standing) return { may: false, why: "It has ended already." };
  const gone = withoutFigure >= PERIODS_GONE;
  const silence = `for ${withoutFigure} ${NOUN[frequency]} in a row`;
  if (concern === "reporting") {
    if (gone) return { may: true, why: `None of these returns has come ${silence}.` };
    return {
      may: false,
      why: `It ends by itself when the returns come, or say why there are none. After ${PERIODS_GONE} ${NOUN[frequency]} without, it can be closed.`,
    };
  }
  if (!closing.inCatalogue) return { may: true, why: "Its metric is no longer in the catalogue." };
  if (gone) return { may: true, why: `No figure has come ${silence}.` };
  if (concern === "performance" && closing.byLimit && !closing.limited) {
    return { may: true, why: "A limit raised it, and no approved limit rates its figure any more." };
  }
  return {
    may: false,
    why: `A figure can still end it, so it cannot be closed. It can once no figure has come for ${PERIODS_GONE} ${NOUN[frequency]}, or no approved limit rates it.`,
  };
}
