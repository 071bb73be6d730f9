import { describe, expect, test } from "vitest";
import { parsePeriod, type Period } from "./period.ts";
import { faultOfSourceUrl, sourceAddress, sourceFrequency } from "./source.ts";

const month = (text: string): Period => {
  const period = parsePeriod(text, "monthly");
  if (period === null) throw new Error(text);
  return period;
};

describe("the address of a period's file", () => {
  const filled: readonly (readonly [pattern: string, period: string, address: string])[] = [
    ["https://a.example/{yyyy}-{mm}.csv", "2024-04", "https://a.example/2024-04.csv"],
    ["https://a.example/{month}-{yyyy}.csv", "2024-04", "https://a.example/April-2024.csv"],
    ["https://a.example/{mon}{yy}.csv", "2024-12", "https://a.example/Dec24.csv"],
    ["https://a.example/{fy}/{mon}.csv", "2024-04", "https://a.example/2024-25/Apr.csv"],
    ["https://a.example/{fy}/{mon}.csv", "2024-03", "https://a.example/2023-24/Mar.csv"],
    ["https://a.example/{fy}-q{q}.xlsx", "2024-01", "https://a.example/2023-24-q4.xlsx"],
    ["https://a.example/{fy}-q{q}.xlsx", "2024-04", "https://a.example/2024-25-q1.xlsx"],
    ["https://a.example/{fy}-q{q}.xlsx", "2099-10", "https://a.example/2099-00-q3.xlsx"],
  ];
  test.each(filled)("%s in %s", (pattern, period, address) => {
    expect(sourceAddress(pattern, month(period))).toBe(address);
    expect(faultOfSourceUrl(pattern)).toBeNull();
  });

  test("comes each quarter where it names the quarter and no month", () => {
    expect(sourceFrequency("https://a.example/{fy}/q{q}.csv")).toBe("quarterly");
    expect(sourceFrequency("https://a.example/{fy}/q{q}-{mon}.csv")).toBe("monthly");
    expect(sourceFrequency("https://a.example/{yyyy}/{mm}.csv")).toBe("monthly");
  });
});

describe("refuses an address", () => {
  const refused: readonly (readonly [name: string, pattern: string, fault: RegExp])[] = [
    ["without encryption", "http://a.example/{yyyy}-{mm}.csv", /begins with http:/],
    ["of a file", "file:///etc/{yyyy}-{mm}", /begins with file:/],
    ["that is none", "a.example/{yyyy}-{mm}.csv", /is no address/],
    ["with a password", "https://me:secret@a.example/{yyyy}-{mm}.csv", /user name or password/],
    ["with a placeholder in its host", "https://{mon}.example/{yyyy}-{mm}.csv", /placeholder in its host/],
    ["in numbers", "https://127.0.0.1/{yyyy}-{mm}.csv", /by the number 127\.0\.0\.1/],
    ["in one number", "https://2130706433/{yyyy}-{mm}.csv", /by the number 127\.0\.0\.1/],
    ["in hexadecimal", "https://0x7f.1/{yyyy}-{mm}.csv", /by the number 127\.0\.0\.1/],
    ["in sixth-version numbers", "https://[::1]/{yyyy}-{mm}.csv", /by the number \[::1\]/],
    ["with a placeholder of another kind", "https://a.example/{year}-{mm}.csv", /\{year\} is no placeholder/],
    ["with half a placeholder", "https://a.example/{yyyy}-{mm.csv", /a brace/],
    ["that is the same every month", "https://a.example/{yyyy}/latest.csv", /the same for every month/],
    ["that is the same every year", "https://a.example/{month}.csv", /the same for every year/],
    ["with a part that is not sent", "https://a.example/{yyyy}-{mm}.csv#top", /# part/],
    ["with a blank", "https://a.example/{yyyy} {mm}.csv", /a blank/],
    ["of great length", `https://a.example/{yyyy}-{mm}${"x".repeat(2000)}`, /longer than 2000/],
  ];
  test.each(refused)("%s", (_, pattern, fault) => {
    expect(faultOfSourceUrl(pattern)).toMatch(fault);
  });
});
