import { readRisks, RISK_COLUMNS } from "@signalbox/catalogue";
import type { CurrentCatalogue, RiskRow } from "@signalbox/db";
import type { Caller } from "../callers.ts";
import { csvOf } from "../csv.ts";
import { keepsRegister } from "./who-may.ts";

/** What a form held, as it was typed. */
export type TypedRisk = Readonly<Record<(typeof RISK_COLUMNS)[number], string>>;

/** What is wrong, by field. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

const LABELS: TypedRisk = {
  organisation: "organisation",
  reference: "reference",
  title: "risk in a few words",
  likelihood: "likelihood",
  impact: "impact",
  reviewed_on: "day of the last review",
  owner: "owner",
};

export interface RiskReader {
  readonly caller: Caller;
  readonly catalogue: CurrentCatalogue;
  readonly today: Temporal.PlainDate;
}

/** Text of a form's field; "" for what is none. */
export function fieldOf(body: unknown, name: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
}

/** The fields of a risk as a form held them. */
export function typedRisk(body: unknown): TypedRisk {
  return Object.fromEntries(RISK_COLUMNS.map((column) => [column, fieldOf(body, column)])) as TypedRisk;
}

/** A risk that was typed, read by the checks of the register's file; or what is wrong with it, by field. */
export async function readTyped(
  typed: TypedRisk,
  { caller, catalogue, today }: RiskReader,
): Promise<{ risk: RiskRow | null; errors: FieldError[] }> {
  const csv = csvOf([RISK_COLUMNS, RISK_COLUMNS.map((column) => typed[column].replace(/\s+/g, " "))]);
  const { risks, problems } = await readRisks(Buffer.from(csv), {
    organisations: catalogue.organisations.values(),
    keeps: (organisation) => keepsRegister(caller, organisation),
    today,
  });
  const errors = problems.map(({ column, message }) => {
    const label = RISK_COLUMNS.map((one) => (one === column ? LABELS[one] : "")).join("") || column;
    const text = message === "is empty" ? `Give the ${label}` : `The ${label}: ${message}`;
    return { field: column, text };
  });
  return { risk: errors.length === 0 ? (risks[0] ?? null) : null, errors };
}
