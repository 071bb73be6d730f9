import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** The organisations a caller may see, by code; null is all of them. */
export type Visible = readonly string[] | null;

/** An organisation and all below it; null for the system, which sees everything. */
export async function visibleTo(db: Kysely<Database>, organisation: string): Promise<Visible> {
  const { rows } = await sql<{ code: string; kind: string | null }>`
    with recursive below (code, kind) as (
      select code, kind from organisation where code = ${organisation} and until is null
      union
      select child.code, child.kind from organisation child join below on child.parent = below.code where child.until is null)
    select code, kind from below`.execute(db);
  if (rows.some(({ code, kind }) => code === organisation && kind === "system")) return null;
  return [...new Set([organisation, ...rows.map(({ code }) => code)])];
}

/** A condition that a column holds a visible organisation; of a null organisation only those who see all see it. */
export function isVisible(column: string, visible: Visible) {
  return visible === null ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${visible}::text[])`;
}

/** Whether one organisation is among the visible ones. */
export function sees(visible: Visible, organisation: string): boolean {
  return visible === null || visible.includes(organisation);
}

/** Whether the catalogue in force has this organisation. */
export async function organisationExists(db: Kysely<Database>, code: string): Promise<boolean> {
  const row = await db
    .selectFrom("organisation")
    .select("id")
    .where("code", "=", code)
    .where("until", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}
