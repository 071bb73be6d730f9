import type { CurrentCatalogue, Metric, Person } from "@signalbox/db";
import { treeAsItStood } from "@signalbox/domain";

/** Who is what, looked up by role and place. */
export interface People {
  /** The organisation above another one in a period; a quarter counts by its first month. */
  readonly parentIn: (organisation: string, period: number) => string | null;
  readonly named: ReadonlyMap<string, { readonly owner: string | null; readonly author: string | null }>;
  readonly at: ReadonlyMap<string, readonly Person[]>;
  readonly chairs: ReadonlyMap<string, readonly string[]>;
}

export function peopleOf(catalogue: CurrentCatalogue): People {
  const placed = catalogue.people.filter(({ organisation }) => organisation !== null);
  const chairs = catalogue.people.filter(({ role, forum }) => role === "chair" && forum !== null);
  return {
    parentIn: treeAsItStood(catalogue),
    named: new Map(catalogue.seriesDetails.map((row) => [`${row.metric}\n${row.organisation}`, row])),
    at: Map.groupBy(placed, ({ role, organisation }) => `${role}\n${organisation}`),
    chairs: new Map(
      [...Map.groupBy(chairs, ({ forum }) => forum ?? "")].map(([forum, rows]) => [
        forum,
        rows.map(({ email }) => email),
      ]),
    ),
  };
}

/** Of which organisation and period somebody is told. */
export interface Place {
  readonly organisation: string;
  readonly period: number;
}

/**
 * The addresses of those who answer for a series: the one `series.csv` names, else the owner (or author) of area and
 * organisation, else of the organisation, and so on up the tree as it stood then. Empty where nobody is found: then operators are told.
 */
export function responsibleFor(
  people: People,
  role: "owner" | "author",
  { metric, ...place }: Place & { readonly metric: Metric },
): string[] {
  const address = people.named.get(`${metric.code}\n${place.organisation}`)?.[role] ?? null;
  if (address !== null) return [address];
  return upTheTree(people, place, (code) => {
    const there = people.at.get(`${role}\n${code}`) ?? [];
    const ofArea = there.filter(({ forum }) => forum === metric.area);
    return (ofArea.length > 0 ? ofArea : there.filter(({ forum }) => forum === null)).map(({ email }) => email);
  });
}

/** The addresses of those with a role at an organisation, or at the nearest one above it that has any. */
export function nearest(people: People, role: string, place: Place): string[] {
  return upTheTree(people, place, (code) => addressesAt(people, role, code));
}

/** The addresses of those with a role at an organisation and at each above it, nearest first, without those that have none. */
export function levelsUp(people: People, role: string, place: Place): string[][] {
  return [...upwards(people, place)]
    .map((code) => [...new Set(addressesAt(people, role, code))])
    .filter(({ length }) => length > 0);
}

function addressesAt(people: People, role: string, code: string): string[] {
  return (people.at.get(`${role}\n${code}`) ?? []).map(({ email }) => email);
}

function upTheTree(people: People, place: Place, found: (code: string) => string[]): string[] {
  for (const code of upwards(people, place)) {
    const addresses = found(code);
    if (addresses.length > 0) return [...new Set(addresses)];
  }
  return [];
}

/** Trees of different months may cross: nobody is asked twice. */
function upwards(people: People, { organisation, period }: Place): Set<string> {
  const seen = new Set<string>();
  for (let code: string | null = organisation; code !== null && !seen.has(code); code = people.parentIn(code, period))
    seen.add(code);
  return seen;
}

/** The chairs of forums. */
export function chairsOf(people: People, forums: readonly string[]): string[] {
  return [...new Set(forums.flatMap((forum) => people.chairs.get(forum) ?? []))];
}
