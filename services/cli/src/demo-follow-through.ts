import {
  acceptPlan,
  type Database,
  giveRisk,
  type Kysely,
  listActions,
  listEscalations,
  makeDraft,
  rateAction,
  SEES_ALL,
  sendPlan,
} from "@signalbox/db";
import type { Queues } from "@signalbox/queues";
import { type DemoPlan, demoFollowThrough } from "../../../seeds/demo/follow-through.ts";

interface Place {
  readonly db: Kysely<Database>;
  readonly queues: Queues;
}

/**
 * Sends, accepts and rates what the demo's people had under way before it was loaded, as of `now`, each in their own name.
 * A case that has a plan is left alone, so that a load that was cut off can be taken up.
 */
export async function followDemoThrough(
  { db, queues }: Place,
  today: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> {
  for (const plan of demoFollowThrough(today)) await followThrough(db, plan, now);
  void queues.ring("tell", {});
}

async function followThrough(db: Kysely<Database>, demo: DemoPlan, now: Temporal.Instant): Promise<void> {
  const { metric, organisation, sentBy, acceptedBy, body, done, risk } = demo;
  const filter = { metric, organisation, standing: true, sight: SEES_ALL, now };
  const [one] = await listEscalations(db, filter, { after: 0, limit: 1 });
  if (one === undefined || one.actionPlan?.id) return;
  const id = await makeDraft(db, { organisation, escalations: [one.id], body }, { by: sentBy, now });
  const sent = await sendPlan(db, { id, edition: 1 }, { by: sentBy, now });
  if (sent.kind !== "sent") throw new Error(`the demo's plan for ${metric} of ${organisation} is ${sent.kind}`);
  await acceptPlan(db, { id, revision: sent.revision, note: "As agreed in summer." }, { by: acceptedBy, now });
  const actions = await listActions(db, { sight: SEES_ALL, me: [], plan: id }, now);
  for (const { number, on } of done) {
    const action = actions.find((of) => of.number === number);
    if (action === undefined) throw new Error(`the demo's plan for ${metric} has no action ${number}`);
    const said = { rating: "complete", reason: "", explanation: "", mitigation: "", doneOn: on } as const;
    await rateAction(db, { id: action.id, aspect: "delivery", sent: said }, { by: action.owner, now });
  }
  if (risk === null) return;
  const given = { escalation: one.id, risk: { organisation, ...risk } };
  await db.transaction().execute((trx) => giveRisk(trx, given, { by: sentBy, now }));
}
