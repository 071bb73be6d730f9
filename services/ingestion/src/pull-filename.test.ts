import { expect, test } from "vitest";
import { filenameOf } from "./pull-filename.ts";

const at = (path: string) => new URL(`https://figures.example.org${path}`);

test.each<[string, string | undefined, string, string]>([
  ["by its address", undefined, "/files/April%202024.csv?x=1", "April 2024.csv"],
  ["by what the server says", 'attachment; filename="ae april.csv"', "/download?id=7", "ae april.csv"],
  ["by what the server says, without quotes", "attachment; filename=ae.csv", "/download", "ae.csv"],
  ["by the extended name first", "attachment; filename=\"a.csv\"; filename*=UTF-8''%C3%A9t%C3%A9.csv", "/x", "été.csv"],
  ["without folders", 'attachment; filename="../../etc/passwd"', "/x", "passwd"],
  ["without folders of another system", String.raw`attachment; filename="C:\\temp\\a.csv"`, "/x", "a.csv"],
  ["without folders in an encoded path", undefined, "/files/..%2F..%2Fa.csv", "a.csv"],
  ["without control characters", 'attachment; filename="a\u0007b\u202Ecsv.exe"', "/x", "abcsv.exe"],
  ["not hidden", 'attachment; filename=".profile"', "/x", "profile"],
  ["by its source where nothing is left", 'attachment; filename=".."', "/files/", "source ae 2024-04"],
  ["with a stray percent sign", undefined, "/100%.csv", "100%.csv"],
  ["by its end where it is too long", undefined, `/${"x".repeat(300)}.csv`, `${"x".repeat(146)}.csv`],
])("a file is named %s", (_, disposition, path, expected) => {
  expect(filenameOf(disposition, at(path), "source ae 2024-04")).toBe(expected);
});
