import { type KeptMail, listMails, readMail } from "@signalbox/db";
import type { FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { isMailShown, isOwnHost } from "../../kept-mail.ts";
import { readMessage } from "../../mail-message.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { mailsOut } from "./mails-out.ts";

const PAGE = 100;
/** A mail may show its own styles and pictures that it carries; it runs, loads and submits nothing. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox";

/** /mail: the mail that is kept because no mail server is named. */
export const mailPages: PagesOf = (app, { db, config }, pages) => {
  const isShown = (request: FastifyRequest) => isMailShown(config) && isOwnHost(request, config);
  app.addHook("onRequest", async (request) => {
    const isMail = /^\/mail(\/|$)/.test(request.routeOptions.url ?? "");
    if (isMail && !isShown(request)) throw new Problem(404, "There is nothing here.");
  });

  app.get<{ Querystring: { before?: string; as?: unknown } }>("/mail", async (request, reply) => {
    const as = formatAsked(request.query.as);
    if (as !== null) return sendTable(reply, mailsOut(db), as);
    const before = idOf(request.query.before ?? "");
    const found = await listMails(db, { before, limit: PAGE + 1 });
    const mails = found.slice(0, PAGE);
    const next = found.length > PAGE ? mails.at(-1)?.id : undefined;
    return pages.show(request, reply, { template: "mails", context: { mails, next } });
  });

  app.get<{ Params: { id: string } }>("/mail/:id", async (request, reply) => {
    const mail = await theMail(request.params.id);
    const message = mail.raw === null ? null : readMessage(mail.raw);
    const text = message?.text ?? null;
    return pages.show(request, reply, {
      template: "mail",
      context: { mail, text, hasHtml: typeof message?.html === "string" },
    });
  });

  app.get<{ Params: { id: string } }>("/mail/:id/html", async (request, reply) => {
    const { raw } = await theMail(request.params.id);
    const html = raw === null ? null : readMessage(raw).html;
    if (html === null) throw new Problem(404, "This mail has no HTML part, or is no longer kept.");
    reply.header("content-security-policy", MAIL_POLICY).header("x-frame-options", "SAMEORIGIN");
    return reply.type("text/html; charset=utf-8").send(html);
  });

  app.get<{ Params: { id: string } }>("/mail/:id/raw", async (request, reply) => {
    const { raw } = await theMail(request.params.id);
    if (raw === null) throw new Problem(404, "This mail is no longer kept.");
    return reply.type("text/plain; charset=utf-8").send(raw);
  });

  async function theMail(text: string): Promise<KeptMail> {
    const id = idOf(text);
    const mail = id === null ? null : await readMail(db, id);
    if (mail === null) throw new Problem(404, `There is no mail ${text}.`);
    return mail;
  }
};
