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

const header = [
  "Year",
  "Month",
  "Provider Parent Org Code",
  "Provider Parent Name",
  "Treatment Function Name",
  "Total waiting > 52 weeks",
  "Total waiting > 18 weeks",
];
const system = (given: Record<string, string>): Record<string, string> => ({
  Year: "2020",
  Month: "Apr",
  "Provider Parent Org Code": "QZ1",
  "Provider Parent Name": "HEALTHIER SOMEWHERE, NORTH AND SOUTH (STP)",
  "Treatment Function Name": "Total",
  "Total waiting > 52 weeks": "555",
  "Total waiting > 18 weeks": "47435",
  ...given,
});
const reading = (...rows: Record<string, string>[]) => readAsFound(csvOf(header, rows), "rtt_waiting_lists_STP.csv");

describe("the history of long waits by health system", () => {
  test("has calendar years, short months in no order, and systems for organisations", async () => {
    const read = await reading(system({}), system({ Month: "Dec" }), system({ Year: "2021", Month: "Jan" }));
    expect(read).toMatchObject({ rejected: null, problems: [], read: 6, refused: 0 });
    expect([...byKey(read).keys()]).toEqual(
      ["2020-04", "2020-12", "2021-01"].flatMap((month) => [`${month},QZ1,rtt-52w`, `${month},QZ1,rtt-over-18w`]),
    );
    expect(Array.from(read.rows, ({ value }) => value)).toEqual([555, 47435, 555, 47435, 555, 47435]);
  });

  test("passes over treatment functions: the total holds them", async () => {
    const read = await reading(system({}), system({ "Treatment Function Name": "Urology" }));
    expect(read.read).toBe(2);
  });
});

if (!publishedAreHere) leftOut("the published history of long waits by health system", "../shared/data is not here");
else {
  test(
    "30 published months give what stands in them",
    async () => {
      const { bytes, read } = await readPublished("rtt-history/rtt_waiting_lists_STP_monthly_Total.csv");
      expect({ rejected: read.rejected, problems: read.problems }).toEqual({ rejected: null, problems: [] });
      const lines = plainly(bytes);
      expect(read).toMatchObject({ read: 2 * lines.length, refused: 0, unchanged: 0 });
      const rows = byKey(read);
      const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
      for (const line of lines) {
        const month = String(1 + months.indexOf(line["Month"] ?? "")).padStart(2, "0");
        const key = `${line["Year"]}-${month},${line["Provider Parent Org Code"]}`;
        expect(rows.get(`${key},rtt-52w`)?.value, key).toBe(Number(line["Total waiting > 52 weeks"]));
        expect(rows.get(`${key},rtt-over-18w`)?.value, key).toBe(Number(line["Total waiting > 18 weeks"]));
      }
    },
    WHOLE_FILES,
  );
}
