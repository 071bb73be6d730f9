export { compose, type IngestionParts, type Overrides } from "./compose.ts";
