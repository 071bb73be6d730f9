/** What one row gives for one metric; used again for each row, so that a million rows make no more objects. */
export class Outcome {
  value: number | null = null;
  noValue: string | null = null;
  mark: string | null = null;
  numerator: number | null = null;
  denominator: number | null = null;
  /** Whether the value stood in the file as a bare number. */
  bare = false;

  clear(): void {
    this.value = null;
    this.noValue = null;
    this.mark = null;
    this.numerator = null;
    this.denominator = null;
    this.bare = false;
  }
}
