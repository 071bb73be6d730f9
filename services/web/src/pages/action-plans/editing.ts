import { actionsThatHold, saveDraft } from "@signalbox/db";
import { dayOf, EMPTY_PLAN, type PlanBody, planProblems } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { nameOf } from "../../callers.ts";
import { nameOfPerson } from "../../names-of-people.ts";
import { carryOut, staleWords } from "../../plans/carry-out.ts";
import { planContext } from "../../plans/plan-context.ts";
import { acceptedRevision, type PlanReading, type SeenPlan } from "../../plans/read-plan.ts";
import { readTypedPlan } from "../../plans/read-typed-plan.ts";
import { textIn, typedIn, type TypedPlan, typedPlan } from "../../plans/typed-plan.ts";
import { mayWritePlan } from "../../plans/who-may.ts";
import { Problem } from "../../problem.ts";
import type { OfPlan, PlanPages } from "./action-plans.ts";
import { moreOrLess } from "./more-or-less.ts";
import { type Fault, formOfPlan } from "./plan-form.ts";
import { saying } from "../../what-was-done.ts";

interface Form {
  readonly seen: SeenPlan;
  readonly reading: PlanReading;
  readonly typed: TypedPlan;
  /** That of the draft which the form is of. */
  readonly edition: number;
  readonly faults?: readonly Fault[];
  readonly status?: number;
  /** What happened, where it is no fault of a field. */
  readonly notice?: string;
}

/** /action-plans/ID/edit: a plan as a form. Each button sends all of it, so that nothing typed is lost. */
export function editingPages(app: FastifyInstance, of: PlanPages): void {
  app.get<OfPlan>("/action-plans/:id/edit", async (request, reply) => {
    const { seen, reading } = await writable(request);
    if (seen.plan.state === "sent" || seen.plan.state === "withdrawn") {
      throw new Problem(409, WAITS[seen.plan.state]);
    }
    const typed = typedPlan(await bodyToWrite(seen, reading), reading.catalogue);
    return show(request, reply, { seen, reading, typed, edition: seen.plan.edition });
  });

  app.post<OfPlan>("/action-plans/:id/edit", async (request, reply) => {
    const { seen, reading } = await writable(request);
    const fields = request.body ?? {};
    const typed = typedIn(fields);
    const edition = Number(textIn(fields, "edition"));
    const button = textIn(fields, "do");
    const changed = moreOrLess(typed, button, { fields, seen, catalogue: reading.catalogue });
    if (changed !== null) return show(request, reply, { seen, reading, typed: changed, edition });
    const { body, unread } = readTypedPlan(typed, reading.catalogue);
    const problems = planProblems(body, contextOf(seen, reading));
    const unkept = [...unread, ...problems.filter(({ holds }) => holds === "saving")];
    const form: Form = { seen, reading, typed, edition };
    if (unkept.length > 0) return show(request, reply, { ...form, faults: unkept, status: 400 });
    const by = nameOf(request.caller);
    const saved = await saveDraft(of.db, { id: seen.plan.id, edition, body }, { by, now: reading.now });
    if (saved.kind === "gone") throw new Problem(404, `There is no action plan ${seen.plan.id}.`);
    if (saved.kind === "stale") return show(request, reply, meanwhile(form, saved.plan));
    if (button !== "send") return reply.redirect(saying(`/action-plans/${seen.plan.id}`, "plan-saved"), 303);
    if (problems.length > 0) {
      const notice = "It is kept as a draft and was not sent.";
      return show(request, reply, { ...form, edition: saved.edition, faults: problems, status: 400, notice });
    }
    await carryOut(of, seen.plan.id, { by, now: reading.now }, { act: "send", edition: saved.edition });
    return reply.redirect(saying(`/action-plans/${seen.plan.id}`, "plan-sent"), 303);
  });

  async function writable(request: FastifyRequest<OfPlan>) {
    const { seen, reading } = await of.thePlan(request);
    if (!mayWritePlan(request.caller, seen)) {
      if (!seen.isWhole) throw new Problem(403, "You see this plan from its forum. Its owner writes it.");
      throw new Problem(403, "A plan is written by the owner of the figure, an executive there, or whoever was asked.");
    }
    return { seen, reading };
  }

  /** What was saved in the meantime stays where it is, and so does what was typed, until somebody says which one counts. */
  function meanwhile(form: Form, now: SeenPlan["plan"]): Form {
    const { catalogue } = form.reading;
    const mayStill = now.state !== "sent" && now.state !== "withdrawn";
    const who = nameOfPerson(catalogue, now.draftedBy ?? "somebody");
    const message = mayStill
      ? `${who} saved this plan while you wrote. What you typed is still here and was not saved. Look at theirs in another window, then save again to put yours in its place.`
      : `${staleWords(now)} What you typed is still here: copy what you want to keep.`;
    return { ...form, edition: now.edition, faults: [{ field: "what", message }], status: 409 };
  }

  function show(request: FastifyRequest<OfPlan>, reply: FastifyReply, form: Form): FastifyReply {
    const { status = 200, reading, seen } = form;
    const context = {
      ...formOfPlan(form.typed, {
        seen,
        catalogue: reading.catalogue,
        faults: form.faults ?? [],
        judged: contextOf(seen, reading).cases,
      }),
      edition: form.edition,
      notice: form.notice,
      isConflict: status === 409,
    };
    return of.pages.show(request, reply, { template: "action-plan-edit", status, form: true, context });
  }
}

const WAITS = {
  sent: "This plan was sent and waits for its forum. Withdraw it first if you want to change it.",
  withdrawn: "This plan was withdrawn. Begin another from its case.",
} as const;

/** The draft; of an accepted plan what was accepted, its actions due on the days that hold now. */
async function bodyToWrite(seen: SeenPlan, { db }: PlanReading): Promise<PlanBody> {
  if (seen.plan.draft !== null) return seen.plan.draft;
  const accepted = acceptedRevision(seen)?.body ?? EMPTY_PLAN;
  const days = await actionsThatHold(db, seen.plan.id);
  const actions = accepted.actions.map((action) => ({
    ...action,
    dueOn: days.get(action.number)?.dueOn ?? action.dueOn,
  }));
  return { ...accepted, actions };
}

/** By what the form's plan is judged. */
function contextOf(seen: SeenPlan, { catalogue, now }: PlanReading) {
  const { organisation } = seen.plan;
  const accepted = acceptedRevision(seen)?.body ?? null;
  return planContext(catalogue, { organisation, cases: seen.cases, accepted, today: dayOf(now) });
}
