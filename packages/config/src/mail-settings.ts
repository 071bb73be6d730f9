import { z } from "zod";

/** What is done with mail: sent, kept until released, or all sent to one address. */
export type MailMode = { kind: "live" } | { kind: "hold" } | { kind: "redirect"; to: string };

const REDIRECT = "redirect:";

export const mailMode = z.string().transform((text, context): MailMode => {
  if (text === "live" || text === "hold") return { kind: text };
  if (!text.startsWith(REDIRECT)) {
    context.addIssue(`${JSON.stringify(text)} is not known; give live, hold or redirect:ADDRESS`);
    return z.NEVER;
  }
  const to = text.slice(REDIRECT.length).trim();
  if (z.email().safeParse(to).success) return { kind: "redirect", to };
  context.addIssue(`${JSON.stringify(to)} is no e-mail address; give redirect:name@example.org`);
  return z.NEVER;
});

/** `Name <address>` or an address alone; `@localhost` is one, unlike elsewhere, and nothing may break the header. */
const FROM = /^(?:[^<>@\p{Cc}]*<[^\s<>@,;"]+@[^\s<>@,;"]+>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/u;

export const mailFrom = z.string().regex(FROM, {
  error: ({ input }) => `${JSON.stringify(input)} is no sender; give name@example.org or Name <name@example.org>`,
});
