import type { InPlaceOf, NoticeToSend, PersonRole } from "@signalbox/db";

const byRole: Readonly<Record<string, string>> = {
  chair: "you chair the",
  member: "you are a member of the",
  secretary: "you are secretary of the",
};

const asNamed: Readonly<Record<string, string>> = {
  digest: "you answer for this figure, or were told of this case before",
  "action-plan-request": "you own this figure",
  "commentary-request": "you write about this figure",
  reminder: "you were asked",
  overdue: "you were asked",
  "submission-receipt": "you submit figures for this organisation",
  "submission-missing": "you submit figures for this organisation",
  correction: "we told you of this before",
  request: "this is asked of you",
  "follow-up": "you took part in this",
};

/** Of what goes to those above. */
const asAbove: Readonly<Record<string, string>> = {
  "raised-a-level": "you are an executive there, and no answer has come",
  "acknowledgement-ran-out": "you are an executive there, and nothing has followed",
  "raised-to-owner": "you own these figures, and they have not come",
  "raised-to-executive": "you are an executive there, and no answer has come",
  "sign-off-asked": "you are an executive there",
  "sign-off-due": "you are an executive there",
  "another-day-asked": "you decide it for your forum",
  "another-day-agreed": "you were asked",
  "limits-sent": "you decide the limits of this board",
  "limits-sent-back": "you proposed it",
  "limits-approved": "you proposed it",
  "limits-end-soon": "you keep the papers of this board, or the catalogue",
};

/** Why this person is told, as it stands after "You are told because": by forum, by name, in whose place, or for want of anybody else. */
export function toldBecause(notice: NoticeToSend, roles: readonly PersonRole[]): string {
  const own = ownReason(notice, roles);
  if (notice.inPlaceOf.length === 0) return own ?? "you are an operator, and nobody else is named for it";
  const others = `it comes to you in place of ${notice.inPlaceOf.map(inTheirPlace).join(" and ")}`;
  return own === null ? others : `${own}, and ${others}`;
}

function ownReason(notice: NoticeToSend, roles: readonly PersonRole[]): string | null {
  const seats = roles.flatMap(({ role, forum, forumName }) => {
    const words = byRole[role];
    return words === undefined || forum === null || !notice.forums.includes(forum)
      ? []
      : [`${words} ${forumName ?? forum}`];
  });
  if (seats.length > 0) return seats.join(", and ");
  return notice.named ? (asAbove[notice.reason] ?? asNamed[notice.kind] ?? "you are named for it") : null;
}

function inTheirPlace({ name, why, until }: InPlaceOf): string {
  if (why === "left") return `${name}, who has left`;
  if (why === "bouncing" || until === null) return `${name}, whose mail comes back`;
  const day = Temporal.PlainDate.from(until).toLocaleString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `${name}, away until ${day}`;
}
