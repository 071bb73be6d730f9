import { cases } from "./visits/cases.ts";
import { followThrough } from "./visits/follow-through.ts";
import { figures } from "./visits/figures.ts";
import { limits } from "./visits/limits.ts";
import { operating } from "./visits/operating.ts";
import { signingIn } from "./visits/signing-in.ts";
import type { Visits } from "./visits/visit.ts";

/** Looks at each page that people read, in the states that it may be in. */
export const visits: Visits = { ...signingIn, ...figures, ...cases, ...limits, ...followThrough, ...operating };

/** Routes that are answered with no page: files, redirects, pictures; and pages that are not ours, each with its reason. */
export const notPages: Readonly<Record<string, string>> = {
  "/assets/*": "styles, scripts and letters",
  "/metrics": "for Prometheus",
  "/series/:metric/:organisation/chart.png": "a picture",
  "/submissions/upload/:id/problems.csv": "a file",
  "/submissions/:id/progress": "a part of the page /submissions/:id",
  "/submissions/:id/marked.csv": "a file",
  "/submissions/:id/marked.xlsx": "a file",
  "/catalogue/download": "a zip archive",
  "/calendar/:token.ics": "a calendar, for programs",
  "/actions/of-plan/:id": "leads on to /actions",
  "/evidence/:id/file": "a file",
  "/meetings.ics": "a calendar, for programs",
  "/meetings/:id/agenda.docx": "a document",
  "/mail/:id/html": "a mail's own HTML, in a frame of /mail/:id; test/words and packages/mail look after it",
  "/mail/:id/raw": "a mail as it was sent",
  "/sign-in/oidc": "leads to the provider",
  "/sign-in/oidc/callback": "leads on to the page that was asked for",
  "/operations/queues*": "bull-board's own pages, which have faults of their own (docs/decisions/0010-libraries.md)",
};
