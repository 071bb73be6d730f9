import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { sharedPath } from "../../../../test/harness/shared-data.ts";
import { published, readAsFound, WHOLE_FILES } from "./testing/as-published.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The same name with the quarter, or the month, that comes after the one in it, as long or as short as it stands there. */
function renamed(name: string): string {
  const quarter = /Q([1-4])/.exec(name)?.[1];
  if (quarter !== undefined) return name.replace(`Q${quarter}`, `Q${(Number(quarter) % 4) + 1}`);
  const month = MONTHS.findIndex((full) => new RegExp(full.slice(0, 3), "i").test(name));
  const next = MONTHS[(month + 1) % 12] ?? "";
  const long = MONTHS[month] ?? "";
  return name.includes(long) ? name.replace(long, next) : name.replace(long.slice(0, 3), next.slice(0, 3));
}

const csv = ["ae-monthly-csv", "rtt-full-extract", "mhsds-4ww"];
const workbooks = ["dm01-xls", "beds-kh03", "cancelled-ops-qmco", "virtual-ward", "community-waits"];

describe("files whose rows say their month", () => {
  test.each([
    ["Figures-August-2024.REVISED-2025-07-10.xls", "Figures-September-2024.REVISED-2025-07-10.xls"],
    ["Figures-Dec2024.xlsx", "Figures-Jan2024.xlsx"],
    ["Q4-2024-25-Figures.xlsx", "Q1-2024-25-Figures.xlsx"],
  ])("%s is renamed to %s here", (name, wrong) => {
    expect(renamed(name)).toBe(wrong);
  });

  for (const folder of [...csv, ...workbooks]) {
    const place = sharedPath(`data/${folder}`);
    if (place === null) {
      leftOut(`published files of ${folder} under a wrong name`, "../shared/data is not here");
      continue;
    }
    test(
      `each of ${folder} is refused under another month's name, and taken under none`,
      async () => {
        const all = await readdir(place);
        for (const file of workbooks.includes(folder) ? all.filter((name) => /\.xlsx?$/.test(name)) : all) {
          const { bytes } = await published(`${folder}/${file}`);
          expect(renamed(file)).not.toBe(file);
          expect((await readAsFound(bytes, renamed(file))).rejected, renamed(file)).toMatchObject({
            code: "period-disagrees",
          });
          expect((await readAsFound(bytes, "figures.csv")).rejected, file).toBeNull();
        }
      },
      WHOLE_FILES,
    );
  }
});
