import { followUpCounts } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import { sightOf } from "../../callers.ts";
import { meetingsSeen } from "../../meetings/who-may.ts";
import type { PagesOf } from "../all.ts";

interface List {
  readonly href: string;
  readonly name: string;
  readonly says: string;
}

/** /follow-up: what follows cases, each list with its counts. */
export const followUpPages: PagesOf = (app, { db, clock }, pages) => {
  app.get("/follow-up", async (request, reply) => {
    const now = await clock.now();
    const counts = await followUpCounts(db, { sight: sightOf(request), now, today: dayOf(now) });
    const lists: readonly List[] = [
      {
        href: "/action-plans",
        name: "Action plans",
        says: said(counts.plans, "plan", some(counts.plansToDecide, "to decide")),
      },
      {
        href: "/actions",
        name: "Actions",
        says: said(
          counts.actions,
          "action still to do",
          some(counts.actionsLate, "past their day"),
          "actions still to do",
        ),
      },
      { href: "/risks", name: "Risks", says: said(counts.risks, "risk", some(counts.risksExtreme, "extreme")) },
      {
        href: "/investment",
        name: "Investment",
        says: said(counts.investment, "plan asks for money or help", null, "plans ask for money or help"),
      },
      {
        href: "/commentary",
        name: "Commentary",
        says: said(counts.commentary, "comment asked for", null, "comments asked for"),
      },
      {
        href: "/meetings",
        name: "Meetings",
        says: said(
          counts.meetings,
          "meeting to come",
          some(counts.decisionsToDo, "decisions to carry out"),
          "meetings to come",
        ),
      },
    ];
    const isShown = ({ href }: List) =>
      app.hasRoute({ method: "GET", url: href }) &&
      (href !== "/meetings" || meetingsSeen(request.caller)?.length !== 0);
    const context = { lists: lists.filter(isShown) };
    return pages.show(request, reply, { template: "follow-up", context });
  });
};

/** "2 to decide"; nothing where there is none. */
function some(count: number, what: string): string | null {
  return count === 0 ? null : `${count.toLocaleString("en-GB")} ${what}`;
}

/** "3 plans, 1 to decide"; "no plans". */
function said(count: number, one: string, more: string | null, many = `${one}s`): string {
  if (count === 0) return `No ${many}`;
  const counted = `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
  return more === null ? counted : `${counted}, ${more}`;
}
