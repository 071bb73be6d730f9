import { expect, test } from "vitest";
import { pickPictures } from "./pick-pictures.ts";

const notice = (recipient: string, series: number, tier: string, rag = "red") => ({
  recipient,
  kind: "digest",
  series,
  period: 1,
  tier,
  rag,
  title: null,
  organisation: null,
});
const drawn = (...given: Parameters<typeof pickPictures>) => pickPictures(...given).map(({ series }) => series);

test("of a mail the six worst are drawn: before the SLT first, then the board's, red before amber", () => {
  const notices = [
    notice("a@example.org", 1, "board", "amber"),
    ...[2, 3, 4].map((series) => notice("a@example.org", series, "none", "green")),
    ...[5, 6, 7].map((series) => notice("a@example.org", series, "board")),
    ...[8, 9].map((series) => notice("a@example.org", series, "slt")),
  ];
  expect(drawn(notices)).toEqual([8, 9, 5, 6, 7, 1]);
});

test("what several are told of is drawn once", () => {
  expect(drawn(["a", "b", "c"].map((name) => notice(`${name}@example.org`, 1, "slt")))).toEqual([1]);
});

test("where it is too much, each mail's worst comes before any mail's second", () => {
  const notices = ["a", "b"].flatMap((name, at) =>
    [1, 2, 3].map((n) => notice(`${name}@example.org`, 10 * at + n, n === 1 ? "slt" : "board")),
  );
  expect(drawn(notices, 3)).toEqual([1, 11, 2]);
});
