import type { Caller } from "./callers.ts";

interface NavigationItem {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** Where somebody may go, in the order in which they most likely want to; `path` marks where they are. */
export function navigationOf(
  caller: Caller | undefined,
  { mailShown, path }: { mailShown: boolean; path: string },
): NavigationItem[] {
  const person = caller?.kind === "operator" || caller?.kind === "person" ? caller.person : null;
  const isOperator = caller?.kind === "operator";
  const isIn = isOperator || person !== null;
  const items: readonly (readonly [shown: boolean, text: string, href: string])[] = [
    [isIn, "Escalations", "/escalations"],
    [isIn, "Follow-up", "/follow-up"],
    [isIn, "Scorecards", "/scorecards"],
    [isIn, "Limits", "/thresholds"],
    [isIn, "Submissions", "/submissions"],
    [isOperator || person?.isAdministrator === true, "Catalogue", "/catalogue"],
    [isOperator, "Operations", "/operations"],
    [isOperator, "Queues", "/operations/queues"],
    [mailShown, "Mail", "/mail"],
    [true, "API", "/api/docs"],
    [isOperator || person?.isAuditor === true, "Audit trail", "/audit"],
    [isIn, "Account", "/account"],
    [!isIn, "Sign in", "/sign-in"],
  ];
  return items.flatMap(([shown, text, href]) => (shown ? [{ text, href, current: path === href }] : []));
}
