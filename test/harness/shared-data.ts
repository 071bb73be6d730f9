import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real statistics and their catalogues lie beside the project, on machines that have them, and are never part of it. */
const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** A path under ../shared, or null where it is not on this machine. */
export function sharedPath(path: string): string | null {
  return existsSync(`${shared}${path}`) ? `${shared}${path}` : null;
}
