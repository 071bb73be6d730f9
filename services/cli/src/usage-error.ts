/** Wrong usage or settings: each line says what to do, and the program ends with 2. */
export class UsageError extends Error {
  readonly retry = false;
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "UsageError";
    this.lines = lines;
  }
}
