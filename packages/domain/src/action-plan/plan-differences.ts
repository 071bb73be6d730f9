import type { PlanBody, PlannedAction, PlannedPath } from "./plan-body.ts";

/** One thing in which a plan differs from the one before; of an action or a path with what it is of. */
export type PlanDifference =
  | { readonly of: "text"; readonly field: (typeof TEXTS)[number] }
  | { readonly of: "cost"; readonly before: number | null; readonly after: number | null }
  | { readonly of: "action-added" | "action-dropped"; readonly number: number; readonly what: string }
  | {
      readonly of: "action-changed";
      readonly number: number;
      readonly what: string;
      readonly fields: readonly (typeof FIELDS)[number][];
      readonly before: PlannedAction;
      readonly after: PlannedAction;
    }
  | {
      readonly of: "path";
      readonly metric: string;
      readonly organisation: string;
      readonly values: readonly {
        readonly period: number;
        readonly before: number | null;
        readonly after: number | null;
      }[];
    };

const TEXTS = ["what", "why", "risks", "help", "activity"] as const;
const FIELDS = ["what", "owner", "startsOn", "dueOn", "effect"] as const;

/** In what one plan differs from the one before it, in the order of its parts; empty where they say the same. */
export function planDifferences(before: PlanBody, after: PlanBody): PlanDifference[] {
  return [
    ...TEXTS.flatMap((field): PlanDifference[] =>
      before[field].trim() === after[field].trim() ? [] : [{ of: "text", field }],
    ),
    ...actionDifferences(before.actions, after.actions),
    ...pathDifferences(before.path, after.path),
    ...(before.cost === after.cost ? [] : [{ of: "cost" as const, before: before.cost, after: after.cost }]),
  ];
}

function actionDifferences(before: readonly PlannedAction[], after: readonly PlannedAction[]): PlanDifference[] {
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [one.number, one])));
  const numbers = [...new Set([...before, ...after].map(({ number }) => number))].toSorted((a, b) => a - b);
  return numbers.flatMap((number): PlanDifference[] => {
    const [old, now] = [was?.get(number), is?.get(number)];
    if (old === undefined) return now === undefined ? [] : [{ of: "action-added", number, what: now.what }];
    if (now === undefined) return [{ of: "action-dropped", number, what: old.what }];
    const fields = FIELDS.filter((field) => !isSame(old[field], now[field]));
    return fields.length === 0
      ? []
      : [{ of: "action-changed", number, what: now.what, fields, before: old, after: now }];
  });
}

function pathDifferences(before: readonly PlannedPath[], after: readonly PlannedPath[]): PlanDifference[] {
  const keyOf = ({ metric, organisation }: PlannedPath) => `${metric}\n${organisation}`;
  const paths = new Map([...before, ...after].map((path) => [keyOf(path), path]));
  return [...paths].flatMap(([key, { metric, organisation }]): PlanDifference[] => {
    const [was, is] = [before, after].map((list) => valuesOf(list.find((path) => keyOf(path) === key)));
    const periods = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].toSorted((a, b) => a - b);
    const values = periods.flatMap((period) => {
      const [old, now] = [was?.get(period) ?? null, is?.get(period) ?? null];
      return old === now ? [] : [{ period, before: old, after: now }];
    });
    return values.length === 0 ? [] : [{ of: "path", metric, organisation, values }];
  });
}

function valuesOf(path: PlannedPath | undefined): Map<number, number> {
  return new Map((path?.values ?? []).flatMap(({ period, value }) => (value === null ? [] : [[period, value]])));
}

function isSame(one: PlannedAction[(typeof FIELDS)[number]], other: typeof one): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
