import type { MetricRules } from "../metric.ts";

/** A measure with an invented value, against an invented target or none: only the counts are the report's. */
export interface Against {
  readonly name: string;
  readonly metric: Pick<MetricRules, "better" | "unit">;
  readonly value: number;
  readonly target: number | null;
}

interface Domain {
  readonly measures: readonly Against[];
  /** Below by 10 % or more, below by less, met, no target; with a target, % met. */
  readonly expected: readonly [number, number, number, number, number, number | null];
}

const measure = (
  name: string,
  [better, unit]: readonly [MetricRules["better"], MetricRules["unit"]],
  [value, target]: readonly [value: number, target?: number],
): Against => ({ name, metric: { better, unit }, value, target: target ?? null });

const SHARE = ["higher", "percent"] as const;
const FEWER = ["lower", "count"] as const;
const untargeted = (name: string, value: number): Against => measure(name, FEWER, [value]);

/**
 * The counts of Oxford Health's board report of the second quarter of 2019, for tests: every measure is placed by the real
 * rules, none is counted by hand.
 */
export const boardReport: Readonly<Record<string, Domain>> = {
  "Quality of Care": {
    measures: [
      measure("Follow-up within seven days", SHARE, [79.1, 95]),
      measure("Early intervention within two weeks", SHARE, [53.4, 56]),
      measure("Infections", FEWER, [0, 0]),
      measure("Care plans reviewed", SHARE, [96.2, 95]),
      untargeted("Falls with harm", 14),
      untargeted("Pressure ulcers", 22),
      untargeted("Complaints", 51),
      untargeted("Restraints", 117),
      untargeted("Absences without leave", 9),
      untargeted("Medication errors", 63),
      untargeted("Assaults on staff", 38),
      untargeted("Seclusions", 12),
      measure("Ward occupancy", ["neither", "percent"], [91.4, 85]),
    ],
    expected: [1, 1, 2, 9, 4, 50],
  },
  "Operational Performance": {
    measures: [
      measure("Talking therapies within six weeks", SHARE, [88.3, 75]),
      measure("Talking therapies within eighteen weeks", SHARE, [99.1, 95]),
      measure("Moved to recovery", SHARE, [50, 50]),
      measure("Urgent contacts in time", ["lower", "duration"], [6900, 7200]),
      measure("Out of area bed days", FEWER, [212, 240]),
      measure("Returns of data in good order", ["higher", "yesno"], [1, 1]),
      untargeted("Referrals", 4210),
      untargeted("Delayed discharges", 31),
      untargeted("Contacts", 30_112),
    ],
    expected: [0, 0, 6, 3, 6, 100],
  },
  "Organisational Health": {
    measures: [
      measure("Sickness", ["lower", "percent"], [4.6]),
      measure("Vacancies", ["lower", "percent"], [11.2]),
      measure("Agency spend", ["lower", "money"], [5_900_000]),
    ],
    expected: [0, 0, 0, 3, 0, null],
  },
};

export const together: Domain["expected"] = [1, 1, 8, 15, 10, 80];
