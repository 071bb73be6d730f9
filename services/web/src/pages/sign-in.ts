import { isSignInLinkGood, recordAudit, useSignInLink } from "@signalbox/db";
import { nameOf } from "../callers.ts";
import { Problem } from "../problem.ts";
import type { PagesOf } from "./all.ts";

/** Signing in by a link that works once, and signing out. Looking at the link does not use it up: mail scanners look. */
export const signIn: PagesOf = (app, { db, machineNow }, pages) => {
  app.get("/sign-in", (request, reply) => pages.show(request, reply, { template: "sign-in" }));

  app.get<{ Params: { token: string } }>("/sign-in/:token", async (request, reply) => {
    const { token } = request.params;
    const good = await isSignInLinkGood(db, token, machineNow());
    reply.header("referrer-policy", "no-referrer");
    return pages.show(request, reply, {
      template: "sign-in-link",
      status: good ? 200 : 404,
      form: good,
      context: { good, token },
    });
  });

  app.post<{ Params: { token: string } }>("/sign-in/:token", async (request, reply) => {
    const role = await useSignInLink(db, request.params.token, machineNow());
    if (role === null) throw new Problem(404, "This link was used before, or is too old. Ask for a new one.");
    await request.session.regenerate();
    request.session.role = role;
    return reply.redirect("/operations", 303);
  });

  app.post("/sign-out", async (request, reply) => {
    if (request.caller.kind === "operator") {
      await recordAudit(db, {
        at: machineNow(),
        actor: nameOf(request.caller),
        action: "signed-out",
        subject: "session",
      });
    }
    await request.session.destroy();
    return reply.clearCookie("signalbox_session", { path: "/" }).redirect("/", 303);
  });
};
