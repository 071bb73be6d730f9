import { readFileSync } from "node:fs";

/** The version of this program, as the workspace's package.json says. */
export function version(): string {
  const packageFile = new URL("../../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version;
}
