import { asPeriod } from "@signalbox/domain";
import { expect, test } from "vitest";
import { formerLinks } from "./former-links.ts";

const tree = (parents: Readonly<Record<string, string | null>>) =>
  new Map(
    Object.entries(parents).map(([code, parent]) => [
      code,
      { code, name: code, kind: "provider" as const, parent, opened: null, closed: null, signOff: false },
    ]),
  );
const stood = (organisation: string, parent: string) => ({ organisation, parent, from: null, to: asPeriod(24_000) });
const words = (links: readonly { organisation: string; parent: string }[]) =>
  links.map(({ organisation, parent }) => `${organisation} below ${parent}`);

test("a parent waits for those who stood below it", () => {
  const links = formerLinks({
    organisations: tree({ ICS: null, A: "ICS", B: "ICS", S: "B" }),
    formerParents: [stood("S", "A"), stood("S", "A"), stood("S", "ICS")],
  });
  expect(words(links.all)).toEqual(["S below A", "S below ICS"]);
  expect(words(links.waited)).toEqual(["S below A", "S below ICS"]);
});

test("nobody waits for itself where one took the other over, and later the other way round", () => {
  const links = formerLinks({
    organisations: tree({ ICS: null, A: "ICS", B: "A", C: "ICS", D: "ICS" }),
    formerParents: [stood("A", "B"), stood("C", "D"), stood("D", "C")],
  });
  expect(words(links.all)).toHaveLength(3);
  expect(words(links.waited)).toEqual(["C below D"]);
});
