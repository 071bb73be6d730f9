import { z } from "zod";
import { layout } from "./layout.ts";

/** What zod says of one place of a template. */
export interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

/** Faults as a person looks for them: "metrics[0].checks[1].then: is missing". Of a choice, those of what was nearest to fit. */
export function faultsOf(issue: Issue): string[] {
  const [nearest] =
    issue.errors?.toSorted((one, other) => deepest(other) - deepest(one) || one.length - other.length) ?? [];
  if (nearest !== undefined && nearest.length > 0)
    return nearest.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }));
  return [`${placeOf(issue.path)}: ${inWords(issue)}`];
}

function inWords({ code, message, keys }: Issue): string {
  if (code === "unrecognized_keys" && keys !== undefined) return keys.map(unknownKey).join("; ");
  if (code === "invalid_type" && message.endsWith("received undefined")) return "is missing";
  return message.replace(/^Invalid (?:input|option|discriminator value)[:.] ?/, "must be as follows: ");
}

function unknownKey(key: string): string {
  const [nearest] = knownKeys()
    .filter((known) => known !== key && distance(known.toLowerCase(), key.toLowerCase()) <= 2)
    .toSorted((one, other) => distance(one, key) - distance(other, key));
  const meant = nearest === undefined ? "" : `; is "${nearest}" meant?`;
  return `has the key "${key}", which is not known here${meant}`;
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the template";
  return path
    .map((part, depth) => (typeof part === "number" ? `[${part}]` : `${depth > 0 ? "." : ""}${String(part)}`))
    .join("");
}

/** Every key that a template may have somewhere. */
function knownKeys(): string[] {
  const found = new Set<string>();
  JSON.stringify(z.toJSONSchema(layout, { io: "input" }), (key: string, value: unknown) => {
    if (key === "properties" && typeof value === "object" && value !== null)
      for (const name of Object.keys(value)) found.add(name);
    return value;
  });
  return [...found];
}

/** How many letters one text must change to be the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let down = 1; down <= one.length; down++) {
    const next = [down];
    for (let across = 1; across <= other.length; across++) {
      const changed = (row[across - 1] ?? 0) + (one[down - 1] === other[across - 1] ? 0 : 1);
      next.push(Math.min((row[across] ?? 0) + 1, (next[across - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
