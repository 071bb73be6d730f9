/** Where a long list stands: which page is shown, and the addresses of those beside it. */
export interface Paged {
  readonly page: number;
  readonly pages: number;
  /** From which item to which, counted from 1; both 0 where there is none. */
  readonly first: number;
  readonly last: number;
  readonly total: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** The number of a page that an address names, from 1; what is no number is the first. */
export function pageAsked(given: unknown): number {
  return typeof given === "string" && /^[1-9]\d{0,5}$/.test(given) ? Number(given) : 1;
}

/** One page of a list. `address` ends so that `page=2` can follow. */
export function pageOf(total: number, { page, size, address }: { page: number; size: number; address: string }): Paged {
  const pages = Math.max(1, Math.ceil(total / size));
  const at = Math.min(page, pages);
  return {
    page: at,
    pages,
    first: total === 0 ? 0 : (at - 1) * size + 1,
    last: Math.min(total, at * size),
    total,
    before: at > 1 ? `${address}page=${at - 1}` : null,
    after: at < pages ? `${address}page=${at + 1}` : null,
  };
}

/** An address with what is asked of it, ready for one thing more: "/list?q=a&"; what is empty is left out. */
export function addressWith(path: string, asked: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();
  return query === "" ? `${path}?` : `${path}?${query}&`;
}
