export { compose, type IngestionParts } from "./compose.ts";
