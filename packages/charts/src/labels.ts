/** A text beside the picture at a height. */
export interface Label {
  readonly text: string;
  readonly y: number;
  readonly colour: string;
}

/** The labels moved apart so that each has its own line, in order of height, none below `lowest`. */
export function movedApart(labels: readonly Label[], { line, lowest }: { line: number; lowest: number }): Label[] {
  const placed = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }));
  for (let at = 1; at < placed.length; at++) {
    const [above, here] = [placed[at - 1], placed[at]];
    if (above && here && here.y - above.y < line) here.y = above.y + line;
  }
  let floor = lowest;
  for (const label of placed.toReversed()) {
    label.y = Math.min(label.y, floor);
    floor = label.y - line;
  }
  return placed;
}
