import { catalogueVersion, type Database, endingSoon, type Kysely } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";

const SHOWN = 5;

/** What an administrator looks at first: the version in force, and what of it ends soon. */
export interface Administrators {
  readonly version: number;
  readonly ending: number;
  readonly lines: readonly { readonly text: string; readonly endsOn: string }[];
}

/** A reader that looks for what ends once a version and day: it goes through every plan. */
export function readAdministrators(): (db: Kysely<Database>, now: Temporal.Instant) => Promise<Administrators> {
  let kept: { readonly of: string; readonly value: Administrators } | null = null;
  return async (db, now) => {
    const [version, today] = [await catalogueVersion(db), dayOf(now)];
    const of = `${version} ${today.toString()}`;
    if (kept?.of !== of) {
      const ending = await endingSoon(db, today);
      const lines = ending.slice(0, SHOWN).map(({ what, metricName, organisation, level, endsOn }) => {
        const whose = organisation ?? (level === null ? null : `every ${level}`);
        return {
          text: `${what === "limits" ? "Limits" : "Plans"} of ${[metricName, whose].filter(Boolean).join(", ")}`,
          endsOn,
        };
      });
      kept = { of, value: { version, ending: ending.length, lines } };
    }
    return kept.value;
  };
}
