const LONGEST = 150;

/**
 * What a fetched file is called: by its Content-Disposition, else by the last part of its address. Folders, control
 * characters and leading points are taken away, so that it is never more than a name.
 */
export function filenameOf(disposition: string | undefined, address: URL, otherwise: string): string {
  const named = [extended(disposition), plain(disposition), decoded(address.pathname)];
  return named.map((name) => (name === null ? "" : safe(name))).find((name) => name !== "") ?? otherwise;
}

/** filename*=UTF-8''April%202024.csv (RFC 6266). */
function extended(disposition = ""): string | null {
  const text = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;]+)/i.exec(`;${disposition}`)?.[1];
  return text === undefined ? null : decoded(text.trim());
}

function plain(disposition = ""): string | null {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(`;${disposition}`) ?? [];
  return quoted?.replaceAll(/\\(.)/g, "$1") ?? token ?? null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: it is taken as it stands.
    return text;
  }
}

/** The end of the name is kept where it is too long, for it says what kind of file it is. */
function safe(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replace(/^[.~]+/, "")
    .slice(-LONGEST);
}
