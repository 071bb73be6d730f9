import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerToken, isSigned, presentedToken, type SignedLink } from "./answer-token.ts";

const SECRET = "a secret of this machine, kept for tests alone";
const link: SignedLink = { id: 7, request: 12, escalation: 3, person: "olu.owner@example.org" };
const expiresAt = Temporal.Instant.from("2026-12-15T00:00:00Z");
const token = answerToken(link, expiresAt, SECRET);
const opens = (given: string, of: SignedLink = link, secret = SECRET) => {
  const presented = presentedToken(given);
  return presented !== null && isSigned(presented, of, secret);
};

describe("the token of a link", () => {
  test("opens what it was signed for, until when it says", () => {
    expect(opens(token)).toBe(true);
    expect(presentedToken(token)?.expiresAt).toEqual(expiresAt);
    expect(token).toMatch(/^7-\d+-[\w-]{43}$/);
  });

  test.each([
    ["another link", { id: 8 }],
    ["another request", { request: 13 }],
    ["another case", { escalation: 4 }],
    ["no case", { escalation: null }],
    ["another person", { person: "mel.member@example.org" }],
  ])("does not open %s", (_what, other) => {
    expect(opens(token, { ...link, ...other })).toBe(false);
  });

  test("does not open by another machine's secret", () => {
    expect(opens(token, link, "another secret, of another machine altogether")).toBe(false);
  });

  test("does not live longer because somebody writes a later day into it", () => {
    expect(opens(token.replace(/-\d+-/, "-1899999999-"))).toBe(false);
  });

  test("does not open once any letter of it is another", () => {
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom("a", "b", "X", "Z", "0", "5", "9", "-", "_", "."),
        (at, letter) => {
          fc.pre(token[at] !== letter);
          const changed = token.slice(0, at) + letter + token.slice(at + 1);
          // The last letter of 32 bytes in base64 holds four bits and two that say nothing.
          fc.pre(at < token.length - 1);
          expect(opens(changed)).toBe(false);
        },
      ),
    );
  });

  test.each(["", "7", "7-1-", `${token}=`, ` ${token}`, "0-1-x", `7-1-${"é".repeat(43)}`, "7-99999999999999-x"])(
    "is taken apart only where it has its shape: %j",
    (given) => expect(presentedToken(given)).toBeNull(),
  );
});
