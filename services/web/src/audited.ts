/** Actions that the audit trail keeps, as a page says them; what is not here is said by its own words. */
export const ACTIONS: Readonly<Record<string, string>> = {
  "answer-link-ended": "Ended a link of a mail",
  "answer-link-opened": "Opened a link of a mail to answer",
  "calendar-made": "Made a calendar's address",
  "calendar-revoked": "Ended a calendar's address",
  "catalogue-loaded": "Loaded the catalogue",
  "escalation-acknowledged": "Acknowledged a case",
  "job-dismissed": "Dismissed a failed bell",
  "job-retried": "Had a failed bell rung again",
  "key-created": "Made an API key",
  "key-revoked": "Ended an API key",
  "limits-approved": "Approved limits",
  "limits-changed": "Changed proposed limits",
  "limits-proposed": "Proposed limits",
  "limits-sent": "Sent limits to the chair",
  "limits-sent-back": "Sent limits back",
  "limits-withdrawn": "Withdrew proposed limits",
  "mail-dismissed": "Dismissed a mail that failed",
  "mail-retried": "Had a mail sent again",
  "organisation-dismissed": "Dismissed an organisation that failed",
  "organisation-retried": "Had an organisation assessed again",
  "queues-patch": "Changed a bell in a queue",
  "queues-post": "Added a bell to a queue",
  "queues-put": "Changed a queue or its bells",
  "reader-created": "Made a reader of the database",
  "reader-revoked": "Ended a reader of the database",
  "recalculation-added": "Began a series' limits anew",
  "recalculation-removed": "Took back a new beginning of limits",
  "series-dismissed": "Dismissed a series that failed",
  "series-retried": "Had a series assessed again",
  "sessions-ended": "Ended sign-ins",
  "sign-in-link-mailed": "Was mailed a link to sign in",
  "sign-in-link-made": "Made a link to sign in",
  "sign-in-refused": "Was refused at sign-in",
  "signed-in": "Signed in",
  "signed-out": "Signed out",
  "source-dismissed": "Asked a source no more",
  "source-retried": "Had a source asked again",
  "submission-dismissed": "Dismissed a submission that failed",
  "submission-received": "Sent figures",
  "submission-released": "Released a submission",
  "submission-retried": "Had a submission read again",
  "submission-signed-off": "Signed a submission off",
  "submission-withdrawn": "Withdrew a submission",
};

const FAILED_WORK = Object.keys(ACTIONS).filter((action) => /-(retried|dismissed)$/.test(action));
const PROPOSED = ["limits-proposed", "limits-changed"];

/**
 * Every route that changes something, and what it leaves in the audit trail; or, in words, why nothing. A name that ends in
 * * stands for all that begin so. A test walks the routes.
 */
export const audited: Readonly<Record<string, readonly string[] | string>> = {
  "POST /seen": "Notes what its own reader has looked at; nobody else sees it.",
  "POST /sign-in": ["sign-in-link-mailed"],
  "POST /sign-in/as": ["signed-in"],
  "POST /sign-in/:token": ["signed-in"],
  "POST /sign-out": ["signed-out"],
  "POST /answer/:token": ["answer-link-opened"],
  "POST /answer/:token/end": ["answer-link-ended"],
  "POST /account/sessions/:number/end": ["sessions-ended"],
  "POST /account/sessions/end-others": ["sessions-ended"],
  "POST /operations/sessions/:number/end": ["sessions-ended"],
  "POST /operations/:work/:id/:act": FAILED_WORK,
  "POST /operations/queues*": ["queues-post"],
  "PUT /operations/queues*": ["queues-put"],
  "PATCH /operations/queues*": ["queues-patch"],
  "POST /calendar": ["calendar-made"],
  "POST /calendar/end": ["calendar-revoked"],

  "POST /api/v1/submissions": ["submission-received"],
  "POST /api/v1/submissions/:id/withdrawal": ["submission-withdrawn"],
  "POST /api/v1/submissions/:id/release": ["submission-released"],
  "POST /api/v1/submissions/:id/sign-off": ["submission-signed-off"],
  "POST /api/v1/submissions/:id/retry": ["submission-retried"],
  "POST /api/v1/escalations/:id/acknowledgement": ["escalation-acknowledged"],
  "POST /api/v1/series/:metric/:organisation/recalculations": ["recalculation-added"],
  "POST /api/v1/series/:metric/:organisation/recalculations/:id/removal": ["recalculation-removed"],
  "POST /api/v1/threshold-proposals": ["limits-proposed"],
  "POST /api/v1/threshold-proposals/:id/send": ["limits-sent"],
  "POST /api/v1/threshold-proposals/:id/decision": ["limits-approved", "limits-sent-back", "limits-withdrawn"],
  "PUT /api/v1/clock": "There only with CLOCK=test, which no real service runs with.",

  "POST /escalations/:id/acknowledgement": ["escalation-acknowledged"],
  "POST /series/:metric/:organisation/recalculations": ["recalculation-added"],
  "POST /series/:metric/:organisation/recalculations/:id/removal": ["recalculation-removed"],
  "POST /thresholds/propose": PROPOSED,
  "POST /thresholds/propose/file": PROPOSED,
  "POST /thresholds/proposals/:id/change": ["limits-changed"],
  "POST /thresholds/proposals/:id/send": ["limits-sent"],
  "POST /thresholds/proposals/:id/approve": ["limits-approved"],
  "POST /thresholds/proposals/:id/send-back": ["limits-sent-back"],
  "POST /thresholds/proposals/:id/withdraw": ["limits-withdrawn"],
  "POST /submissions/upload": "Keeps a draft that counts for nothing and that its maker alone sees.",
  "POST /submissions/upload/:id/confirm": ["submission-received"],
  "POST /submissions/upload/:id/drop": "Drops a draft that never counted.",
  "POST /submissions/type": "Keeps a draft that counts for nothing and that its maker alone sees.",
  "POST /submissions/:id/release": ["submission-released"],
  "POST /submissions/:id/sign-off": ["submission-signed-off"],
  "POST /submissions/:id/withdrawal": ["submission-withdrawn"],
  "POST /catalogue/upload": "Keeps a draft that holds nowhere until it is loaded.",
  "POST /catalogue/drafts/:id/check": "Checks a draft and changes nothing.",
  "POST /catalogue/drafts/:id/load": ["catalogue-loaded"],
  "POST /catalogue/drafts/:id/drop": "Drops a draft that held nowhere.",
};

/** What a route leaves in the audit trail, or why nothing; null where nobody has said. */
export function auditOf(method: string, url: string): readonly string[] | string | null {
  const name = `${method} ${url}`;
  const wide = Object.entries(audited).find(([key]) => key.endsWith("*") && name.startsWith(key.slice(0, -1)));
  return audited[name] ?? wide?.[1] ?? null;
}
