import type { AnswerLink } from "@signalbox/db";
import { parsePeriod } from "@signalbox/domain";

/** A request as far as it says whether it lies within a link. */
export interface AskedRoute {
  readonly method: string;
  /** As the route is written: "/escalations/:id". */
  readonly url: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/**
 * What a route asks of a link: `anybody` may use it, link or none; `yes` it lies within the link; `plan` it does where the
 * plan answers the link's case alone, which is for the database to say.
 */
export type Within = "anybody" | "yes" | "no" | "plan";

type Check = (link: AnswerLink, asked: AskedRoute) => Within;

const always: Check = () => "anybody";
const ofCase: Check = ({ escalation }, { params }) => is(escalation !== null && params["id"] === String(escalation));
const ofSeries: Check = ({ metric, organisation }, { params }) =>
  is(metric !== null && params["metric"] === metric && params["organisation"] === organisation);
const ofPeriod: Check = (link, asked) => {
  const { period } = asked.params;
  const isIt = typeof period === "string" && parsePeriod(period, link.frequency) === link.period;
  return link.kind === "commentary" && isIt ? ofSeries(link, asked) : "no";
};
/** Of a case that asks for a plan, or for an acknowledgement of it. */
const asksForPlan = ({ kind }: AnswerLink) => kind === "action-plan" || kind === "acknowledgement";
const ofPlan: Check = (link) => (asksForPlan(link) && link.escalation !== null ? "plan" : "no");
const ofKind =
  (...kinds: readonly AnswerLink["kind"][]): Check =>
  (link, asked) =>
    kinds.includes(link.kind) ? ofCase(link, asked) : "no";

/**
 * Every route that the holder of a link reaches, and when. A route that is not here is shut to them, whatever it lets others
 * do: a new page is out of reach until somebody lets it in.
 */
export const withinReach: Readonly<Record<string, Check>> = {
  "GET /assets/*": always,
  "GET /health/live": always,
  "GET /sign-in": always,
  "POST /sign-in": always,
  "POST /sign-in/as": always,
  "GET /sign-in/oidc": always,
  "GET /sign-in/oidc/callback": always,
  "GET /sign-in/:token": always,
  "POST /sign-in/:token": always,
  "POST /sign-out": always,
  "GET /answer": always,
  "GET /answer/:token": always,
  "POST /answer/:token": always,
  "POST /answer/:token/end": always,
  "GET /escalations/:id": ofCase,
  "POST /escalations/:id/acknowledgement": ofCase,
  "POST /escalations/:id/holding-reply": ofKind("acknowledgement", "action-plan"),
  "POST /escalations/:id/plan": ofKind("acknowledgement", "action-plan"),
  "GET /action-plans/:id": ofPlan,
  "GET /action-plans/:id/edit": ofPlan,
  "POST /action-plans/:id/edit": ofPlan,
  "GET /escalations/:id/challenge": ofKind("challenge"),
  "POST /escalations/:id/challenge": ofKind("challenge"),
  "GET /escalations/:id/risk": ofKind("risk"),
  "POST /escalations/:id/risk": ofKind("risk"),
  "GET /series/:metric/:organisation": ofSeries,
  "GET /series/:metric/:organisation/chart.png": ofSeries,
  "GET /commentary/:metric/:organisation/:period": ofPeriod,
  "POST /commentary/:metric/:organisation/:period": ofPeriod,
};

/** Whether a request lies within a link. */
export function withinLink(link: AnswerLink, asked: AskedRoute): Within {
  const method = asked.method === "HEAD" ? "GET" : asked.method;
  return withinReach[`${method} ${asked.url}`]?.(link, asked) ?? "no";
}

function is(so: boolean): Within {
  return so ? "yes" : "no";
}
