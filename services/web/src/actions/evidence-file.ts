import type { NewEvidence } from "@signalbox/db";
import { fileTypeFromBuffer } from "file-type";
import { endingOf, evidenceName } from "./evidence-name.ts";

/** Bytes. */
export const LARGEST_EVIDENCE = 10 * 1024 * 1024;

const OFFICE = "application/vnd.openxmlformats-officedocument";
/** What is taken, by how its name ends, and as what it must show itself. Text shows itself as nothing else. */
const TAKEN: Readonly<Record<string, string>> = {
  ".pdf": "application/pdf",
  ".docx": `${OFFICE}.wordprocessingml.document`,
  ".xlsx": `${OFFICE}.spreadsheetml.sheet`,
  ".pptx": `${OFFICE}.presentationml.presentation`,
  ".odt": "application/vnd.oasis.opendocument.text",
  ".ods": "application/vnd.oasis.opendocument.spreadsheet",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".txt": "text/plain",
  ".csv": "text/csv",
};

/** As an `accept` of a form, and in words. */
export const ENDINGS_TAKEN = Object.keys(TAKEN);
const IN_WORDS = `${ENDINGS_TAKEN.slice(0, -1).join(", ")} or ${ENDINGS_TAKEN.at(-1)}`;

/** A file as evidence, or what is wrong with it, as a person reads it. */
export type ReadEvidence = { readonly evidence: NewEvidence } | { readonly problem: string };

/**
 * Reads a file that somebody sends as evidence: how large it is, what its name says it is, and what its bytes say. Nothing in it
 * is opened.
 */
export async function readEvidenceFile(sent: string | undefined, bytes: Buffer): Promise<ReadEvidence> {
  if (bytes.length > LARGEST_EVIDENCE)
    return { problem: "The file is larger than 10 MB. Send a smaller one, or a link to it" };
  if (bytes.length === 0) return { problem: "The file is empty. Choose another one" };
  const name = evidenceName(sent);
  if (name === null) return { problem: "The file has no name. Give it one that says what it shows" };
  const mediaType = TAKEN[endingOf(name)];
  if (mediaType === undefined) return { problem: `This kind of file is not taken. Send one that ends in ${IN_WORDS}` };
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const isText = mediaType.startsWith("text/");
  const isAsNamed = isText ? found === undefined && isPlainText(bytes) : found?.mime === mediaType;
  if (!isAsNamed)
    return { problem: `What is in the file is not what its name says. Save it as ${endingOf(name)} and send it again` };
  return { evidence: { kind: "file", name, mediaType, bytes } };
}

/** Text holds no control characters but tabs and line ends; old spreadsheets write it in one byte a letter. */
function isPlainText(bytes: Buffer): boolean {
  return bytes.every((byte) =>
    byte >= 0x20 ? byte !== 0x7f : byte === 9 || byte === 10 || byte === 12 || byte === 13,
  );
}

const LONGEST_LINK = 2000;

/** Reads a link that somebody gives as evidence: to the web, and with nobody's password in it. */
export function readEvidenceLink(address: string, name: string): ReadEvidence {
  const url = address.length > LONGEST_LINK ? null : URL.parse(address.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    return { problem: "Give the whole address of a page, such as https://example.org/minutes" };
  if (url.username !== "" || url.password !== "")
    return { problem: "There is a name or password in the address. Leave it out" };
  const called = evidenceName(name.replaceAll(/[\\/]/g, " ")) ?? url.host;
  return { evidence: { kind: "link", name: called, url: url.href } };
}
