import type { LimitListed } from "@signalbox/db";

type Listed = Pick<LimitListed, "metric" | "forum" | "organisation" | "level" | "from" | "to" | "status">;

/**
 * The month from which later approved limits of the same scope rate in place of these; null where none do by this month.
 * Limits without an end stay in the list when others follow them, and do not rate any more.
 */
export function replacedFrom(one: Listed, all: readonly Listed[], thisMonth: number): number | null {
  if (one.status !== "approved") return null;
  const later = all.filter(
    ({ metric, forum, organisation, level, from, to, status }) =>
      status === "approved" &&
      metric === one.metric &&
      forum === one.forum &&
      organisation === one.organisation &&
      level === one.level &&
      from > one.from &&
      from <= thisMonth &&
      (to === null || to >= thisMonth),
  );
  return later.length === 0 ? null : Math.min(...later.map(({ from }) => from));
}
