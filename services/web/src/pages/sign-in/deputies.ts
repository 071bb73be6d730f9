import { type Deputy, endDeputy, listDeputies, nameDeputy } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { type DeputyFault, isDay, refusalInWords } from "../../deputies/deputy-words.ts";
import type { Parts } from "../../parts.ts";
import { Problem } from "../../problem.ts";
import { textOf } from "../../signing-in.ts";

/** The form, as it was typed, and what is wrong with it. */
export interface TypedDeputy {
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly faults: readonly DeputyFault[];
}

export const NOTHING_TYPED: TypedDeputy = { deputy: "", from: "", to: "", reason: "", faults: [] };

const LONGEST_REASON = 200;
const SHOWN = 200;

/** Somebody's deputies, and those for whom they are one, that are not over; by their first day. */
export async function deputiesNow({ db, clock }: Parts, email: string | null) {
  if (email === null) return { mine: [], theirs: [] };
  const today = dayOf(await clock.now()).toString();
  const all = (await listDeputies(db, { of: email, since: today }, { limit: SHOWN }))
    .filter(({ endedAt }) => endedAt === null)
    .toSorted((a: Deputy, b: Deputy) => (a.fromDay < b.fromDay ? -1 : 1));
  return { mine: all.filter(({ person }) => person === email), theirs: all.filter(({ deputy }) => deputy === email) };
}

type Show = (request: FastifyRequest, reply: FastifyReply, typed: TypedDeputy) => FastifyReply | Promise<FastifyReply>;

/** What somebody does on /account about who stands in for them. */
export function deputyForms(app: FastifyInstance, { db, clock }: Parts, show: Show): void {
  app.post<{ Body: Record<string, unknown> | null }>("/account/deputies", async (request, reply) => {
    const person = ownAddress(request);
    const body = request.body ?? {};
    const typed = {
      deputy: textOf(body["deputy"]).slice(0, 320),
      from: textOf(body["from"]).slice(0, 20),
      to: textOf(body["to"]).slice(0, 20),
      reason: textOf(body["reason"]).slice(0, 2 * LONGEST_REASON),
    };
    const faults = faultsOf(typed);
    if (faults.length > 0) return show(request, reply, { ...typed, faults });
    const now = await clock.now();
    const asked = { person, deputy: typed.deputy, fromDay: typed.from, toDay: typed.to, reason: typed.reason };
    const named = await nameDeputy(db, asked, { actor: nameOf(request.caller), today: dayOf(now).toString(), now });
    if ("why" in named) return show(request, reply, { ...typed, faults: [refusalInWords(named)] });
    return reply.redirect("/account?deputy=named", 303);
  });

  app.post<{ Params: { id: string } }>("/account/deputies/:id/end", async (request, reply) => {
    const id = idOf(request.params.id);
    const now = await clock.now();
    const person = ownAddress(request);
    const by = { actor: nameOf(request.caller), now };
    if (id === null || !(await endDeputy(db, { id, person, today: dayOf(now).toString() }, by)))
      throw new Problem(404, "There is no such deputy of yours: it may have ended already.");
    return reply.redirect("/account?deputy=ended", 303);
  });
}

function faultsOf({ deputy, from, to, reason }: Omit<TypedDeputy, "faults">): DeputyFault[] {
  return [
    ...(deputy === "" ? [{ field: "deputy", text: "Enter the e-mail address of who stands in for you" } as const] : []),
    ...(isDay(from) ? [] : [{ field: "from", text: "Enter the first day, like 2026-12-24" } as const]),
    ...(isDay(to) ? [] : [{ field: "to", text: "Enter the last day, like 2027-01-03" } as const]),
    ...(reason.length > LONGEST_REASON
      ? [{ field: "reason", text: `Write at most ${LONGEST_REASON} characters` } as const]
      : []),
  ];
}

function ownAddress({ caller }: FastifyRequest): string {
  const email = "person" in caller ? caller.person?.email : undefined;
  if (email === undefined)
    throw new Problem(404, "You came in without an address of the catalogue, so nobody can stand in for you.");
  return email;
}
