export { type AuditorOverrides, type AuditorParts, compose } from "./compose.ts";
