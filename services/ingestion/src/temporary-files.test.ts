import { expect, test } from "vitest";
import { isTemporary } from "./temporary-files.ts";

test.each([
  ".~lock.april.xlsx#",
  "~$april.xlsx",
  "~WRL0001.tmp",
  "~WRD0000",
  "5D2A6000",
  "april.xlsx.tmp",
  "april.csv.part",
  "april.csv.filepart",
  "april.csv.crdownload",
  "april.xlsx~",
  ".april.csv.swp",
  ".DS_Store",
  "Thumbs.db",
  "desktop.ini",
])("%s is left where it lies", (name) => {
  expect(isTemporary(name)).toBe(true);
});

test.each([
  "april.csv",
  "April-2024-revised-260421-GG8WA.csv",
  "april (1).csv",
  "april copy.xlsx",
  "april%202024.csv",
  "template.xlsx",
  "20240400.csv",
  "partial-return.csv",
])("%s is figures", (name) => {
  expect(isTemporary(name)).toBe(false);
});
