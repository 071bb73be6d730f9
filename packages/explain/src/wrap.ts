export const WIDTH = 80;

interface Shape {
  readonly indent?: number;
  /** How much further in the lines after the first are. */
  readonly hang?: number;
  readonly width?: number;
}

/** A paragraph as lines of at most `width` columns, 80 if left out; only a longer word makes a longer line. */
export function wrap(text: string, { indent = 0, hang = 0, width = WIDTH }: Shape = {}): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const margin = indent + (lines.length === 0 ? 0 : hang);
    if (line !== "" && margin + line.length + 1 + word.length > width) {
      lines.push(" ".repeat(margin) + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, " ".repeat(indent + (lines.length === 0 ? 0 : hang)) + line];
}
