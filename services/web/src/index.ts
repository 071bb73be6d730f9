export { buildApp } from "./app.ts";
export { compose } from "./compose.ts";
export type { Overrides, Parts } from "./parts.ts";
