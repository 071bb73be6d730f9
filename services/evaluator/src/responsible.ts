import type { CurrentCatalogue, Metric, Person } from "@signalbox/db";

/** Who is what, looked up by role and place. */
export interface People {
  readonly parents: ReadonlyMap<string, string | null>;
  readonly named: ReadonlyMap<string, { readonly owner: string | null; readonly author: string | null }>;
  readonly at: ReadonlyMap<string, readonly Person[]>;
  readonly chairs: ReadonlyMap<string, readonly string[]>;
}

export function peopleOf(catalogue: CurrentCatalogue): People {
  const placed = catalogue.people.filter(({ organisation }) => organisation !== null);
  const chairs = catalogue.people.filter(({ role, forum }) => role === "chair" && forum !== null);
  return {
    parents: new Map([...catalogue.organisations.values()].map(({ code, parent }) => [code, parent])),
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

/**
 * The addresses of those who answer for a series: the one `series.csv` names, else the owner (or author) of area and
 * organisation, else of the organisation, and so on up the tree. Empty where nobody is found: then operators are told.
 */
export function responsibleFor(
  people: People,
  role: "owner" | "author",
  { metric, organisation }: { metric: Metric; organisation: string },
): string[] {
  const address = people.named.get(`${metric.code}\n${organisation}`)?.[role] ?? null;
  if (address !== null) return [address];
  return upTheTree(people, organisation, (code) => {
    const there = people.at.get(`${role}\n${code}`) ?? [];
    const ofArea = there.filter(({ forum }) => forum === metric.area);
    return (ofArea.length > 0 ? ofArea : there.filter(({ forum }) => forum === null)).map(({ email }) => email);
  });
}

/** The addresses of those with a role at an organisation, or at the nearest one above it that has any. */
export function nearest(people: People, role: string, organisation: string): string[] {
  return upTheTree(people, organisation, (code) => (people.at.get(`${role}\n${code}`) ?? []).map(({ email }) => email));
}

function upTheTree(people: People, from: string, found: (code: string) => string[]): string[] {
  for (let code: string | null = from; code !== null; code = people.parents.get(code) ?? null) {
    const addresses = found(code);
    if (addresses.length > 0) return [...new Set(addresses)];
  }
  return [];
}

/** The chairs of forums. */
export function chairsOf(people: People, forums: readonly string[]): string[] {
  return [...new Set(forums.flatMap((forum) => people.chairs.get(forum) ?? []))];
}
