import { type Kysely, sql } from "kysely";
import type { Database } from "../tables.ts";
import { notAsked } from "./plan-askings.ts";

/** A period's file to be asked for, and how the server knows what it gave the last time. */
export interface Asking {
  readonly id: number;
  readonly source: string;
  readonly organisation: string;
  readonly template: string | null;
  /** The source's pattern, which says whether it comes by months or quarters. */
  readonly url: string;
  readonly period: number;
  readonly address: string;
  readonly lateAt: Temporal.Instant;
  readonly failures: number;
  /** Whether the operators see it as failed. */
  readonly failed: boolean;
  readonly fetchedFrom: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly submission: number | null;
  /** Of the bytes that came the last time. */
  readonly sha256: string | null;
}

/** Lets go of a period that was not asked for after all. */
export async function releaseAsking(db: Kysely<Database>, { id }: Pick<Asking, "id">): Promise<void> {
  await sql`update source_period set asking_at = null where id = ${id}`.execute(db);
}

/** Takes one period to ask for its file; null where it is not due, or another asks, or the source is gone. */
export async function claimAsking(db: Kysely<Database>, id: number, now: Temporal.Instant): Promise<Asking | null> {
  const { rows } = await sql<Asking>`update source_period p set asking_at = clock_timestamp()
    from source s
    where p.id = ${id}::int and p.next_at <= ${now.toString()}::timestamptz and ${notAsked}
      and s.name = p.source and s.until is null
    returning p.id, p.source, s.organisation, s.template, s.url, p.period, p.address, p.late_at as "lateAt", p.failures,
      p.failed_at is not null as failed,
      p.fetched_from as "fetchedFrom", p.etag, p.last_modified as "lastModified", p.submission,
      (select sha256 from submission where id = p.submission) as sha256`.execute(db);
  return rows[0] ?? null;
}
