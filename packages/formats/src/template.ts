import { z } from "zod";

const pattern = z.string().refine(isPattern, "is no regular expression");
const column = z.string().min(1);
const whatItMeans = z.enum(["no-value", "zero"]).default("no-value");

/** Columns that are added up, less those that are taken away. */
const sum = z.strictObject({ plus: z.array(column).min(1), minus: z.array(column).default([]) });

const condition = z.strictObject({
  column,
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  equals: z.number().optional(),
});

const metric = z
  .strictObject({
    metric: z.string().min(1),
    value: sum.optional(),
    numerator: sum.optional(),
    denominator: sum.optional(),
    /** Whether values stand as 0.946 for 94.6 %. */
    fractions: z.boolean().default(false),
    /** Where all conditions of one entry hold, the value is kept out. */
    suspect: z.array(z.strictObject({ all: z.array(condition).min(1), says: z.string().min(1) })).default([]),
  })
  .refine(
    ({ value, numerator, denominator }) => (numerator ? denominator : value && !denominator),
    "needs a value, or a numerator and a denominator, and not half of them",
  );

/** Patterns name their parts: `period` in a notation of the contract, or `month` (a name or a number) and `year`. */
const periodSource = z.discriminatedUnion("from", [
  z.strictObject({ from: z.literal("cell"), column, pattern: pattern.optional() }),
  z.strictObject({ from: z.literal("filename"), pattern }),
  z.strictObject({ from: z.literal("heading"), pattern }),
]);

const schema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/, "is made of small letters, digits and hyphens"),
    title: z.string().min(1),
    source: z.string().default(""),
    /** Among how many first rows the header is looked for. */
    headerWithin: z.int().min(1).max(200).default(30),
    /** Our name for a column, with the headers it has had. */
    columns: z.record(
      column,
      z.strictObject({ headers: z.array(z.string().min(1)).min(1), optional: z.boolean().default(false) }),
    ),
    /** Headers that are known and not used. */
    ignore: z.array(z.string()).default([]),
    period: periodSource,
    organisation: z.strictObject({ column, codes: z.record(z.string(), z.string()).default({}) }),
    metrics: z.array(metric).min(1),
    /** What "-" and an empty cell mean in the columns that metrics are made of. */
    dash: whatItMeans,
    empty: whatItMeans,
    /** Rows to pass over: totals and notes. */
    passOver: z.array(z.strictObject({ column, pattern })).default([]),
    /** The table ends where a row's first filled cell matches one of these. */
    endsAt: z.array(pattern).default([]),
    /** Where an issue date stands, best first; patterns name `day`, `month` and `year`. */
    issued: z.array(z.strictObject({ from: z.enum(["filename", "heading"]), pattern })).default([]),
  })
  .superRefine((template, check) => {
    for (const { path, name } of columnsNamed(template)) {
      if (Object.hasOwn(template.columns, name)) continue;
      check.addIssue({ code: "custom", path, message: `names the column ${name}, which "columns" does not have` });
    }
    const parts = template.period.pattern;
    if (
      parts !== undefined &&
      !/\(\?<period>/.test(parts) &&
      !(/\(\?<month>/.test(parts) && /\(\?<year>/.test(parts))
    ) {
      check.addIssue({ code: "custom", path: ["period", "pattern"], message: "must name period, or month and year" });
    }
    for (const [place, { pattern: text }] of template.issued.entries()) {
      if (["day", "month", "year"].every((part) => text.includes(`(?<${part}>`))) continue;
      check.addIssue({ code: "custom", path: ["issued", place, "pattern"], message: "must name day, month and year" });
    }
  });

/** A layout of somebody else's, as data: how its columns and rows become canonical rows (contract section 5). */
export type Template = z.output<typeof schema>;
export type TemplateMetric = Template["metrics"][number];
export type Sum = z.output<typeof sum>;

/** Reads a template from what a JSON file holds; faults as "metrics[0].suspect: …", or the template. */
export function parseTemplate(json: unknown): { template: Template } | { faults: string[] } {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { template: parsed.data };
  return { faults: parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`) };
}

/** Compiles a template's pattern; case never matters. */
export function patternOf(text: string): RegExp {
  return new RegExp(text, "iu");
}

function isPattern(text: string): boolean {
  try {
    patternOf(text);
    return true;
  } catch {
    return false;
  }
}

function columnsNamed(template: Template): { path: (string | number)[]; name: string }[] {
  const named: { path: (string | number)[]; name: string }[] = [
    { path: ["organisation", "column"], name: template.organisation.column },
    ...template.passOver.map(({ column: name }, place) => ({ path: ["passOver", place, "column"], name })),
  ];
  if (template.period.from === "cell") named.push({ path: ["period", "column"], name: template.period.column });
  for (const [place, { value, numerator, denominator, suspect }] of template.metrics.entries()) {
    for (const [part, of] of Object.entries({ value, numerator, denominator })) {
      for (const name of of ? [...of.plus, ...of.minus] : []) named.push({ path: ["metrics", place, part], name });
    }
    for (const { column: name } of suspect.flatMap(({ all }) => all))
      named.push({ path: ["metrics", place, "suspect"], name });
  }
  return named;
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the template";
  return path
    .map((part, depth) => (typeof part === "number" ? `[${part}]` : `${depth > 0 ? "." : ""}${String(part)}`))
    .join("");
}
