import type { AroundCase, Explanation } from "@signalbox/db";
import type { Fact, Part } from "@signalbox/explain";
import type { Caller } from "../../callers.ts";

/** A piece of a fact as one reader sees it; a link where there is something to open. */
export interface ShownPart {
  readonly text: string;
  readonly href?: string;
}

export interface ShownFact {
  readonly parts: readonly ShownPart[];
  readonly under: readonly ShownFact[];
}

/** How one reader sees facts: people by name, or by address; submissions as links, or as a number alone. */
export interface FactReader {
  readonly showsAddresses: boolean;
  readonly around: Pick<AroundCase, "names" | "submissions">;
}

/** Addresses are for operators and auditors, and for programs; everybody else reads names. */
export function readsAddresses(caller: Caller): boolean {
  return caller.kind === "operator" || caller.kind === "key" || (caller.kind === "person" && caller.person.isAuditor);
}

/** A fact as its reader sees it. */
export function shownFact(fact: Fact, reader: FactReader): ShownFact {
  const parts = fact.parts.map((part) => shownPart(part, reader)).filter(({ text }) => text !== "");
  return { parts, under: fact.under.map((one) => shownFact(one, reader)) };
}

function shownPart(part: Part, reader: FactReader): ShownPart {
  if (typeof part === "string") return { text: part };
  if ("case" in part) return { text: `case ${part.case}`, href: `/escalations/${part.case}` };
  if ("person" in part) return { text: nameFor(part.person, reader) };
  const { submissions } = reader.around;
  if ("inside" in part) return { text: submissions.has(part.inside) ? part.text : "" };
  const text = `submission ${part.submission}`;
  return submissions.has(part.submission) ? { text, href: `/submissions/${part.submission}` } : { text };
}

/** Who somebody is: their address for those who may read it, else their name in the catalogue. */
export function nameFor(address: string, { showsAddresses, around }: FactReader): string {
  if (showsAddresses || !address.includes("@")) return address;
  return around.names.get(address.toLowerCase()) ?? "somebody who is not listed any more";
}

/** Every address that a case's facts name, in small letters. */
export function addressesIn({ case: one, told, toTell, requests, versions }: Explanation): string[] {
  const all = [
    ...one.acknowledgements.map(({ by }) => by),
    ...one.acts.flatMap(({ by, takenBackBy }) => (takenBackBy === null ? [by] : [by, takenBackBy])),
    ...told.map(({ recipient }) => recipient),
    ...[...toTell, ...requests].flatMap(({ recipients }) => recipients),
    ...versions.catalogues.map(({ loadedBy }) => loadedBy),
  ];
  return [...new Set(all.filter((given) => given.includes("@")).map((address) => address.toLowerCase()))];
}

/** Every submission that a case's facts name. */
export function submissionsIn({ figures, replaced }: Explanation): number[] {
  const given = figures.flatMap((figure) => [...figure.given, ...figure.below]);
  return [...new Set([...given, ...replaced].flatMap(({ submission }) => submission ?? []))];
}
