import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { emptyDataDir } from "../testing/data-dir.ts";
import { signalbox } from "../testing/run-signalbox.ts";

// Each test is a process: slow on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

const catalogue = fileURLToPath(new URL("../testing/catalogue", import.meta.url));
const files = emptyDataDir();
const nowhere = join(files.path, "no-data");
afterAll(() => files[Symbol.dispose]());

const run = (...given: string[]) => signalbox(["template", ...given], { DATA_DIR: nowhere });
function file(name: string, ...lines: string[]): string {
  const path = join(files.path, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const waits = file(
  "waits.csv",
  ",Title,Waits at Northwick",
  ",Published,12 April 2024",
  "",
  "Organisation,Metric,Jan-24,Feb-24,Remark",
  "RXX,ae-12h,4,x,late",
  "RYY,ae-12h,,7,",
  "Total,ae-12h,4,7,",
);

test("shows what was found where, what each cell becomes, what gives nothing, and what is wrong", async () => {
  const { code, out, err } = await run("try", waits);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.split("\n").map((line) => line.trim().replaceAll(/ {2,}/g, "  "));
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Read by {2}wide \(.*\), found: the file has the header of no other template$/),
      expect.stringMatching(/^Metrics {2}those suggested with the templates/),
      "Table: the header ends in row 4; 4 of its 5 columns are used:",
      "A4  Organisation  organisation",
      "C4  Jan-24  values of this period",
      "not used: Remark (E4)",
      "row 5  RXX  2024-01  ae-12h  4  from C5 4",
      "row 5  ?  ?  ae-12h  refused: not-a-number  from D5 x",
      "row 6  RYY  2024-02  ae-12h  7  from D6 7",
      "row 1  above the table  Title Waits at Northwick",
      "row 7  passed over  Total | ae-12h | 4 | 7",
      "error not-a-number, row 5, column Feb-24: There is text where a number belongs. [x]",
      "Would be read: 3 rows: 2 accepted, 0 given twice, 1 refused.",
    ]),
  );
});

test("keeps nothing and makes no database", async () => {
  await run("try", waits);
  expect(existsSync(nowhere)).toBe(false);
});

test("shows as many rows as are asked for, and gives the same to machines", async () => {
  const { out } = await run("try", waits, "--rows", "1", "--json");
  const tried = JSON.parse(out);
  expect(tried).toMatchObject({
    template: "wide",
    named: false,
    rows: { read: 3, accepted: 2, refused: 1 },
    passedOverInAll: 3,
  });
  expect(tried.cells).toEqual([
    expect.objectContaining({ row: 5, organisation: "RXX", value: 4, cells: [{ address: "C5", text: "4" }] }),
  ]);
  expect(JSON.parse((await run("try", waits, "--rows", "all", "--json")).out).cells).toHaveLength(3);
  expect((await run("try", waits, "--rows", "some")).err).toContain(
    '--rows "some" is no number of rows; give one, or all.',
  );
});

test("reads by the metrics of a catalogue that is named, and says whom that does not have", async () => {
  const rows = ["2024-01,NOBODY,ae-4h,71.25%", "2024-01,RA,ae-4h,70", "2024-01,RA,ae-12h,4"];
  const { code, out } = await run(
    "try",
    file("own.csv", "period,organisation,metric,value", ...rows),
    "--catalogue",
    catalogue,
  );
  expect(code).toBe(0);
  expect(out).toMatch(/Read by +the canonical columns, it has their header/);
  expect(out).toContain(`the catalogue in ${catalogue}`);
  expect(out).toMatch(/row 2 +NOBODY +2024-01 +ae-4h +71\.3% +from D2 71\.25%/);
  expect(out).toMatch(/row 4 .*refused: unknown-metric/);
  expect(out).toContain("Not in the catalogue, so that their rows would be refused: NOBODY.");
});

test("tries a template that somebody is writing, and names its faults by their place", async () => {
  const template = {
    name: "mine",
    title: "Mine",
    columns: { code: { headers: ["Trust"] }, month: { headers: ["Month"] }, waits: { headers: ["Twelve hours"] } },
    period: { from: "cell", columns: ["month"] },
    organisation: { from: "cell", column: "code" },
    metrics: [{ metric: "ae-12h", value: { plus: ["waits"] } }],
  };
  const mine = file("mine.json", JSON.stringify(template));
  const own = file("trusts.csv", "Trust,Month,Twelve hours", "RXX,March 2024,12");
  const { code, out } = await run("try", own, "--template", mine);
  expect(code).toBe(0);
  expect(out).toMatch(/Read by +mine \(Mine\), as named/);
  expect(out).toMatch(/row 2 +RXX +2024-03 +ae-12h +12 +from C2 12/);
  const faulty = file("faulty.json", JSON.stringify({ ...template, title: undefined }));
  expect(await run("try", own, "--template", faulty)).toMatchObject({
    code: 2,
    err: `signalbox: ${faulty}: title: is missing\n`,
  });
});

test("says why a file would be rejected, with exit 1", async () => {
  const { code, out } = await run("try", file("strange.csv", "Org Code,Thing", "RXX,4"));
  expect(code).toBe(1);
  expect(out).toMatch(/Read by +nothing/);
  expect(out).toMatch(/Would be rejected: The header in row 1 lacks .*comes nearest/);
});

test("lists the templates, and names them where one is not known", async () => {
  const { code, out } = await run("list");
  expect(code).toBe(0);
  expect(out).toMatch(/^nhs-england-ae-monthly\n {2}.+\n {2}ae-12h, ae-4h, ae-attendances$/m);
  const unknown = await run("try", waits, "--template", "nope");
  expect(unknown.code).toBe(2);
  expect(unknown.err).toMatch(/There is no template "nope"; give one of .*nhs-england-ae-monthly.*wide/);
});
