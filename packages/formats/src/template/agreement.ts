import { columnsNamed } from "./columns-named.ts";
import type { Layout } from "./layout.ts";
import type { Measure } from "./metric.ts";

export interface Fault {
  path: (string | number)[];
  message: string;
}

/** What each part of a template is right in, and wrong beside the others. */
export function disagreements(template: Layout): Fault[] {
  return [
    ...unknownColumns(template),
    ...aroundWithoutCode(template),
    ...measuresOf(template).flatMap(wrongIn(template)),
  ];
}

function unknownColumns(template: Layout): Fault[] {
  const faults: Fault[] = [];
  for (const { path, name, adds } of columnsNamed(template)) {
    const spec = Object.hasOwn(template.columns, name) ? template.columns[name] : undefined;
    if (spec === undefined) {
      const known = Object.keys(template.columns).join(", ") || "none";
      faults.push({ path, message: `names the column ${name}, which "columns" does not have (it has ${known})` });
    } else if ("every" in spec && !adds) {
      faults.push({ path, message: `names ${name}, which is many columns: they can be added up and nothing else` });
    }
  }
  return faults;
}

function aroundWithoutCode({ organisation }: Layout): Fault[] {
  const { pattern } = organisation;
  if (pattern === undefined || pattern.includes("(?<code>")) return [];
  return [{ path: ["organisation", "pattern"], message: "must name its part: code" }];
}

type Placed = { measure: Measure; path: (string | number)[] };

function measuresOf({ metrics }: Layout): Placed[] {
  if (!Array.isArray(metrics)) return [{ measure: metrics, path: ["metrics"] }];
  return metrics.map((measure, at) => ({ measure, path: ["metrics", at] }));
}

function wrongIn({ period, metrics }: Layout): (placed: Placed) => Fault[] {
  const across = period.from === "headers" || (!Array.isArray(metrics) && metrics.from === "headers");
  return ({ measure, path }) => {
    const faults: Fault[] = [];
    const fault = (key: string, message: string): unknown => faults.push({ path: [...path, key], message });
    const { value, numerator, months, checks, over, plan } = measure;
    if (across && (value ?? numerator) !== undefined)
      fault("value", "says which columns hold the value, but periods or metrics stand across: leave it out");
    if (!across && (value ?? numerator) === undefined)
      faults.push({ path, message: "needs a value, or a numerator and a denominator" });
    if (months !== undefined && period.from !== "dates")
      fault("months", 'is of use only where the period is "from": "dates"');
    if (across && over !== undefined)
      fault("over", "cannot be added up over rows where periods or metrics stand across");
    if (over !== undefined && plan !== undefined) fault("plan", "cannot be added up over rows");
    for (const [at, check] of checks.entries()) {
      if (check.check === "percent" && numerator === undefined)
        fault(`checks[${at}]`, "compares with numerator and denominator, which this metric does not give");
      if (over !== undefined && check.check !== "range")
        fault(`checks[${at}]`, "looks at one row's cells; a sum over rows can have a range alone");
      if (check.check === "capped" && value === undefined && !across)
        fault(
          `checks[${at}]`,
          "looks at the value's cell, and this metric has none; a percent check sees capped shares",
        );
    }
    if (period.from === "headers" && !Array.isArray(metrics) && metrics.from === "headers")
      fault("from", "cannot stand across where periods do");
    return faults;
  };
}
