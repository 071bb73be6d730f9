import { expect, test } from "vitest";
import { Attempts, networkOf } from "./attempts.ts";

const start = Temporal.Instant.from("2026-04-20T09:00:00Z");

test("so many are welcome, then none until the time is over, each by themselves", () => {
  let now = start;
  const attempts = new Attempts({ max: 2, seconds: 60 }, () => now);
  expect([attempts.count("a"), attempts.count("a"), attempts.count("a")]).toEqual([0, 0, 60]);
  now = start.add({ seconds: 45 });
  expect([attempts.count("a"), attempts.secondsToWait("a"), attempts.count("b")]).toEqual([15, 15, 0]);
  now = start.add({ seconds: 60 });
  expect([attempts.secondsToWait("a"), attempts.count("a")]).toEqual([0, 0]);
});

test("somebody who makes up names does not have all of them kept", () => {
  const attempts = new Attempts({ max: 1, seconds: 60 }, () => start);
  for (let i = 0; i < 120_000; i++) attempts.count(`address ${i}`);
  expect([attempts.count("address 0"), attempts.count("address 119999")]).toEqual([0, 60]);
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("%s counts as %s", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
