import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import {
  byKey,
  csvOf,
  plainly,
  publishedAreHere,
  readAsFound,
  readPublished,
  WHOLE_FILES,
} from "./testing/as-published.ts";

const header = ["period", "org_code", "type", "attendances", "breaches", "admissions"];
const department = (type: string, attendances: string, breaches: string, given: Record<string, string> = {}) => ({
  period: "2017-03-01",
  org_code: "QX1",
  type,
  attendances,
  breaches,
  admissions: "7",
  ...given,
});
const reading = (...rows: Record<string, string>[]) =>
  readAsFound(csvOf(header, rows, { newline: "\r\n" }), "ae_attendances_2016-04_2019-03.csv");

describe("the history of A&E attendances by type of department", () => {
  test("is summed over an organisation's departments before the share is computed", async () => {
    const read = await reading(
      department("1", "21000", "2900"),
      department("2", "800", "22"),
      department("1", "500", "5", { org_code: "QX2" }),
      department("other", "2850", "6"),
    );
    expect(read).toMatchObject({ rejected: null, problems: [], read: 4, refused: 0, unchanged: 0 });
    const rows = byKey(read);
    expect(rows.get("2017-03,QX1,ae-attendances")?.value).toBe(24650);
    expect(rows.get("2017-03,QX1,ae-4h")).toMatchObject({
      value: (100 * 21722) / 24650,
      numerator: 21722,
      denominator: 24650,
    });
    expect(rows.get("2017-03,QX2,ae-4h")?.value).toBe(99);
  });

  test("keeps months apart", async () => {
    const read = await reading(department("1", "100", "1"), department("1", "300", "3", { period: "2017-04-01" }));
    const rows = byKey(read);
    expect(rows.get("2017-03,QX1,ae-attendances")?.value).toBe(100);
    expect(rows.get("2017-04,QX1,ae-attendances")?.value).toBe(300);
  });

  test("refuses the whole sum where one department's number is none", async () => {
    const read = await reading(
      department("1", "100", "1"),
      department("2", "some", "0"),
      department("1", "9", "9", { org_code: "QX2" }),
    );
    expect(byKey(read).has("2017-03,QX1,ae-attendances")).toBe(false);
    expect(byKey(read).get("2017-03,QX2,ae-attendances")?.value).toBe(9);
    expect(read.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual(
      ["ae-4h", "ae-attendances"].map(() => [3, "attendances", "not-a-number", "some"]),
    );
    expect(read.problems.map(({ message }) => /The sum of (ae-\w+) over the rows of QX1/.exec(message)?.[1])).toEqual([
      "ae-4h",
      "ae-attendances",
    ]);
    expect(read.read).toBe(read.rows.length + read.unchanged + read.refused);
  });
});

if (!publishedAreHere) leftOut("the published history of A&E attendances", "../shared/data is not here");
else {
  test(
    "36 published months give each organisation's sums over its departments",
    async () => {
      const { bytes, read } = await readPublished("ae-history/nhsr_ae_attendances_2016-04_2019-03.csv");
      expect({ rejected: read.rejected, problems: read.problems }).toEqual({ rejected: null, problems: [] });
      const lines = plainly(bytes);
      const groups = Map.groupBy(lines, (line) => `${line["period"]?.slice(0, 7)},${line["org_code"]}`);
      expect(groups.size).toBe(8298);
      expect(read).toMatchObject({ read: 2 * groups.size, refused: 0, unchanged: 0 });
      const rows = byKey(read);
      for (const [key, departments] of groups) {
        const sum = (column: string): number => departments.reduce((all, line) => all + Number(line[column]), 0);
        expect(rows.get(`${key},ae-attendances`)?.value, key).toBe(sum("attendances"));
        expect(rows.get(`${key},ae-4h`), key).toMatchObject({
          numerator: sum("attendances") - sum("breaches"),
          denominator: sum("attendances"),
        });
      }
    },
    WHOLE_FILES,
  );
}
