import type { TestFile } from "../harness/api-client.ts";
import { chances, type Figure, fileOf } from "../harness/invented-figures.ts";
import { months } from "../harness/invented-health-system.ts";

const QUARTERS = ["2022/23 Q2", "2022/23 Q3", "2022/23 Q4", "2023/24 Q1", "2023/24 Q2"];

/**
 * Fifteen months of files of the invented system from one seed: each provider's own, quarter by quarter, restated ones with
 * their issue dates, gaps, months without a word, reasons for no value, sites below a provider, and the system's plans.
 * Every file has a name and an issue date of its own, so that what holds does not depend on which came later.
 */
export function monthsOfFiles(seed: number): TestFile[] {
  const chance = chances(seed);
  const files: TestFile[] = [];
  let day = Temporal.PlainDate.from("2022-05-01");
  const keep = (organisation: string, figures: readonly Figure[]): void => {
    if (figures.length === 0) return;
    day = day.add({ days: 1 });
    files.push(fileOf(organisation, figures, { issued: day.toString(), filename: `file-${files.length + 1}.csv` }));
  };
  const all = months("2022-08", 15);
  for (let from = 0; from < all.length; from += 3) {
    const some = all.slice(from, from + 3);
    const own = new Map(["NW", "SW", "EX"].map((code) => [code, figuresOf(code, some, chance)]));
    for (const [code, figures] of own) keep(code, figures);
    const quarter = QUARTERS[from / 3];
    if (quarter !== undefined) keep("ICS", surveys(quarter, chance));
    // Some of it is restated, and some of that restated back.
    for (const [code, figures] of own) {
      if (chance() < 0.5) continue;
      const restated = figures.filter(() => chance() < 0.3).map((figure) => elsewhere(figure, chance));
      keep(code, restated);
      if (chance() < 0.3)
        keep(
          code,
          figures.filter(() => chance() < 0.2),
        );
    }
  }
  return files;
}

function figuresOf(code: string, periods: readonly string[], chance: () => number): Figure[] {
  const figures: Figure[] = [];
  const trouble = chance() < 0.4 ? 12 : 0;
  for (const period of periods) {
    if (chance() < 0.1) continue;
    const add = (metric: string, value: number | string, organisation = code): void => {
      if (chance() < 0.08) figures.push({ organisation, metric, period, value: "N/A" });
      else if (chance() > 0.08) figures.push({ organisation, metric, period, value });
    };
    const places = code === "NW" ? ["NW-A", "NW-B"] : [code];
    for (const organisation of places) {
      const denominator = 500 + Math.round(chance() * 500);
      const numerator = Math.round((denominator * (86 - trouble - chance() * 10)) / 100);
      if (chance() > 0.1) figures.push({ organisation, metric: "wait-4h", period, numerator, denominator });
      add("ambulance", Math.round(chance() * (trouble === 0 ? 110 : 230)), organisation);
    }
    add("elective", Math.round(200 - trouble - chance() * 10));
    add("waiters", Math.round(300 + chance() * 260), places[0]);
    add("falls", Math.round(100 * (1.5 + chance() * (trouble === 0 ? 1.6 : 4))) / 100);
    if (chance() < 0.5) add("never", chance() < 0.1 ? 1 : 0);
  }
  return figures;
}

function surveys(period: string, chance: () => number): Figure[] {
  return ["NW", "SW", "EX", "ICS"]
    .filter(() => chance() > 0.15)
    .map((organisation) => {
      const value = Math.round(10 * (90 - chance() * 8)) / 10;
      return { organisation, metric: "survey", period, value, ...(organisation === "EX" ? { plan: 88 } : {}) };
    });
}

function elsewhere(figure: Figure, chance: () => number): Figure {
  if (figure.numerator !== undefined)
    return { ...figure, numerator: Math.round(figure.numerator * (0.85 + chance() * 0.2)) };
  if (typeof figure.value !== "number") return { ...figure, value: Math.round(chance() * 100) };
  return chance() < 0.15
    ? { ...figure, value: "-" }
    : { ...figure, value: Math.round(figure.value * (0.7 + chance() * 0.6)) };
}
