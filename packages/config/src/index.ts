export type { MailMode } from "./mail-settings.ts";
export { type Config, ConfigError, readConfig } from "./read-config.ts";
export { keptSessionSecret } from "./session-secret.ts";
