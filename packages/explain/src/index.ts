export * from "./document.ts";
export * from "./lines.ts";
