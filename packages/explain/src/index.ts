export * from "./document.ts";
export * from "./fact.ts";
export type { FigureRow } from "./figures.ts";
export * from "./lines.ts";
export * from "./sections.ts";
