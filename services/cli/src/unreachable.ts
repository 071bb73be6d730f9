import { UsageError } from "./usage-error.ts";

const SAID: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there; is the server running?",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name cannot be looked up",
  ETIMEDOUT: "the host does not answer",
  "28P01": "the password is wrong",
  "28000": "the server does not let this user in",
  "3D000": "there is no such database; create it first",
  EACCES: "it cannot be written; choose another folder",
  EROFS: "it cannot be written; choose another folder",
  ENOTDIR: "it is no folder; choose another",
  ENOSPC: "the disk is full",
};

/** What to do about a server or folder that a setting names; other errors are returned as they are. */
export function whyUnreachable(setting: string, error: unknown): unknown {
  if (error instanceof Error && error.name === "SchemaMigrationRequiredError") {
    return new UsageError("The queue's schema is not up to date. Run: npx signalbox migrate");
  }
  const code = (error as { code?: string } | null)?.code ?? "";
  const said = SAID[code];
  return said === undefined ? error : new UsageError(`${setting}: ${said} (${code}).`);
}
