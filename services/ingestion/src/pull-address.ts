import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Networks that are nobody's in the public internet, by RFC 6890 and its successors. */
const NOT_PUBLIC_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;
/** Of what is given out to the world, tunnels that carry fourth-version addresses (6to4, Teredo) and documentation. */
const NOT_PUBLIC_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const refusedV4 = listOf("ipv4", NOT_PUBLIC_V4);
const refusedV6 = listOf("ipv6", NOT_PUBLIC_V6);
/** Loopback, unique local, link-local, multicast and fourth-version addresses in sixth-version clothes lie outside. */
const givenOut = listOf("ipv6", [["2000::", 3]]);

/**
 * Whether an address is one that anybody on the internet may ask: none of our own machines, networks or cloud services,
 * whichever way it is written.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refusedV4.check(address, "ipv4");
  return (
    isIPv6(address) && !address.includes("%") && givenOut.check(address, "ipv6") && !refusedV6.check(address, "ipv6")
  );
}

function listOf(family: "ipv4" | "ipv6", networks: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of networks) list.addSubnet(network, bits, family);
  return list;
}
