import type { TestFile } from "../harness/api-client.ts";
import { chances, type Figure, fileOf } from "../harness/invented-figures.ts";
import { months } from "../harness/invented-health-system.ts";

/** A working moment at which every submission day of the files has passed, and the last two months are still news. */
export const NOW = "2025-01-20T10:00:00Z";

const PROVIDERS = ["NW", "SW", "EX"];

/** Forty-eight months of the invented system's figures, a file a month, in which providers get into trouble and out again. */
export function monthsInFlight(seed: number): TestFile[] {
  const chance = chances(seed);
  const trouble = new Map(PROVIDERS.map((code) => [code, 0]));
  return months("2021-01", 48).map((period, at) => {
    for (const [code, deep] of trouble) trouble.set(code, nextTrouble(deep, chance()));
    // The last month finds two providers in trouble and one out of it, so that there is much to tell.
    if (at === 47) for (const [code, deep] of trouble) trouble.set(code, code === "EX" || deep < 8 ? 14 : deep);
    const figures = PROVIDERS.flatMap((code) => figuresOf(code, { period, chance, trouble: trouble.get(code) ?? 0 }));
    const issued = Temporal.PlainYearMonth.from(period).add({ months: 1 }).toPlainDate({ day: 12 }).toString();
    return fileOf("ICS", figures, { issued, filename: `figures-${period}.csv` });
  });
}

function nextTrouble(deep: number, chance: number): number {
  if (deep === 0) return chance < 0.2 ? 4 : 0;
  return chance < 0.15 ? 0 : Math.min(deep + 3, 16);
}

function figuresOf(
  organisation: string,
  { period, chance, trouble }: { period: string; chance: () => number; trouble: number },
): Figure[] {
  const figures: Figure[] = [];
  const places = organisation === "NW" ? ["NW-A", "NW-B"] : [organisation];
  const add = (metric: string, value: number): void => {
    if (chance() > 0.03) figures.push({ organisation, metric, period, value });
  };
  for (const place of places) {
    const denominator = 500 + Math.round(chance() * 500);
    const numerator = Math.round((denominator * (88 - trouble - chance() * 6)) / 100);
    figures.push({ organisation: place, metric: "wait-4h", period, numerator, denominator });
    figures.push({ organisation: place, metric: "ambulance", period, value: Math.round(chance() * 60 + trouble * 9) });
  }
  add("elective", Math.round(200 - trouble * 1.5 - chance() * 8));
  add("waiters", Math.round(300 + chance() * 60 + trouble * 14));
  add("falls", Math.round(100 * (1.5 + chance() + trouble / 4)) / 100);
  add("never", chance() < 0.04 ? 1 : 0);
  return figures;
}
