import type { Query } from "./asked.ts";
import type { Sort } from "./row-order.ts";

/** All that an address of a scorecard may say, in the order in which it says it. */
export const NAMES = [
  "organisation",
  "below",
  "forum",
  "domain",
  "contract",
  "commissioner",
  "metric",
  "period",
  "rag",
  "against",
  "variation",
  "area",
  "sort",
  "page",
] as const;
type Name = (typeof NAMES)[number];

/** The address of the scorecard that a query names, with some of it changed; undefined takes something away. */
export function addressWith(query: Query, changes: Readonly<Partial<Record<Name, string | undefined>>>): string {
  const all: Query = { ...query, ...changes };
  const said = NAMES.flatMap((name) => {
    const value = all[name];
    return typeof value === "string" && value !== "" ? [`${name}=${encodeURIComponent(value)}`] : [];
  });
  return said.length === 0 ? "/scorecards" : `/scorecards?${said.join("&")}`;
}

/** The number of the page asked for, from 1; what is none is the first. */
export function pageAsked(query: Query): number {
  const page = typeof query["page"] === "string" && /^\d{1,6}$/.test(query["page"]) ? Number(query["page"]) : 1;
  return Math.max(1, page);
}

const HEADINGS: readonly (readonly [text: string, sort: Sort | null])[] = [
  ["Measure", "name"],
  ["Organisation", null],
  ["Figure", "change"],
  ["Plan", null],
  ["Target", null],
  ["RAG", "rag"],
  ["Variation", "variation"],
  ["Trend", null],
  ["Compare", null],
];

/** The headings of the table of rows: by which one may sort, where the link leads, and what it is sorted by now. */
export function headingsOf(query: Query, { sort, shown }: { sort: Sort; shown: (heading: string) => boolean }) {
  return HEADINGS.filter(([text]) => shown(text)).map(([text, by]) => ({
    text,
    href: by === null ? null : addressWith(query, { sort: by === "name" ? undefined : by, page: undefined }),
    says: by === "change" ? "worst change first" : by === "name" ? "by name" : "worst first",
    sorted: by !== sort ? null : by === "name" ? "ascending" : "descending",
  }));
}
