export type { CanonicalRow, MetricNotation } from "./canonical-row.ts";
export { type CanonicalRows, noRows, type RowParts, rowsOf } from "./canonical-rows.ts";
export { MEDIA_TYPES, mediaTypeOf } from "./media-types.ts";
export type { Problem } from "./problem.ts";
export type { ReadRequest, ReadResult } from "./read-result.ts";
export { readInWorker } from "./in-worker/read-in-worker.ts";
export { readSubmission } from "./read-submission.ts";
export type { Template } from "./template.ts";
export { findTemplate, loadTemplates, shippedTemplates, TemplateFault } from "./load-templates.ts";
