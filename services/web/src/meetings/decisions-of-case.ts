import { decisionsOfCase } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { CaseSection } from "../pages/cases/case-sections.ts";
import { addressesOf } from "../acting.ts";
import { logLine } from "./log-lines.ts";
import { seesMeetingsOf } from "./who-may.ts";

/** What meetings decided of a case: whoever sees the case reads it, and opens it where they see the meeting or are asked. */
export const decisionsSection: CaseSection = {
  name: "decisions",
  async of({ case: one }, { db, catalogue, caller, now }) {
    const found = catalogue === null ? [] : await decisionsOfCase(db, one.id, null);
    if (catalogue === null || found.length === 0) return null;
    const own = new Set(addressesOf(caller));
    return {
      decisions: found.map((decision) => ({
        ...logLine(decision, { catalogue, today: dayOf(now) }),
        forum: catalogue.forums.get(decision.forum)?.name ?? decision.forum,
        isSeen: seesMeetingsOf(caller, decision.forum) || own.has(decision.askedOf?.toLowerCase() ?? ""),
      })),
    };
  },
};
