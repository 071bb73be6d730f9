import type { Kysely } from "kysely";
import type { TellingRow } from "../evaluation/write-tellings.ts";
import type { Database } from "../tables.ts";

/** People around the small world: an owner of an area, of a provider and of the system, an executive, a forum's chair and
 * secretary, an operator, and Lee Moss, who has left. */
export async function seedPeople(db: Kysely<Database>, version: number): Promise<void> {
  const person = (email: string, name: string, role: string, at: { forum?: string; organisation?: string }) => ({
    since: version,
    until: null as number | null,
    email,
    name,
    role,
    forum: at.forum ?? null,
    organisation: at.organisation ?? null,
  });
  await db
    .insertInto("person")
    .values([
      person("Farah@example.org", "Farah Quinn", "owner", { organisation: "RA", forum: "UEC" }),
      person("farah@example.org", "Farah Quinn", "member", { forum: "EC" }),
      person("ben@example.org", "Ben Shah", "author", { organisation: "RB" }),
      person("tess@example.org", "Tess Rowe", "owner", { organisation: "RA" }),
      person("sys@example.org", "Sid Yates", "owner", { organisation: "SYS" }),
      person("boss@example.org", "Bo Singh", "executive", { organisation: "RA" }),
      person("chair@example.org", "Cy Hall", "chair", { forum: "UEC" }),
      person("secretary@example.org", "Sol Kerr", "secretary", { forum: "UEC" }),
      person("operator@example.org", "Oz Park", "operator", {}),
      { ...person("lee@example.org", "Lee Moss", "owner", { organisation: "RB" }), until: version },
    ])
    .execute();
}

/** A request for an action plan of RA, told to whoever is given. */
export function aRequest(given: Partial<TellingRow> & Pick<TellingRow, "tellAt">): TellingRow {
  const nothing = { escalation: null, event: null, submission: null, series: null, period: null, digest: null };
  return {
    ...nothing,
    kind: "action-plan-request",
    reason: "asked-action-plan",
    organisation: "RA",
    forums: [],
    recipients: [],
    causedBy: [],
    detail: {},
    key: `test ${crypto.randomUUID()}`,
    ...given,
  };
}
