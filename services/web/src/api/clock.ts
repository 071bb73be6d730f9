import { ClockNotFollowed, ClockWouldGoBack, testTime } from "@signalbox/db";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Parts } from "../parts.ts";
import { Problem } from "../problem.ts";
import { clockShape } from "./shapes.ts";

/** GET and PUT /clock; registered only with CLOCK=test. `now` is null before the first put. */
export function testClock({ db, advanceClock }: Parts): FastifyPluginAsyncZod {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  };

  return async (app) => {
    const tags = ["operate"];
    app.get("/clock", { schema: { tags, summary: "The test clock", response: { 200: clockShape } } }, async () => ({
      now: (await testTime(db))?.toString() ?? null,
    }));
    app.put(
      "/clock",
      {
        schema: {
          tags,
          summary: "Put the test clock, and run in order what falls due on the way",
          body: z.object({ now: z.string() }),
          response: { 200: clockShape },
        },
      },
      async (request) => {
        const to = instantOf(request.body.now);
        return inTurn(async () => ({ now: (await putClock(to)).toString() }));
      },
    );
  };

  async function putClock(to: Temporal.Instant): Promise<Temporal.Instant> {
    const stands = await testTime(db);
    const order = stands === null ? 1 : Temporal.Instant.compare(to, stands);
    if (order < 0) throw new Problem(409, `The clock stands at ${stands?.toString()} and does not go back.`);
    if (order === 0) return to;
    if (advanceClock === undefined)
      throw new Problem(503, "No evaluator runs with this web service: nothing could fall due.");
    return advanceClock(to).catch((error: unknown) => {
      if (error instanceof ClockWouldGoBack) throw new Problem(409, error.message);
      if (error instanceof ClockNotFollowed) throw new Problem(503, error.message);
      throw error;
    });
  }
}

function instantOf(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text).round("microsecond");
  } catch {
    throw new Problem(400, `"${text.slice(0, 50)}" is no moment: write 2024-04-20T09:00:00Z.`);
  }
}
