import { type Database, type Kysely, listDeputies, noteSeen } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { absenceLines, spokenOfSince } from "../../deputies/deputy-words.ts";
import { isEverythingEmbedded } from "../../embedded.ts";
import { keptIdOf } from "../../session-store.ts";
import { textOf } from "../../signing-in.ts";
import type { PagesOf } from "../all.ts";
import { readAdministrators } from "./for-administrators.ts";
import { readOperators } from "./for-operators.ts";
import { readOwn } from "./for-people.ts";
import { inShort } from "./in-short.ts";

/** The front page. For somebody signed in, what stands, what changed and what is asked of them; else what this is. */
export const home: PagesOf = (app, { db, config, clock }, pages) => {
  const administrators = readAdministrators();

  app.get("/", async (request, reply) => {
    const { caller } = request;
    if (caller.kind === "nobody" || caller.kind === "key") {
      const demo = isEverythingEmbedded(config, request);
      return pages.show(request, reply, { template: "welcome", context: { demo } });
    }
    const now = await clock.now();
    const { person } = caller;
    const session = keptIdOf(request.session.sessionId);
    const [own, operator, administrator, absence] = await Promise.all([
      person === null ? null : readOwn(db, { person, session, now }),
      caller.kind === "operator" ? readOperators(db, now) : null,
      person?.isAdministrator === true ? administrators(db, now) : null,
      person === null ? [] : absenceOf(db, person.email, now),
    ]);
    const context = {
      ...own,
      operator,
      administrator,
      absence,
      isAuditor: person?.isAuditor === true,
      inShort: inShort(own, operator),
      now: now.toString(),
    };
    return pages.show(request, reply, { template: "home", context });
  });

  app.post<{ Body: { until?: unknown } | null }>("/seen", async (request, reply) => {
    const { caller } = request;
    const until = instantOf(textOf(request.body?.until));
    const now = await clock.now();
    if (caller.kind !== "nobody" && caller.kind !== "key" && caller.person !== null && until !== null) {
      const upTo = Temporal.Instant.compare(until, now) > 0 ? now : until;
      await noteSeen(db, { person: caller.person.email, until: upTo });
    }
    return reply.redirect("/", 303);
  });
};

/** What is said to somebody of who stands in for whom; nothing to most. */
async function absenceOf(db: Kysely<Database>, email: string, now: Temporal.Instant): Promise<string[]> {
  const today = dayOf(now);
  const deputies = await listDeputies(db, { of: email, since: spokenOfSince(today) }, { limit: 20 });
  return absenceLines(deputies, email, today.toString());
}

/** The moment that a page was shown, as it says itself; null for what is none. */
function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
