import type { Organisation } from "./catalogue.ts";
import { filesInMemory } from "./catalogue-files.ts";
import type { Cells } from "./cells.ts";
import { Codes } from "./codes.ts";
import type { Problem } from "./problem.ts";
import { readTable } from "./read-table.ts";
import { Repeats } from "./repeats.ts";

/** The columns of a risk register's file, in the order in which it leaves. */
export const RISK_COLUMNS = [
  "organisation",
  "reference",
  "title",
  "likelihood",
  "impact",
  "reviewed_on",
  "owner",
] as const;
/** What a register leaves with beside its columns: worked out, and passed over when it comes back. */
export const RISK_COLUMNS_WORKED_OUT = ["score", "review_is_stale", "cases"] as const;
type Column = (typeof RISK_COLUMNS)[number];

/** A row of a risk register's file; `reviewedOn` is "YYYY-MM-DD". */
export interface RiskInFile {
  readonly organisation: string;
  readonly reference: string;
  readonly title: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly reviewedOn: string | null;
  readonly owner: string | null;
}

const LONGEST: Readonly<Partial<Record<Column, number>>> = { reference: 64, title: 300, owner: 200 };

interface Known {
  readonly organisations: Iterable<Organisation>;
  /** Whether whoever brings the file keeps the register of an organisation. */
  readonly keeps: (organisation: string) => boolean;
  /** The day on which it is brought: nobody reviews a risk tomorrow. */
  readonly today: Temporal.PlainDate;
}

/**
 * Reads a risk register's file against the catalogue in force. What is wrong comes back by line and column, of every row at
 * once; `owner` and `reviewed_on` may be left out.
 */
export async function readRisks(
  csv: Buffer,
  { organisations, keeps, today }: Known,
): Promise<{ readonly risks: readonly RiskInFile[]; readonly problems: readonly Problem[] }> {
  const risks: RiskInFile[] = [];
  const known = Codes.of("organisation", organisations);
  const repeats = new Repeats("risk");
  const shape = {
    file: "risks.csv",
    columns: RISK_COLUMNS,
    mayLack: ["reviewed_on", "owner"] as const,
    passedOver: RISK_COLUMNS_WORKED_OUT,
  };
  const read = await readTable(filesInMemory(new Map([["risks.csv", csv]])), shape, (cells) => {
    const organisation = known.neededIn(cells, "organisation");
    if (organisation !== null && !keeps(organisation))
      cells.problem("organisation", `you do not keep the register of ${organisation}; its owners and executives do`);
    const [reference, title] = [written(cells, "reference"), written(cells, "title")];
    const [likelihood, impact] = [score(cells, "likelihood"), score(cells, "impact")];
    const reviewedOn = reviewDay(cells, today);
    const owner = cells.text("owner") === null ? null : written(cells, "owner");
    if (organisation === null || reference === null || title === null || likelihood === null || impact === null) return;
    if (cells.faulty || repeats.has(cells, "reference", [organisation, reference.toLowerCase()])) return;
    risks.push({ organisation, reference, title, likelihood, impact, reviewedOn, owner });
  });
  return { risks, problems: read.problems.all() };
}

function written(cells: Cells<Column>, column: Column): string | null {
  const text = cells.needed(column);
  const longest = LONGEST[column] ?? Infinity;
  if (text === null || text.length <= longest) return text;
  return cells.problem(column, `has ${text.length} characters; at most ${longest} are taken`);
}

function score(cells: Cells<Column>, column: Column): number | null {
  return cells.needed(column) === null ? null : cells.integer(column, 1, 5);
}

function reviewDay(cells: Cells<Column>, today: Temporal.PlainDate): string | null {
  const day = cells.day("reviewed_on");
  if (day === null || Temporal.PlainDate.compare(Temporal.PlainDate.from(day), today) <= 0) return day;
  return cells.problem("reviewed_on", `${day} is still to come: give the day of the last review`);
}
