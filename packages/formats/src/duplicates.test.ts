import { expect, test } from "vitest";
import { canonical, reading } from "./testing.ts";

test("the same row twice with the same value counts once and then as unchanged", async () => {
  const read = await reading(
    canonical("2024-03,RXX,ae-4h,74.6,,,,", "Mar-24,RXX,ae-4h,74.60,,,,", "2024-03,RXX,ae-12h,1,,,,"),
  );
  expect(read).toMatchObject({ read: 3, unchanged: 1, refused: 0, problems: [] });
  expect(Array.from(read.rows, ({ row }) => row)).toEqual([2, 4]);
});

test("rows that give different values are all refused, repeats among them", async () => {
  const rows = ["74.6", "74.6", "75", "N/A"].map((value) => `2024-03,RXX,ae-4h,${value},,,,`);
  const read = await reading(canonical(...rows, "2024-03,RYY,ae-4h,1.5,,,,a note", "2024-02,RXX,ae-4h,74.6,,,,"));
  expect(read).toMatchObject({ read: 6, unchanged: 0, refused: 4 });
  expect(read.problems.map(({ row, code }) => [row, code])).toEqual([2, 3, 4, 5].map((row) => [row, "duplicate-row"]));
  expect(read.problems[0]?.message).toContain("ae-4h of RXX in 2024-03");
  expect([...read.rows]).toMatchObject([
    { row: 6, value: 1.5, comment: "a note" },
    { row: 7, value: 74.6, comment: null },
  ]);
});

test("two rows without a value are the same where their reason is", async () => {
  const same = await reading(canonical("2024-03,RXX,ae-4h,N/A,,,,", "2024-03,RXX,ae-4h,N/A,,,,"));
  expect(same).toMatchObject({ unchanged: 1, refused: 0 });
  const other = await reading(canonical("2024-03,RXX,ae-4h,N/A,,,,", "2024-03,RXX,ae-4h,*,,,,"));
  expect(other).toMatchObject({ rejected: { code: "no-usable-row" }, refused: 2 });
});

test("zero is zero, however it is signed", async () => {
  expect(await reading(canonical("2024-03,RXX,ae-4h,0,,,,", "2024-03,RXX,ae-4h,-0,,,,"))).toMatchObject({
    unchanged: 1,
  });
});

test("no row of many is lost or taken for another", async () => {
  const rows: string[] = [];
  for (let organisation = 0; organisation < 300; organisation++) {
    for (let month = 1; month <= 12; month++)
      rows.push(`2023-${String(month).padStart(2, "0")},R${organisation},ae-12h,${rows.length},,,,`);
  }
  const read = await reading(canonical(...rows));
  expect(Array.from(read.rows, ({ value }) => value)).toEqual(rows.map((_, place) => place));
});
