import type { RequestKind } from "../tables.ts";

/** What is known of a request that leads to where it is answered. */
export interface StepPlace {
  readonly kind: RequestKind;
  readonly escalation: number | null;
  readonly plan?: number | null;
  readonly action?: number | null;
  readonly metric?: string | null;
  readonly organisation?: string | null;
}

/** Where something that is asked is answered: a path of the web application. */
export function stepPath({
  kind,
  escalation,
  plan = null,
  action = null,
  metric = null,
  organisation = null,
}: StepPlace): string {
  if (kind === "decision") return "/decisions";
  if (action !== null) return `/actions/${action}`;
  if (plan !== null && kind !== "challenge") return `/action-plans/${plan}`;
  if (escalation !== null)
    return kind === "case-sign-off" ? `/escalations/${escalation}/sign-off` : `/escalations/${escalation}`;
  if (metric !== null && organisation !== null)
    return `/series/${encodeURIComponent(metric)}/${encodeURIComponent(organisation)}`;
  return "/submissions";
}
