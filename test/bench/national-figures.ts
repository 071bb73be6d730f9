import { providerCode, metricCode, type NationalSize } from "./national-system.ts";

const HEADER = "period,organisation,metric,value,numerator,denominator,plan,comment\n";

/** A number from 0 to 1 that is the same for the same place, whatever the order. */
function chance(a: number, b: number, c: number): number {
  let x = (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

/** A figure about 90, seldom below a limit: about one series in thirty stands at any time. */
export function figure(provider: number, metric: number, month: number): number {
  const level = 88 + 8 * chance(provider, metric, -1);
  const trouble = chance(provider, metric, Math.floor(month / 7)) < 0.03 ? 14 : 0;
  return Math.round((level - trouble + 3 * (chance(provider, metric, month) - 0.5)) * 10) / 10;
}

/** The canonical file of some providers and months, and how many rows it has. */
export function nationalFile(
  { metrics }: NationalSize,
  { providers, months }: { providers: readonly number[]; months: readonly string[] },
): { csv: string; rows: number } {
  let csv = HEADER;
  for (const provider of providers) {
    const code = providerCode(provider);
    for (let metric = 0; metric < metrics; metric++) {
      for (const month of months)
        csv += `${month},${code},${metricCode(metric)},${figure(provider, metric, placeOf(month))},,,,\n`;
    }
  }
  return { csv, rows: providers.length * metrics * months.length };
}

const placeOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
