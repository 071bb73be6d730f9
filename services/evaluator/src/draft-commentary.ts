import type { RequestRow, TellingRow } from "@signalbox/db";
import { escalates, isFresh, type Period, RED } from "@signalbox/domain";
import { type Assessed, type CatalogueView, itemOfSeries, responsibleFor, requestDates } from "@signalbox/evaluation";

/** What is asked of authors, and the keys of requests that no longer have a ground. */
export interface DraftCommentary {
  readonly requests: RequestRow[];
  readonly tellings: TellingRow[];
  readonly groundless: string[];
}

/**
 * Asks authors for commentary on figures past the SLT limit of a threshold that is still a draft, and, where the protocol says
 * so, of one in force: once a series and fresh period, by the key of the request.
 */
export function draftCommentary(
  view: CatalogueView,
  decided: readonly { readonly assessed: Assessed; readonly through: number | null }[],
): DraftCommentary {
  const requests: RequestRow[] = [];
  const tellings: TellingRow[] = [];
  const groundless: string[] = [];
  for (const { assessed, through } of view.ticking ? decided : []) {
    const { metric, organisation, assessment, due } = assessed;
    const rules = view.rules(metric);
    if (rules.commentary === undefined) continue;
    // Of limits in force the papers speak by case, so authors are asked of what becomes one.
    const isAskedInForce = rules.commentary.inForce === true && escalates(rules, organisation.kind);
    const fresh = { lastPassed: view.lastPassed(metric), tellWithin: rules.tellWithin, frequency: metric.frequency };
    for (let i = assessment.count - 1; i >= 0; i--) {
      const period = (assessment.first + i * assessment.step) as Period;
      if (period <= (through ?? -Infinity) || !isFresh(period, fresh)) break;
      const key = `commentary:${due.series}:${period}`;
      const isDraft = assessment.provisional[i] === 1;
      if (assessment.rag[i] !== RED || !(isDraft || isAskedInForce)) {
        if (through === null && due.decided !== null) groundless.push(key);
        continue;
      }
      const recipients = responsibleFor(view.people, "author", { metric, organisation: organisation.code, period });
      const { dueOn, nextAt } = requestDates(rules, view.now, rules.commentary.dueWorkingDays);
      const subject = { escalation: null, series: due.series, organisation: organisation.code, period };
      requests.push({ ...subject, kind: "commentary", key, recipients, dueOn: dueOn.toString(), nextAt });
      const event = {
        period,
        event: "raised",
        tier: isDraft ? ("none" as const) : ("slt" as const),
        reasons: [],
        metrics: [],
        areas: [],
        restated: false,
      };
      const item = itemOfSeries(view, assessed, {
        event,
        change: { events: [event], raisedIn: period, stored: null, previous: null },
      });
      tellings.push({
        ...subject,
        kind: "commentary-request",
        reason: isDraft ? "draft-threshold" : "slt-limit",
        event: null,
        submission: null,
        forums: [],
        recipients,
        tellAt: view.now,
        digest: null,
        causedBy: due.dueBy,
        detail: {
          ...item,
          why: isDraft ? "Past the SLT limit that is proposed" : "Past the SLT limit",
          dueOn: dueOn.toString(),
        },
        key: `request:${key}`,
      });
    }
  }
  return { requests, tellings, groundless };
}
