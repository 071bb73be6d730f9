import { countByState, countWaitingWork, listFailedWork } from "@signalbox/db";
import type { PagesOf } from "./all.ts";

/** The front page: what this is; for somebody signed in, how things stand and where to go. */
export const home: PagesOf = (app, { db, clock }, pages) => {
  app.get("/", async (request, reply) => {
    if (request.caller.kind !== "operator") return pages.show(request, reply, { template: "home" });
    const now = await clock.now();
    const [counts, waiting, failed] = await Promise.all([
      countByState(db),
      countWaitingWork(db, now),
      listFailedWork(db, 1),
    ]);
    const standing = (tier: string) =>
      counts.find(({ table, state }) => table === "escalation" && state === tier)?.count ?? 0;
    const submissions = counts.filter(({ table }) => table === "submission").reduce((sum, { count }) => sum + count, 0);
    const context = {
      counts: {
        slt: standing("slt"),
        board: standing("board"),
        submissions,
        waiting: waiting.reduce((sum, { count }) => sum + count, 0),
        failed: failed.total,
      },
    };
    return pages.show(request, reply, { template: "home", context });
  });
};
