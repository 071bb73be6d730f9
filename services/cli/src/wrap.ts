export const WIDTH = 80;

/** A paragraph as lines of at most 80 columns; lines after the first are set in by `hang` more. */
export function wrap(text: string, { indent = 0, hang = 0 }: { indent?: number; hang?: number } = {}): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const margin = indent + (lines.length === 0 ? 0 : hang);
    if (line !== "" && margin + line.length + 1 + word.length > WIDTH) {
      lines.push(" ".repeat(margin) + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, " ".repeat(indent + (lines.length === 0 ? 0 : hang)) + line];
}
