import { describe, expect, test } from "vitest";
import { leftOut } from "../../../../test/harness/left-out.ts";
import { publishedAreHere, readAsFound, readPublished, WHOLE_FILES } from "./testing/as-published.ts";
import { asXls, type DrawnCell, type DrawnSheet, preamble, workbook } from "./testing/drawn-workbook.ts";

/** Delayed transfers of care: "Provider Level Data" over a table of England's months, no organisation in it. */
const delayed: DrawnSheet = {
  name: "Delayed Days by type",
  rows: [
    ...preamble({
      Title: "Delayed Transfer of Care, NHS Organisations, England",
      Period: "August 2010 - February 2020",
    }),
    [null, "Provider Level Data"],
    [null, null, null, "Delayed Days", null, null, null, "DTOC Beds"],
    [null, "Year", "Period", "Acute", "Non-Acute", "Total", null, "Acute", "Non-Acute", "Total"],
    [null, "2010-11", "August", 55332, 54586, 109918, null, 1784.9, 1760.8, 3545.7],
    [],
    [null, "Notes:"],
    [null, "1. Prior to August 2010, the number of delayed days was collected weekly."],
  ],
};
/** RTT as it was in 2015: England, regions and commissioners; no provider. */
const bands = Array.from({ length: 52 }, (_, week) => `>${week}-${week + 1}`);
const commissioners: DrawnSheet = {
  name: "Commissioner",
  rows: [
    ...preamble({ Title: "Referral to Treatment (RTT) Waiting Times", Period: "May 2015", Basis: "Commissioner" }),
    [null, "Commissioner Level Data"],
    [null, "Region Code", "CCG Code", "CCG Name", "Treatment Function Code", "Treatment Function", ...bands],
    [null, "Y54", "00X", "NHS NORTHWICK CCG", "IP100", "General Surgery", ...bands.map((): DrawnCell => 7)],
  ],
};
/** Words about figures, and none themselves. */
const dictionary: DrawnSheet = {
  name: "rtt",
  rows: [
    ["Column", "Description", "Type"],
    ["Period", "The month", "text"],
  ],
};

describe("a published workbook without providers' figures", () => {
  test.each([
    ["delayed transfers of care", delayed],
    ["RTT by commissioner", commissioners],
    ["a data dictionary", dictionary],
  ])("is refused, and the refusal says what is missing: %s", async (_, sheet) => {
    const drawn = await workbook(sheet);
    for (const [bytes, filename] of [
      [drawn, "figures.xlsx"],
      [asXls(drawn), "figures.xls"],
    ] as const) {
      const read = await readAsFound(bytes, filename);
      expect(read.rejected?.code).toBe("missing-columns");
      expect(read.rejected?.message).toMatch(/period, organisation, metric/);
      expect(read.rows).toHaveLength(0);
    }
  });
});

if (publishedAreHere) {
  test.each([
    "dtoc/DTOC-England-Data_Set.xls",
    "rtt-legacy-xls/Incomplete-Commissioner-May15-revised-XLS-2102K.xls",
    "definitions/ae_rtt_dm01_data_dictionary.xlsx",
  ])(
    "the published %s holds no provider's figures and is refused",
    async (path) => {
      const { read } = await readPublished(path);
      expect(read.rejected?.code).toBe("missing-columns");
      expect(read.rows).toHaveLength(0);
    },
    WHOLE_FILES,
  );
} else {
  leftOut("the published workbooks without providers", "../shared/data is not here");
}
