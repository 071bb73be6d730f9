import { stat } from "node:fs/promises";
import { UsageError } from "./usage-error.ts";

/** The folder as given, if it is one. Throws UsageError otherwise. */
export async function existingFolder(given: string): Promise<string> {
  const found = await stat(given).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw new UsageError(`${given}: there is no such folder, or it cannot be read (${found.code ?? found.message}).`);
  if (!found.isDirectory()) throw new UsageError(`${given}: this is a file; name the folder that holds the catalogue.`);
  return given;
}
