import { maySignOff, mayCloseCase, signingOfCase } from "@signalbox/db";
import { nameOfPeriod, relapseInWords } from "@signalbox/domain";
import { decidesFor } from "../../case-acting.ts";
import type { CaseSection } from "../cases/case-sections.ts";
import { readsAddresses } from "../cases/case-facts.ts";

/** How the end of a case stands: held for a signature, signed off, closed with a minute; and whether it is a relapse. */
export const signingSection: CaseSection = {
  name: "sign-off",
  async of({ case: one }, { db, caller, catalogue }) {
    const decides = decidesFor(caller, one);
    const signing = await signingOfCase(db, one.id);
    const waitsFor = signing.awaits ? await maySignOff(db, one.id) : null;
    const closable = decides && one.standing ? await mayCloseCase(db, one.id) : null;
    const refusal = signing.refusals.findLast(({ endedAt }) => endedAt === null) ?? null;
    const named = new Map((catalogue?.people ?? []).map(({ email, name }) => [email.toLowerCase(), name]));
    const who = (address: string) =>
      readsAddresses(caller) || !address.includes("@")
        ? address
        : (named.get(address.toLowerCase()) ?? "somebody who is not listed any more");
    if (!signing.awaits && one.acts.length === 0 && one.relapse === null && closable?.may !== true) return null;
    return {
      id: one.id,
      awaits: signing.awaits,
      heldSince: signing.heldSince === null ? null : nameOfPeriod(signing.heldSince, one.frequency),
      dueOn: signing.dueOn,
      refusal: refusal && { ...refusal, who: who(refusal.by) },
      waitsFor,
      maySign: signing.awaits && waitsFor === null && decides,
      closable: closable?.may === true ? closable : null,
      relapse: one.relapse && { ...one.relapse, words: relapseInWords(one.relapse, one.frequency) },
      acts: one.acts.map((act) => ({
        ...act,
        who: who(act.by),
        takenBackWho: act.takenBackBy === null ? null : who(act.takenBackBy),
        period: nameOfPeriod(act.period, one.frequency),
        mayTakeBack: decides && act.takenBackAt === null,
      })),
    };
  },
};
