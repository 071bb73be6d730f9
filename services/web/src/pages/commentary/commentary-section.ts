import { lastWords, NOT_SIGNED_OFF, type SavedCommentary } from "@signalbox/db";
import { formatPeriod, nameOfPeriod } from "@signalbox/domain";
import { mayWrite } from "../../commenting/who-may-comment.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { readsAddresses } from "../cases/case-facts.ts";
import type { CaseSection } from "../cases/case-sections.ts";

/** What authors wrote about the case's periods, and where its last one is written. */
export const commentarySection: CaseSection = {
  name: "commentary",
  async of({ case: one, figures }, { db, catalogue, caller }) {
    const last = figures.at(-1);
    if (one.metric === null || last === undefined || catalogue === null) return null;
    const series = { metric: one.metric, organisation: one.organisation };
    const found = await lastWords(db, series, { from: one.raisedIn, to: last.period });
    const isWriter = mayWrite(caller, series, catalogue);
    if (found.length === 0 && !isWriter) return null;
    const unsigned = new Set(figures.filter(({ noValue }) => noValue === NOT_SIGNED_OFF).map(({ period }) => period));
    const addressOf = (period: SavedCommentary["period"]) =>
      `/commentary/${encodeURIComponent(one.metric ?? "")}/${encodeURIComponent(one.organisation)}/${formatPeriod(period, "monthly")}`;
    const written = found
      .filter(({ period }) => !unsigned.has(period))
      .map(({ period, words, by, at }) => ({
        period: nameOfPeriod(period, one.frequency),
        href: addressOf(period),
        words,
        by: readsAddresses(caller) ? by : nameOfPerson(catalogue, by),
        at,
      }));
    const write = isWriter ? { href: addressOf(last.period), period: nameOfPeriod(last.period, one.frequency) } : null;
    return written.length === 0 && write === null
      ? null
      : { latest: written[0] ?? null, earlier: written.slice(1), write };
  },
};
