/** The name of a file as a browser sent it, without folders and control characters; null where none is left. */
export function plainFilename(sent: string | undefined): string | null {
  const name = sent
    ?.replace(/^.*[\\/]/s, "")
    .replace(/\p{Cc}/gu, "")
    .slice(0, 300);
  return name || null;
}
