import type { Rag } from "@signalbox/domain";

/** How a RAG is shown: by word and shape, never by colour alone. */
export const RAG_MARKS: Readonly<Record<Rag, { readonly word: string; readonly shape: string }>> = {
  red: { word: "Red", shape: "▲" },
  amber: { word: "Amber", shape: "◆" },
  green: { word: "Green", shape: "●" },
  grey: { word: "No data", shape: "○" },
  unrated: { word: "Not rated", shape: "◇" },
};
