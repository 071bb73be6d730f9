import type { Metric } from "@signalbox/db";
import { formatPeriod, parseValue, type Period } from "@signalbox/domain";
import { z } from "zod";

export const ANSWERS = { value: "A value", nil: "Nil return", na: "Not applicable", leave: "Leave out" } as const;
type Answer = keyof typeof ANSWERS;

/** What somebody typed for one metric. */
export const typedFigure = z.object({
  answer: z.enum(["value", "nil", "na", "leave"]),
  value: z.string(),
  /** Of a ratio: what the value is made of, so that a figure above can be made of it too. */
  numerator: z.string().default(""),
  denominator: z.string().default(""),
  comment: z.string(),
});
export type TypedFigure = z.infer<typeof typedFigure>;

/** What somebody typed on the whole page, as its draft keeps it. */
export const typedFigures = z.object({
  organisation: z.string(),
  period: z.string(),
  figures: z.record(z.string(), typedFigure),
});
export type TypedFigures = z.infer<typeof typedFigures>;

const LONGEST_VALUE = 100;
const LONGEST_COMMENT = 1000;
/** A cell in which nothing was typed. */
export const NOTHING: TypedFigure = { answer: "value", value: "", numerator: "", denominator: "", comment: "" };

/** Reads a form's fields `answer:CODE`, `value:CODE`, `numerator:CODE`, `denominator:CODE` and `comment:CODE`; whatever is not understood counts as nothing. */
export function typedIn(
  fields: Readonly<Record<string, unknown>>,
  metrics: readonly string[],
): Readonly<Record<string, TypedFigure>> {
  const text = (name: string, longest: number) => {
    const field = fields[name];
    return typeof field === "string"
      ? field
          .trim()
          .replace(/\p{Cc}+/gu, " ")
          .slice(0, longest + 1)
      : "";
  };
  return Object.fromEntries(
    metrics.map((code) => {
      const answer = text(`answer:${code}`, 10);
      return [
        code,
        {
          answer: Object.hasOwn(ANSWERS, answer) ? (answer as Answer) : "value",
          value: text(`value:${code}`, LONGEST_VALUE),
          numerator: text(`numerator:${code}`, LONGEST_VALUE),
          denominator: text(`denominator:${code}`, LONGEST_VALUE),
          comment: text(`comment:${code}`, LONGEST_COMMENT),
        },
      ];
    }),
  );
}

/** What is wrong with one cell, in words that say what to do. */
export function faultOf(
  figure: TypedFigure,
  metric: Pick<Metric, "name" | "unit" | "scale">,
): { readonly field: "value" | "numerator" | "denominator" | "comment"; readonly text: string } | null {
  const { answer, value, comment } = figure;
  if (comment.length > LONGEST_COMMENT) {
    return { field: "comment", text: `${metric.name}: use at most ${LONGEST_COMMENT} characters in the comment` };
  }
  if (answer === "leave") return null;
  if (answer !== "value") {
    if (value === "" && !hasParts(figure)) return null;
    return {
      field: "value",
      text: `${metric.name}: empty the value, or choose "${ANSWERS.value}" instead of "${ANSWERS[answer]}"`,
    };
  }
  if (hasParts(figure)) {
    const wrong = (["numerator", "denominator"] as const).find((part) => partIn(figure[part]) === null);
    if (wrong !== undefined) {
      return { field: wrong, text: `${metric.name}: enter the ${wrong} as a number, or leave both parts empty` };
    }
    if (value === "") return null;
  }
  if (value === "") {
    return comment === ""
      ? null
      : { field: "value", text: `${metric.name}: enter a value for your comment to go with` };
  }
  if (value.length > LONGEST_VALUE) return { field: "value", text: `${metric.name}: the value is too long` };
  const parsed = parseValue(value, metric);
  return parsed.kind === "problem" ? { field: "value", text: `${metric.name}: ${parsed.message}` } : null;
}

/** Whether a figure is among those that are sent. */
export function isSent(figure: TypedFigure): boolean {
  const { answer, value } = figure;
  return answer === "nil" || answer === "na" || (answer === "value" && (value !== "" || hasParts(figure)));
}

/** Whether anything was typed of what a ratio is made of. */
export function hasParts({ numerator, denominator }: Pick<TypedFigure, "numerator" | "denominator">): boolean {
  return numerator !== "" || denominator !== "";
}

/** A numerator or denominator; null where it is no number. */
function partIn(text: string): number | null {
  const parsed = parseValue(text, { unit: "rate", scale: [] });
  return parsed.kind === "value" && text.length <= LONGEST_VALUE ? parsed.value : null;
}

/** The canonical file of what was typed, and its name; metrics that were left out have no row. */
export function canonicalFile(
  { organisation, period, figures }: Omit<TypedFigures, "period"> & { period: Period },
  frequency: Metric["frequency"],
): { readonly filename: string; readonly bytes: Buffer } {
  const written = formatPeriod(period, frequency);
  const rows = Object.entries(figures)
    .filter(([, figure]) => isSent(figure))
    .map(([metric, figure]) => {
      const { numerator, denominator, comment } = figure;
      return [written, organisation, metric, valueCell(figure), numerator, denominator, comment];
    });
  const lines = [["period", "organisation", "metric", "value", "numerator", "denominator", "comment"], ...rows].map(
    (row) => row.map(quoted).join(","),
  );
  const name = `typed-${organisation}-${written}`.replace(/[^\w.-]+/g, "-");
  return { filename: `${name}.csv`, bytes: Buffer.from(`${lines.join("\r\n")}\r\n`) };
}

function valueCell({ answer, value }: TypedFigure): string {
  return answer === "nil" ? "nil" : answer === "na" ? "N/A" : value;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What nobody has typed yet. */
export function nothingTyped(metrics: readonly string[]): Readonly<Record<string, TypedFigure>> {
  return Object.fromEntries(metrics.map((code) => [code, NOTHING]));
}
