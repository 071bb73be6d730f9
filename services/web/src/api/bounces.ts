import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { saidByHand } from "../bounces/sent-reports.ts";
import { takeBounces } from "../bounces/take-bounces.ts";
import { nameOf } from "../callers.ts";
import type { Parts } from "../parts.ts";
import { plainText } from "./query.ts";

const MOST = 1000;

/** Addresses that refuse mail, as another system knows them, for keys that operate on the whole system. */
export function bounces({ db, clock, queues }: Parts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/bounces",
      {
        schema: {
          tags: ["bounces"],
          summary: "Say which addresses refuse mail; what they were told since goes to the next in line",
          body: z.object({
            items: z
              .array(
                z.object({
                  address: plainText.min(1).max(320),
                  said: plainText.default("").describe("What the mail server said"),
                  at: plainText.default("").describe("When: 2026-12-24 or 2026-12-24T09:30:00Z; now if left out"),
                }),
              )
              .min(1)
              .max(MOST),
          }),
          response: {
            200: z.object({
              recorded: z.array(z.string()).describe("Addresses that were not known to refuse mail before"),
              notTaken: z.array(z.object({ item: z.int().describe("Counted from 1"), why: z.string() })),
            }),
          },
        },
      },
      async (request) => {
        const judged = request.body.items.map((one, i) => saidByHand(one, String(i + 1)));
        const said = judged.flatMap((one) => ("why" in one ? [] : one));
        const taken = await takeBounces(db, said, { actor: nameOf(request.caller), now: await clock.now() });
        if (taken.recorded.length > 0) void queues.ring("tell", {});
        const notTaken = [...judged.flatMap((one) => ("why" in one ? one : [])), ...taken.notTaken];
        return {
          recorded: [...taken.recorded],
          notTaken: notTaken
            .map(({ place, why }) => ({ item: Number(place), why }))
            .toSorted((a, b) => a.item - b.item),
        };
      },
    );
  };
}
