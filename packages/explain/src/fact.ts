/**
 * A piece of a fact: words; a submission, case or person that a page shows in its own way; or what stands inside a
 * submission, which only those who may see that submission read.
 */
export type Part =
  | string
  | { readonly submission: number }
  | { readonly inside: number; readonly text: string }
  | { readonly case: number }
  | { readonly person: string };

/** One thing that is so, with what belongs under it. */
export interface Fact {
  readonly parts: readonly Part[];
  readonly under: readonly Fact[];
}

type Said = Part | readonly Part[] | number;

/** A fact written as it is read: said`raised by ${{ submission: 12 }}`. */
export function said(words: TemplateStringsArray, ...parts: readonly Said[]): Fact {
  const all = words.flatMap((word, at): Part[] => [word, ...asParts(parts[at] ?? "")]);
  return { parts: all.filter((part) => part !== ""), under: [] };
}

/** A fact with others under it. */
export function withUnder(fact: Fact, under: readonly Fact[]): Fact {
  return { ...fact, under: [...fact.under, ...under] };
}

/** People one after the other, by address; "" for none. */
export function people(addresses: readonly string[]): Part[] {
  return addresses.flatMap((person, at): Part[] => [...(at === 0 ? [] : [", "]), { person }]);
}

function asParts(given: Said): readonly Part[] {
  if (typeof given === "number") return [String(given)];
  return Array.isArray(given) ? given : [given as Part];
}

/** A fact as plain words, all of it told. */
export function plainText({ parts }: Fact): string {
  return parts.map(plainPart).join("");
}

function plainPart(part: Part): string {
  if (typeof part === "string") return part;
  if ("submission" in part) return `submission ${part.submission}`;
  if ("case" in part) return `case ${part.case}`;
  return "person" in part ? part.person : part.text;
}
