export { compose, type EvaluatorParts } from "./compose.ts";
