import { acknowledgesSome } from "./acknowledging.ts";
import { type Caller, submitsFor } from "./callers.ts";

/**
 * What a route asks of its caller. `anyone`: nothing. `read`: a key that reads, or somebody signed in. `submit`: a key
 * that submits. `answer`: a key that submits or operates. `operate`: a key that operates. `operator`: an operator signed
 * in, or a key of the system that operates. `system`: such a key alone. `person`: anybody signed in, or such a key; what they see and may do is for
 * the page to say, by organisation. `submitter`: somebody signed in who submits for some organisation, or an operator.
 * `acknowledger`: whoever answers for an organisation or sits on a forum, or an operator; the page says of which cases.
 * `administrator`: who keeps the catalogue, or an operator. `auditor`: who reads all, or an operator. `kept-mail`: nothing, but the page is there only while mail is kept here. `embedded`: nothing, but the page is there
 * only while everything is embedded.
 */
export type Rule =
  | "anyone"
  | "read"
  | "submit"
  | "answer"
  | "operate"
  | "operator"
  | "system"
  | "person"
  | "submitter"
  | "acknowledger"
  | "administrator"
  | "auditor"
  | "kept-mail"
  | "embedded";

/** Every route there is. One that is missing here does not start; a name that ends in * stands for all that begin so. */
export const access: Readonly<Record<string, Rule>> = {
  "GET /": "anyone",
  "POST /seen": "person",
  "GET /assets/*": "anyone",
  "GET /health/live": "anyone",
  "GET /health/ready": "anyone",
  "GET /health/audit": "anyone",
  "GET /metrics": "anyone",
  "GET /sign-in": "anyone",
  "POST /sign-in": "anyone",
  "POST /sign-in/as": "embedded",
  "GET /sign-in/oidc": "anyone",
  "GET /sign-in/oidc/callback": "anyone",
  "GET /sign-in/:token": "anyone",
  "POST /sign-in/:token": "anyone",
  "POST /sign-out": "anyone",
  "GET /answer": "anyone",
  "GET /answer/:token": "anyone",
  "POST /answer/:token": "anyone",
  "POST /answer/:token/end": "anyone",
  "GET /api/docs": "anyone",
  "GET /api/v1/openapi.json": "anyone",

  "POST /api/v1/submissions": "submit",
  "GET /api/v1/submissions": "read",
  "GET /api/v1/submissions/:id": "read",
  "GET /api/v1/submissions/:id/problems.csv": "read",
  "GET /api/v1/submissions/:id/file": "read",
  "GET /api/v1/submissions/:id/marked.csv": "read",
  "GET /api/v1/submissions/:id/marked.xlsx": "read",
  "GET /api/v1/submissions/:id/changes": "read",
  "POST /api/v1/submissions/:id/withdrawal": "answer",
  "POST /api/v1/submissions/:id/release": "operate",
  "POST /api/v1/submissions/:id/dispute": "answer",
  "GET /api/v1/submissions/:id/disputes": "read",
  "GET /api/v1/disputes": "read",
  "POST /api/v1/disputes/:id/settlement": "answer",
  "POST /api/v1/submissions/:id/sign-off": "operate",
  "POST /api/v1/submissions/:id/retry": "operate",
  "GET /api/v1/assessments": "read",
  "GET /api/v1/escalations": "read",
  "GET /api/v1/escalations/:id": "read",
  "POST /api/v1/escalations/:id/acknowledgement": "answer",
  "POST /api/v1/escalations/:id/holding-reply": "answer",
  "POST /api/v1/escalations/:id/challenge": "answer",
  "POST /api/v1/escalations/:id/another-day": "operate",
  "POST /api/v1/escalations/:id/choice": "operate",
  "POST /api/v1/escalations/:id/sign-off": "operate",
  "POST /api/v1/escalations/:id/sign-off/refusal": "operate",
  "POST /api/v1/escalations/:id/closure": "operate",
  "POST /api/v1/escalations/:id/acts/:act/taken-back": "operate",
  "GET /api/v1/action-plans": "read",
  "GET /api/v1/action-plans/:id": "read",
  "POST /api/v1/action-plans": "operate",
  "PUT /api/v1/action-plans/:id": "operate",
  "POST /api/v1/action-plans/:id/send": "operate",
  "POST /api/v1/action-plans/:id/decision": "operate",
  "GET /api/v1/series/:metric/:organisation": "read",
  "GET /api/v1/series/:metric/:organisation/versions": "read",
  "POST /api/v1/series/:metric/:organisation/recalculations": "answer",
  "POST /api/v1/series/:metric/:organisation/recalculations/:id/removal": "answer",
  "GET /api/v1/commentary": "read",
  "PUT /api/v1/commentary/:metric/:organisation/:period": "operate",
  "POST /api/v1/commentary/:metric/:organisation/:period/opening": "operate",
  "GET /api/v1/scorecards": "read",
  "GET /api/v1/returns": "read",
  "GET /api/v1/thresholds": "read",
  "GET /api/v1/threshold-proposals": "read",
  "GET /api/v1/threshold-proposals/:id": "read",
  "GET /api/v1/threshold-proposals/:id/trial": "read",
  "POST /api/v1/threshold-proposals": "operate",
  "POST /api/v1/threshold-proposals/:id/send": "operate",
  "POST /api/v1/threshold-proposals/:id/decision": "operate",
  "GET /api/v1/meetings": "read",
  "POST /api/v1/meetings": "operate",
  "GET /api/v1/meetings/:id": "read",
  "GET /api/v1/meetings/:id/agenda": "read",
  "GET /api/v1/meetings/:id/decisions": "read",
  "POST /api/v1/meetings/:id/decisions": "operate",
  "POST /api/v1/meetings/:id/decisions/:decision/completion": "operate",
  "POST /api/v1/meetings/:id/cancellation": "operate",
  "GET /api/v1/risks": "read",
  "POST /api/v1/risks": "answer",
  "PUT /api/v1/risks/:organisation/:reference": "answer",
  "POST /api/v1/risks/:organisation/:reference/closure": "answer",
  "POST /api/v1/escalations/:id/risk": "answer",
  "GET /api/v1/actions": "read",
  "GET /api/v1/actions/:id": "read",
  "POST /api/v1/actions/:id/ratings": "operate",
  "POST /api/v1/actions/:id/date": "operate",
  "GET /api/v1/actions/:id/evidence": "read",
  "POST /api/v1/actions/:id/evidence": "operate",
  "POST /api/v1/evidence/:id/removal": "operate",
  "GET /api/v1/evidence/:id/file": "read",
  "GET /api/v1/investment": "read",
  "GET /api/v1/action-plans/:id/investment": "read",
  "POST /api/v1/action-plans/:id/investment": "operate",
  "GET /api/v1/notices": "read",
  "GET /api/v1/notices/:id/message": "read",
  "GET /api/v1/deputies": "operator",
  "POST /api/v1/deputies": "system",
  "POST /api/v1/deputies/:id/end": "system",
  "POST /api/v1/bounces": "system",
  "GET /api/v1/clock": "operate",
  "PUT /api/v1/clock": "operate",

  "GET /audit": "auditor",
  "GET /account": "person",
  "POST /account/deputies": "person",
  "POST /account/deputies/:id/end": "person",
  "POST /account/sessions/:number/end": "person",
  "POST /account/sessions/end-others": "person",
  "GET /operations": "operator",
  "GET /operations/bounces": "operator",
  "POST /operations/bounces": "operator",
  "POST /operations/bounces/:id/clear": "operator",
  "GET /operations/sessions": "operator",
  "POST /operations/sessions/:number/end": "operator",
  "POST /operations/:work/:id/:act": "operator",
  "GET /operations/queues*": "operator",
  "POST /operations/queues*": "operator",
  "PUT /operations/queues*": "operator",
  "PATCH /operations/queues*": "operator",
  "GET /series/:metric/:organisation/chart.png": "person",
  "GET /calendar": "person",
  "POST /calendar": "person",
  "POST /calendar/end": "person",
  "GET /calendar/:token.ics": "anyone",
  "GET /escalations": "person",
  "GET /escalations/:id": "person",
  "POST /escalations/:id/acknowledgement": "acknowledger",
  "POST /escalations/:id/holding-reply": "person",
  "GET /escalations/:id/another-day": "person",
  "POST /escalations/:id/another-day": "person",
  "GET /escalations/:id/choice": "person",
  "POST /escalations/:id/answer-links/:link/end": "person",
  "POST /escalations/:id/choice": "person",
  "GET /escalations/:id/sign-off": "person",
  "POST /escalations/:id/sign-off": "person",
  "POST /escalations/:id/sign-off/refusal": "person",
  "GET /escalations/:id/closure": "person",
  "POST /escalations/:id/closure": "person",
  "POST /escalations/:id/acts/:act/taken-back": "person",
  "POST /escalations/:id/plan": "person",
  "GET /action-plans": "person",
  "GET /action-plans/:id": "person",
  "GET /action-plans/:id/edit": "person",
  "POST /action-plans/:id/edit": "person",
  "POST /action-plans/:id/accept": "person",
  "POST /action-plans/:id/send-back": "person",
  "POST /action-plans/:id/withdraw": "person",
  "GET /series/:metric/:organisation": "person",
  "POST /series/:metric/:organisation/recalculations": "person",
  "POST /series/:metric/:organisation/recalculations/:id/removal": "person",
  "GET /actions": "person",
  "GET /actions/of-plan/:id": "person",
  "GET /actions/:id": "person",
  "POST /actions/:id/ratings": "person",
  "POST /actions/:id/date": "person",
  "POST /actions/:id/links": "person",
  "POST /actions/:id/evidence": "person",
  "POST /actions/:id/evidence/:evidence/removal": "person",
  "GET /evidence/:id/file": "person",
  "GET /escalations/:id/challenge": "person",
  "POST /escalations/:id/challenge": "person",
  "GET /escalations/:id/risk": "person",
  "POST /escalations/:id/risk": "person",
  "GET /follow-up": "person",
  "GET /investment": "person",
  "GET /investment/:plan": "person",
  "POST /investment/:plan": "person",
  "GET /risks": "person",
  "GET /risks/new": "person",
  "POST /risks/new": "person",
  "GET /risks/upload": "person",
  "POST /risks/upload": "person",
  "GET /risks/upload/:id": "person",
  "POST /risks/upload/:id/confirm": "person",
  "POST /risks/upload/:id/drop": "person",
  "GET /risks/:organisation/:reference": "person",
  "POST /risks/:organisation/:reference/review": "person",
  "POST /risks/:organisation/:reference/closure": "person",
  "GET /commentary": "person",
  "GET /commentary/:metric/:organisation/:period": "person",
  "POST /commentary/:metric/:organisation/:period": "person",
  "POST /commentary/:metric/:organisation/:period/opening": "person",
  "GET /scorecards": "person",
  "GET /thresholds": "person",
  "GET /thresholds/propose": "person",
  "POST /thresholds/propose": "person",
  "POST /thresholds/propose/file": "person",
  "GET /thresholds/proposals/:id": "person",
  "GET /thresholds/proposals/:id/change": "person",
  "POST /thresholds/proposals/:id/change": "person",
  "GET /thresholds/proposals/:id/cases": "person",
  "GET /thresholds/proposals/:id/mail": "person",
  "POST /thresholds/proposals/:id/send": "person",
  "POST /thresholds/proposals/:id/approve": "person",
  "POST /thresholds/proposals/:id/send-back": "person",
  "POST /thresholds/proposals/:id/withdraw": "person",
  "GET /meetings": "person",
  "GET /meetings.ics": "person",
  "GET /meetings/add": "person",
  "POST /meetings/add": "person",
  "POST /meetings/add/file": "person",
  "GET /meetings/:id": "person",
  "GET /meetings/:id/log": "person",
  "GET /meetings/:id/agenda.docx": "person",
  "POST /meetings/:id/decisions": "person",
  "POST /meetings/:id/cancellation": "person",
  "GET /decisions": "person",
  "GET /decisions/:id": "person",
  "POST /decisions/:id/done": "person",
  "GET /submissions/upload": "submitter",
  "POST /submissions/upload": "submitter",
  "GET /submissions/upload/:id": "submitter",
  "GET /submissions/upload/:id/problems.csv": "submitter",
  "POST /submissions/upload/:id/confirm": "submitter",
  "POST /submissions/upload/:id/drop": "submitter",
  "GET /submissions/type": "submitter",
  "POST /submissions/type": "submitter",
  "GET /submissions": "person",
  "GET /submissions/received": "person",
  "GET /returns/:organisation/:frequency/:day/:month": "person",
  "GET /submissions/:id": "person",
  "GET /submissions/:id/progress": "person",
  "GET /submissions/:id/marked.csv": "person",
  "GET /submissions/:id/marked.xlsx": "person",
  "POST /submissions/:id/release": "person",
  "GET /submissions/:id/dispute": "person",
  "POST /submissions/:id/dispute": "person",
  "GET /disputes/:id": "person",
  "POST /disputes/:id/settlement": "person",
  "POST /submissions/:id/sign-off": "person",
  "POST /submissions/:id/withdrawal": "person",
  "GET /catalogue": "administrator",
  "GET /catalogue/files/:file": "administrator",
  "GET /catalogue/download": "administrator",
  "GET /catalogue/versions": "administrator",
  "GET /catalogue/versions/:version": "administrator",
  "GET /catalogue/upload": "administrator",
  "POST /catalogue/upload": "administrator",
  "GET /catalogue/drafts/:id": "administrator",
  "POST /catalogue/drafts/:id/check": "administrator",
  "POST /catalogue/drafts/:id/load": "administrator",
  "POST /catalogue/drafts/:id/drop": "administrator",
  "GET /mail": "kept-mail",
  "GET /mail/:id": "kept-mail",
  "GET /mail/:id/html": "kept-mail",
  "GET /mail/:id/raw": "kept-mail",
};

/** The rule of a route; throws where the table has none. */
export function ruleOf(method: string, url: string): Rule {
  const name = `${method === "HEAD" ? "GET" : method} ${url}`;
  const rule =
    access[name] ?? Object.entries(access).find(([key]) => key.endsWith("*") && name.startsWith(key.slice(0, -1)))?.[1];
  if (rule === undefined) throw new Error(`The route ${name} is missing in the table of services/web/src/access.ts.`);
  return rule;
}

/** 401: tell us who you are; 403: we know, and no. */
export type Admission = "welcome" | 401 | 403;

/** Whether a caller may use a route of this rule; a method that changes something is never a session's on the API. */
export function admit(rule: Rule, caller: Caller): Admission {
  if (rule === "anyone" || rule === "kept-mail" || rule === "embedded") return "welcome";
  if (caller.kind === "nobody") return 401;
  if (caller.kind === "operator") return FOR_OPERATORS.has(rule) ? "welcome" : 403;
  if (caller.kind === "person") return isForPerson(rule, caller) ? "welcome" : 403;
  const { scopes } = caller.key;
  const runsAll = scopes.includes("operate") && caller.visible === null;
  const may = {
    read: scopes.includes("read") || scopes.includes("operate"),
    submit: scopes.includes("submit"),
    answer: scopes.includes("submit") || scopes.includes("operate"),
    operate: scopes.includes("operate"),
    operator: runsAll,
    system: runsAll,
    person: runsAll,
    submitter: false,
    acknowledger: runsAll,
    administrator: runsAll,
    auditor: runsAll,
  }[rule];
  return may ? "welcome" : 403;
}

const FOR_OPERATORS: ReadonlySet<Rule> = new Set([
  "read",
  "operator",
  "person",
  "submitter",
  "acknowledger",
  "administrator",
  "auditor",
]);

function isForPerson(rule: Rule, caller: Extract<Caller, { kind: "person" }>): boolean {
  if (rule === "read" || rule === "person") return true;
  if (rule === "administrator") return caller.person.isAdministrator;
  if (rule === "acknowledger") return acknowledgesSome(caller.person);
  if (rule === "auditor") return caller.person.isAuditor;
  return rule === "submitter" && submitsFor(caller)?.length !== 0;
}
