import { type ProposedCells, PROPOSED_COLUMNS } from "@signalbox/catalogue";

/** What the fields of a limit are called. */
export const LABELS = {
  metric: "Metric",
  organisation: "Organisation",
  level: "Level",
  basis: "Compared with",
  board: "Board limit",
  slt: "SLT limit",
  from: "From month",
  to: "To month",
} as const;

/** What a column is called on the form, within a sentence. */
export const labelOf = (column: string) => {
  const label = isColumn(column) ? LABELS[column as keyof typeof LABELS] : column;
  return label.startsWith("SLT") ? label : label.toLowerCase();
};

/** What a figure is compared by, in words. */
export const BASIS_WORDS = {
  value: "The value itself",
  variance: "Difference from plan",
  "percent-variance": "Percent of plan",
} as const;

/** Whether a fault is at a field of the form. */
export const isColumn = (column: string) => (PROPOSED_COLUMNS as readonly string[]).includes(column);
/** Whether nothing was typed into a limit. */
export const isBlank = (row: ProposedCells) =>
  PROPOSED_COLUMNS.every((column) => column === "basis" || row[column].trim() === "");
