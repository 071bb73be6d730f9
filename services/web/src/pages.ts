import type { FastifyReply, FastifyRequest } from "fastify";
import { type Caller, submitsFor } from "./callers.ts";
import { isMailShown } from "./kept-mail.ts";
import { navigationOf } from "./navigation.ts";
import type { Parts } from "./parts.ts";
import type { Problem } from "./problem.ts";
import { openViews } from "./views.ts";
import { wasDone } from "./what-was-done.ts";

/** How the pages of one app are shown. */
export interface Pages {
  /** Shows a template of `views/` with what every page needs: title bar, navigation, nonce, and a form token if asked. */
  show(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply;
  showProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply;
}

export interface Page {
  readonly template: string;
  readonly status?: number;
  /** True where the page has a form: then it carries a token that shows the form came from here. */
  readonly form?: boolean;
  readonly context?: object;
}

const HEADLINES: Readonly<Record<number, string>> = {
  401: "Sign in to see this page",
  403: "You may not do this",
  404: "Page not found",
  405: "This page cannot do that",
};

/** Whoever came by the link of a mail goes back to what it asks, or signs in. */
const ANSWERING = [
  { text: "What is asked of you", href: "/answer", current: false },
  { text: "Sign in", href: "/sign-in", current: false },
];

export function openPages({ config, machineNow }: Pick<Parts, "config" | "machineNow">): Pages {
  const render = openViews();
  const show: Pages["show"] = (request, reply, { template, status = 200, form = false, context = {} }) => {
    // A request may fail before it is known who calls.
    const caller = request.caller as Caller | undefined;
    const isOperator = caller?.kind === "operator";
    const signedIn = isOperator || caller?.kind === "person";
    const path = request.url.split("?", 1)[0] ?? "/";
    const isAnswering = (request.answering as typeof request.answering | undefined)?.over === null;
    const mailShown = isMailShown(config);
    const html = render(`${template}.njk`, {
      cspNonce: (reply.cspNonce as { script: string } | undefined)?.script,
      signedIn,
      isOperator,
      maySubmit: caller !== undefined && submitsFor(caller)?.length !== 0,
      who: caller?.kind === "person" || isOperator ? (caller.person?.name ?? "the operator") : null,
      mailShown,
      path,
      did: request.method === "GET" && status === 200 ? wasDone(request.query) : undefined,
      address: addressOf(request.url),
      baseUrl: config.baseUrl.replace(/\/$/, ""),
      shownAt: machineNow(),
      navigation: isAnswering ? ANSWERING : navigationOf(caller, { mailShown, path }),
      answering: isAnswering ? { organisation: request.answering?.link.organisationName } : null,
      // Somebody signed in has a form on every page: the one that signs out.
      csrf: form || signedIn ? reply.generateCsrf() : undefined,
      ...context,
    });
    return reply.code(status).type("text/html; charset=utf-8").header("cache-control", "no-store").send(html);
  };
  return {
    show,
    showProblem(request, reply, { status, message }) {
      const headline = HEADLINES[status] ?? (status >= 500 ? "Sorry, there is a problem" : "This did not work");
      return show(request, reply, { template: "problem", status, context: { status, headline, detail: message } });
    },
  };
}

/** The address of a page as a way out continues it: its filters kept, its paging and format not, and ready for one more. */
function addressOf(url: string): string {
  const [path = "/", query] = url.split("?", 2);
  const filters = new URLSearchParams(query);
  for (const name of ["after", "before", "page", "cursor", "as", "table", "did"]) filters.delete(name);
  return filters.size === 0 ? `${path}?` : `${path}?${filters.toString()}&`;
}
