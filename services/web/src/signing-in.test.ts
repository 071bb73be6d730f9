import { expect, test } from "vitest";
import { ownPath } from "./signing-in.ts";

test.each([
  "https://evil.example.org",
  "//evil.example.org",
  "///evil.example.org",
  "/\\evil.example.org",
  "\\\\evil.example.org",
  "/\t/evil.example.org",
  "/\n/evil.example.org",
  " //evil.example.org",
  "javascript:alert(1)",
  "evil.example.org",
  "http:/evil.example.org",
  `/${"a".repeat(600)}`,
  ["/", "//evil.example.org"],
  null,
])("nobody is led to %j after signing in", (next) => {
  expect(ownPath(next)).toBeNull();
});

test.each(["/", "/escalations?all=yes", "/%2f%2fevil.example.org", "/.//evil.example.org", "/@evil.example.org"])(
  "%s is a page of this site, whatever it looks like",
  (next) => {
    expect(new URL(ownPath(next) ?? "", "https://signalbox.example.org").host).toBe("signalbox.example.org");
  },
);
