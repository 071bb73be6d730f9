import type { Rating } from "@signalbox/domain";

/** How a rating is shown: by word and shape, never by colour alone; the shapes are those of RAG. */
export const RATING_MARKS: Readonly<
  Record<Rating, { readonly word: string; readonly shape: string; readonly says: string }>
> = {
  complete: { word: "Complete", shape: "●", says: "It is done" },
  "on-track": { word: "On track", shape: "●", says: "It will be done by its day" },
  "off-track": { word: "Off track", shape: "◆", says: "Late by less than a month, and being put right" },
  overdue: { word: "Overdue", shape: "▲", says: "Late by more than a month, or it cannot be done" },
};

/** The same of embedding, whose complete is a word of its own. */
export function embeddingWord(rating: Rating): string {
  return rating === "complete" ? "Complete and embedded" : RATING_MARKS[rating].word;
}
