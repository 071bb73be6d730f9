const LONGEST = 120;

/**
 * A file's name as it may stand on a page and in a header: without folders, control characters, marks that turn writing round or
 * hide, and halves of characters; not longer than 120, its ending kept. Null where nothing is left.
 */
export function evidenceName(sent: string | undefined): string | null {
  const plain = (sent ?? "")
    .replace(/^.*[\\/]/s, "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, "")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (plain.length <= LONGEST) return plain === "" ? null : plain;
  const ending = endingOf(plain);
  const short = plain.slice(0, LONGEST - ending.length).replace(/\p{Cs}$/u, "");
  return `${short.trimEnd()}${ending}`;
}

/** How a name ends, in small letters: ".pdf"; "" where it does not end so. */
export function endingOf(name: string): string {
  return /\.[a-z0-9]{1,5}$/i.exec(name)?.[0].toLowerCase() ?? "";
}

/** A header by which a browser saves a file under its name and never shows it. */
export function attachmentHeader(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/["\\%]/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain.trim() || "evidence"}"; filename*=UTF-8''${whole}`;
}
