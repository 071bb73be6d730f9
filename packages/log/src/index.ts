export { type LogOptions, type Logger, openLog } from "./open-log.ts";
export { redact } from "./redact.ts";
