import type { CurrentCatalogue } from "@signalbox/db";

/** The name of whoever has this address in the catalogue; the address, a key or "operator" itself where nobody has. */
export function nameOfPerson({ people }: Pick<CurrentCatalogue, "people">, address: string): string {
  const small = address.toLowerCase();
  return people.find(({ email }) => email.toLowerCase() === small)?.name ?? address;
}
