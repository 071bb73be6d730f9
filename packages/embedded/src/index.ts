export { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded.ts";
export type { LaunchOptions } from "./launch.ts";
export { wasStarted } from "./place.ts";
