import { ask, keepAuditCheck, type RequestKind } from "@signalbox/db";
import { sql } from "kysely";
import type { Pipeline } from "../../harness/pipeline.ts";
import { CHAIR_OF_ELECTIVE, OWNER_OF_AMBULANCES, SLT_CHAIR } from "./visit.ts";

/** What stands in the demo's pages of follow-through, once it was brought there. */
export interface Followed {
  /** A case whose plan was accepted, that plan, and its actions: one done, one on track. */
  readonly planned: number;
  readonly plan: string;
  readonly actions: readonly string[];
  /** A case whose plan waits for its forum. */
  readonly sent: string;
  /** A case that is held for its chair's signature. */
  readonly held: number;
}

const followed = new WeakMap<Pipeline, Promise<Followed>>();

/** Brings the demo's cases onto their way once: plans, actions, a risk, commentary, a signature that is waited for. */
export function follow(demo: Pipeline): Promise<Followed> {
  const known = followed.get(demo) ?? bring(demo);
  followed.set(demo, known);
  return known;
}

async function bring(demo: Pipeline): Promise<Followed> {
  const [planned, waiting, held] = await Promise.all([
    caseOf(demo, "cat2-response", "TRA"),
    caseOf(demo, "rtt-52w", "STH"),
    caseOf(demo, "outsourcing", "STH"),
  ]);
  const { id: plan, revision } = await sendPlan(
    demo,
    planned,
    planOf("cat2-response", "TRA", OWNER_OF_AMBULANCES, 840),
  );
  const by = SLT_CHAIR;
  await post(demo, `/action-plans/${plan}/decision`, { decision: "accepted", revision, note: "A sound plan.", by });
  const { items } = await demo.api.get<{ items: { id: string }[] }>(`/actions?plan=${plan}`);
  const actions = items.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b));
  await post(demo, `/actions/${actions[0]}/ratings`, {
    aspect: "delivery",
    rating: "complete",
    reason: "Both crews started on Monday.",
    doneOn: "2026-11-18",
    by: OWNER_OF_AMBULANCES,
  });
  const sent = await sendPlan(demo, waiting, planOf("rtt-52w", "STH", "james.oduya@example.org", 0));
  await post(demo, "/risks", {
    organisation: "TRA",
    reference: "TRA-17",
    title: "Category 2 calls wait so long that patients come to harm",
    likelihood: 4,
    impact: 5,
    reviewedOn: "2026-03-02",
    owner: OWNER_OF_AMBULANCES,
  });
  await post(demo, `/escalations/${planned}/risk`, { by: OWNER_OF_AMBULANCES, reference: "TRA-17" });
  await meet(demo);
  await hold(demo, held);
  await challenge(demo, planned, plan);
  return { planned, plan, actions, sent: sent.id, held };
}

/** A meeting that is over, and one that has begun: its decisions are heard at once. */
async function meet({ db }: Pipeline): Promise<void> {
  const said = { forum: "slt", place: "Room 4", by: "nadia.brook@example.org", at: "2026-11-01T09:00:00Z" };
  const days = [
    { starts_at: "2026-10-20T13:00:00Z", papers_due_at: "2026-10-13T16:00:00Z" },
    { starts_at: "2026-11-18T09:00:00Z", papers_due_at: "2026-11-11T17:00:00Z" },
  ];
  await db
    .insertInto("meeting")
    .values(days.map((day) => ({ ...said, ...day })))
    .execute();
}

/** The last case of a figure. */
export async function caseOf({ db }: Pipeline, metric: string, organisation: string): Promise<number> {
  const of = db.selectFrom("escalation").select("id").where("metric", "=", metric);
  const found = await of.where("organisation", "=", organisation).orderBy("id", "desc").executeTakeFirstOrThrow();
  return found.id;
}

async function sendPlan(demo: Pipeline, escalation: number, body: object): Promise<{ id: string; revision: number }> {
  const made = await post<{ id: string; edition: number }>(demo, "/action-plans", {
    escalations: [String(escalation)],
    body,
  });
  return post(demo, `/action-plans/${made.id}/send`, { edition: made.edition });
}

function planOf(metric: string, organisation: string, owner: string, value: number) {
  const effect = { metric, organisation, by: -240, in: "2027-02" };
  return {
    what: "Crews waited outside hospitals for longer than they were on the road.",
    why: "Two stations ran a crew short since spring, and handovers took twice the time that they may take.",
    actions: [
      { what: "Two more crews in the evening", owner, startsOn: "2026-11-18", dueOn: "2026-12-04", effect },
      { what: "Hand over within 30 minutes at every site", owner, dueOn: "2027-01-29", effect: null },
    ],
    path: [{ metric, organisation, values: ["2026-12", "2027-01", "2027-02"].map((period) => ({ period, value })) }],
    risks: "A hard winter would keep the crews outside the hospitals.",
    help: "Space for handovers at Saltmarsh and Fenbridge.",
    cost: 250_000,
    activity: "1,200 calls a month wait longer than 40 minutes.",
  };
}

/** As a board has it that asks for its chair's signature before a case steps down. */
async function hold({ db }: Pipeline, escalation: number): Promise<void> {
  await sql`update escalation_event set event = 'held', reasons = reasons || '[{"rule": "sign-off", "tier": "board"}]'::jsonb
    where id = (select id from escalation_event where escalation = ${escalation} and replaced_at is null
      order by period desc limit 1)`.execute(db);
  await askOf(db, "case-sign-off", escalation, { key: `case-sign-off:${escalation}`, of: CHAIR_OF_ELECTIVE, why: "" });
}

async function challenge({ db }: Pipeline, escalation: number, plan: string): Promise<void> {
  const why = "All actions were done in July, and the figure has not moved since.";
  for (const [seat, of] of [
    ["owner", OWNER_OF_AMBULANCES],
    ["chair", SLT_CHAIR],
  ] as const)
    await askOf(db, "challenge", escalation, { key: `challenge:${plan}:${escalation}:1:${seat}:visit`, of, why });
}

async function askOf(
  db: Pipeline["db"],
  kind: RequestKind,
  escalation: number,
  { key, of, why }: { readonly key: string; readonly of: string; readonly why: string },
): Promise<void> {
  const now = Temporal.Instant.from("2026-11-18T10:00:00Z");
  const one = await db
    .selectFrom("escalation")
    .select(["series", "organisation", "raised_in"])
    .where("id", "=", escalation)
    .executeTakeFirstOrThrow();
  const asked = {
    kind,
    key,
    escalation,
    series: one.series,
    organisation: one.organisation,
    period: one.raised_in,
    recipients: [of],
    dueOn: "2026-12-02",
    nextAt: now.add({ hours: 24 * 10 }),
    quiet: true,
    why,
    detail: {},
  };
  await db.transaction().execute((trx) => ask(trx, [asked], now));
}

/** An auditor that found something, somebody who left, and an address that refuses mail. */
export async function findFaults({ db }: Pipeline): Promise<string> {
  const checkedAt = Temporal.Now.instant();
  const since = checkedAt.subtract({ hours: 3 });
  await db.transaction().execute((trx) =>
    keepAuditCheck(trx, { checkedAt, judgedAt: checkedAt, periodSeconds: 900 }, [
      { name: "case-without-step", what: "Case 12, ae-12h of FNH", place: "/escalations/12", since },
      { name: "notice-stuck", what: "Notice 41 to margaret.adair@example.org", place: "/mail", since },
      { name: "service-not-seen", what: "notifier", place: null, since: null },
    ]),
  );
  await sql`update request set recipients = '{lena.gone@example.org}'
    where id = (select max(id) from request where kind = 'commentary' and ended_at is null)`.execute(db);
  const at = since.toString();
  await db
    .insertInto("bounce")
    .values({ address: "hugh.venn@example.org", found_by: "smtp", said: "550 5.1.1 No such user here", mail: null, at })
    .execute();
  return "/operations";
}

/** What a program sends, with what it is answered; throws what it was refused with. */
export async function post<T>({ api }: Pipeline, path: string, body: object): Promise<T> {
  const headers = { "content-type": "application/json" };
  const response = await api.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
