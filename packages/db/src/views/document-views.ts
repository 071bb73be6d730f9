import type { ViewDescription } from "./describe-views.ts";

/** The views as docs/sql-views.md lists them, one section a view. */
export function documentViews(views: readonly ViewDescription[]): string {
  return views
    .map(({ view, means, columns }) => {
      const rows = columns.map(({ name, type, means: is }) => `| \`${name}\` | ${type} | ${is} |`);
      return [`## ${view}`, "", `${means}.`, "", "| column | type | is |", "|---|---|---|", ...rows, ""].join("\n");
    })
    .join("\n");
}
