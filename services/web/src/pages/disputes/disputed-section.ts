import { listDisputes } from "@signalbox/db";
import { formatPeriod } from "@signalbox/domain";
import { mayDispute } from "../../disputing.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { readsAddresses } from "../cases/case-facts.ts";
import type { CaseSection } from "../cases/case-sections.ts";
import { lastFigure } from "../cases/case-why.ts";
import { disputeInWords } from "./in-words.ts";

/** The figures of a case that are contested now, and, for those who answer for them, a way to contest the last. */
export const disputedSection: CaseSection = {
  name: "disputed",
  async of(found, { db, caller, catalogue }) {
    const { case: one, names } = found;
    if (one.metric === null || catalogue === null) return null;
    const { metric, organisation, frequency } = one;
    const disputes = await listDisputes(db, { metric, organisation, inForce: true });
    const who = (address: string) => (readsAddresses(caller) ? address : nameOfPerson(catalogue, address));
    const theirs = mayDispute(caller, organisation);
    const figure = lastFigure(found);
    const given = figure?.given.find(({ holds }) => holds);
    const isOff = catalogue.protocol.body.dispute === undefined;
    const canDispute =
      theirs && !isOff && one.standing && disputes.length === 0 && typeof given?.submission === "number";
    if (disputes.length === 0 && !canDispute) return null;
    const asked = new URLSearchParams({
      metric,
      organisation,
      period: figure === undefined ? "" : formatPeriod(figure.period, frequency),
    });
    return {
      disputes: disputes.map((dispute) => disputeInWords(dispute, { names, who, mayEnd: theirs })),
      mayDispute: canDispute ? `/submissions/${given.submission}/dispute?${asked.toString()}` : null,
    };
  },
};
