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

/** Where something stands among those of a mail that might be pictured: the worst has the lowest. */
export function worseFirst({ tier, rag }: { readonly tier?: unknown; readonly rag?: unknown }): number {
  const place = (words: readonly string[], word: unknown) =>
    typeof word === "string" && words.includes(word) ? words.indexOf(word) : words.length;
  return 10 * place(TIERS, tier) + place(RAGS, rag);
}
