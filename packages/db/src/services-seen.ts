import { type Kysely, sql } from "kysely";
import type { Database } from "./tables.ts";

/** Notes that a service is at work; `now` is the machine's time. */
export async function markServiceSeen(db: Kysely<Database>, service: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into worker_seen (service, at) values (${service}, ${now.toString()})
    on conflict (service) do update set at = greatest(worker_seen.at, excluded.at)`.execute(db);
}

/** Which of these services nobody has seen at work since a moment. */
export async function servicesNotSeen(
  db: Kysely<Database>,
  services: readonly string[],
  since: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom("worker_seen")
    .select("service")
    .where(sql<boolean>`at >= ${since.toString()}`)
    .execute();
  const seen = new Set(rows.map(({ service }) => service));
  return services.filter((service) => !seen.has(service));
}

/** Notes that services have left here; where others of their kind are at work, these note it again soon. */
export async function forgetServicesSeen(db: Kysely<Database>, services: readonly string[]): Promise<void> {
  await sql`delete from worker_seen where service = any(${services}::text[])`.execute(db);
}
