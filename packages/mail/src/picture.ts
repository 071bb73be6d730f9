/** A chart in a mail: shown in the HTML, said in words in both parts. */
export interface Picture {
  /** How the HTML names the part that holds it; one of its own in each mail. */
  readonly cid: string;
  /** What it shows, for whoever does not see it. */
  readonly alt: string;
  /** RAG and how the figure varies, in one sentence; null where there is no rating to join. */
  readonly inShort: string | null;
  readonly png: Buffer;
}

/** More would make a mail that some servers refuse; each has about 30 kB. */
export const MOST_PICTURES = 6;

const TIERS = ["slt", "board"];
const RAGS = ["red", "amber"];

/** What of a notice says where it stands in a mail. */
export interface Ranked {
  readonly tier?: unknown;
  readonly rag?: unknown;
  readonly title?: unknown;
  readonly organisation?: unknown;
}

/** The worst first; of equals, in order of what and where, so that a mail reads the same whichever came first. */
export function worstFirst(one: Ranked, other: Ranked): number {
  const byName = ({ title, organisation }: Ranked) => `${wordsIn(title)}\n${wordsIn(organisation)}`;
  const [mine, theirs] = [byName(one), byName(other)];
  return placeOf(one) - placeOf(other) || (mine < theirs ? -1 : mine > theirs ? 1 : 0);
}

const wordsIn = (given: unknown) => (typeof given === "string" ? given : "");

function placeOf({ tier, rag }: Ranked): number {
  const place = (words: readonly string[], word: unknown) =>
    typeof word === "string" && words.includes(word) ? words.indexOf(word) : words.length;
  return 10 * place(TIERS, tier) + place(RAGS, rag);
}
