import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { mediaTypeOf } from "@signalbox/formats";
import { UsageError } from "./usage-error.ts";

export interface FileToSubmit {
  readonly path: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly isTooLarge: boolean;
}

const LARGEST = 50 * 1024 * 1024;

/** The files as named, before any is sent. Throws UsageError with a line for each that is not there. */
export async function filesToSubmit(paths: readonly string[]): Promise<FileToSubmit[]> {
  const faults: string[] = [];
  const files: FileToSubmit[] = [];
  for (const path of paths) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (found instanceof Error)
      faults.push(`${path}: there is no such file, or it cannot be read (${found.code ?? found.message}).`);
    else if (!found.isFile()) faults.push(`${path}: this is no file; name the files in it.`);
    else {
      const mediaType = mediaTypeOf(path) ?? "application/octet-stream";
      files.push({ path, filename: basename(path), mediaType, isTooLarge: found.size > LARGEST });
    }
  }
  if (faults.length > 0) throw new UsageError(...faults);
  return files;
}
