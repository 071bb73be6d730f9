import { expect, test } from "vitest";
import { isPublicAddress } from "./pull-address.ts";

test.each([
  ["a server in the internet", "8.8.8.8"],
  ["one beside a private network", "172.15.255.255"],
  ["one behind it", "172.32.0.0"],
  ["one beside shared address space", "100.63.255.255"],
  ["a server in the internet of version six", "2606:4700:4700::1111"],
  ["the first of Britain's", "2a00::1"],
])("asks %s", (_, address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ["this machine", "127.0.0.1"],
  ["this machine under another number", "127.255.255.254"],
  ["any address", "0.0.0.0"],
  ["a private network", "10.1.2.3"],
  ["a private network in the middle", "172.16.0.1"],
  ["the end of that network", "172.31.255.255"],
  ["an office network", "192.168.1.1"],
  ["a cloud's own service", "169.254.169.254"],
  ["addresses shared by a provider's customers", "100.64.0.1"],
  ["a documentation network", "203.0.113.7"],
  ["a benchmark network", "198.19.255.255"],
  ["a group", "224.0.0.1"],
  ["everybody", "255.255.255.255"],
  ["this machine, version six", "::1"],
  ["no address, version six", "::"],
  ["this machine in version six clothes", "::ffff:127.0.0.1"],
  ["the same in hexadecimal", "::ffff:7f00:1"],
  ["the same by the old mapping", "::127.0.0.1"],
  ["a private network through NAT64", "64:ff9b::10.0.0.1"],
  ["a private network through 6to4", "2002:a00:1::1"],
  ["a tunnel", "2001:0:53aa:64c:1::1"],
  ["a unique local address", "fd12:3456::1"],
  ["a link's own address", "fe80::1"],
  ["a link's own address with its zone", "fe80::1%eth0"],
  ["a group, version six", "ff02::1"],
  ["documentation, version six", "2001:db8::1"],
  ["a name", "localhost"],
  ["nothing", ""],
  ["a number that is no address", "2130706433"],
])("does not ask %s", (_, address) => {
  expect(isPublicAddress(address)).toBe(false);
});
