import { describe, expect, test } from "vitest";
import { addressOf, domainOf, isSendable } from "./address.ts";

describe("an address", () => {
  test.each(["chair@example.nhs.uk", "o'neill+uec@example.org", "a.b@sub.example.org"])(
    "%j may be written to",
    (text) => {
      expect(isSendable(text)).toBe(true);
    },
  );

  test.each([
    ["one with a line break and a header", "chair@example.org\r\nBcc: evil@example.org"],
    ["one that ends in a line break", "chair@example.org\n"],
    ["two addresses", "chair@example.org, evil@example.org"],
    ["a name with an address", "Chair <chair@example.org>"],
    ["an erased one", "erased-12"],
    ["nothing", ""],
  ])("that is %s is refused", (_, text) => {
    expect(isSendable(text)).toBe(false);
  });
});

test("the sender's address and domain are read from either way of writing it", () => {
  expect(domainOf("Signalbox <signalbox@example.nhs.uk>")).toBe("example.nhs.uk");
  expect(domainOf("signalbox@localhost")).toBe("localhost");
  expect(addressOf("Signalbox <signalbox@example.nhs.uk>")).toBe("signalbox@example.nhs.uk");
  expect(addressOf("signalbox@localhost")).toBe("signalbox@localhost");
});
